import { useQuery } from '@tanstack/react-query';
import { lazy, memo, Suspense, useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';

import './files.css';
import { file as getFile, searchFiles } from '../api/service';
import type { FileEntry, SearchResult } from '../api/types';
import { CopyButton } from '../ui/CopyButton';
import { FileTree } from '../ui/FileTree';
import { bytes } from '../ui/format';
import { SearchIcon } from '../ui/icons';
import { Failure, Waiting } from '../ui/Notice';
import { useChosen } from '../ui/use-chosen';
import { useDrawn } from '../ui/use-drawn';
import { REST, useLate } from '../ui/use-late';

const Source = lazy(() => import('./Source').then((module) => ({ default: module.Source })));

interface Props {
  id: string;
  entries: FileEntry[];
  path: string;
}

export function Files({ id, entries, path }: Props) {
  const [, go] = useLocation();
  const [search, setSearch] = useState('');
  const [place, setPlace] = useState<{ path: string; line: number } | null>(null);
  // Behind another tab it stays as it was left.
  const [left, setLeft] = useState(path);
  if (path !== '' && path !== left) setLeft(path);
  const words = useLate(search.trim(), REST);
  const searching = words.length > 1;
  const paths = useMemo(() => entries.map((entry) => entry.path), [entries]);
  const shown = entries.find((entry) => entry.path === left) ?? entries.find((entry) => entry.path === 'README.md') ?? entries[0];

  const [chosen, choose] = useChosen(shown?.path);

  const open = useCallback(
    (target: string, line: number | null = null) =>
      choose(target, () => {
        setPlace(line === null ? null : { path: target, line });
        go(`/g/${id}/files/${target.split('/').map(encodeURIComponent).join('/')}`, { replace: true });
      }),
    [id, go, choose],
  );

  return (
    <div className="files sheet">
      <div className="files-side">
        <label className="search-in">
          <SearchIcon />
          <span className="visually-hidden">Search in the files</span>
          <input type="search" placeholder="Search in the files" value={search} onChange={(event) => setSearch(event.target.value)} />
        </label>
        {/* Behind what was found the tree stays as it was left, and as it was laid out. */}
        <div className={searching ? 'scroll aside' : 'scroll'}><FileTree label="Files" paths={paths} selected={chosen} reveal={left !== ''} onSelect={open} /></div>
        {searching && <div className="scroll"><Hits id={id} words={words} open={open} /></div>}
      </div>
      {shown && <Viewer key={shown.path} id={id} entry={shown} line={place?.path === shown.path ? place.line : null} words={words} />}
    </div>
  );
}

function Hits({ id, words, open }: { id: string; words: string; open: (path: string, line: number) => void }) {
  const found = useQuery({ queryKey: ['search', id, words], queryFn: () => searchFiles(id, words), staleTime: Infinity });
  if (found.isPending) return <Waiting what="what was found" />;
  if (found.isError) return <Failure error={found.error} retry={() => void found.refetch()} />;
  return <Lines {...found.data} open={open} />;
}

const AT_ONCE = 30; // lines: more than a screen shows

function Lines({ hits, truncated, open }: SearchResult & { open: (path: string, line: number) => void }) {
  const drawn = useDrawn(hits.length, AT_ONCE);
  return (
    <>
      <p className="hits-head label" role="status">{hits.length === 0 ? 'Nothing found' : `${hits.length}${truncated ? ' and more' : ''} lines`}</p>
      <ul className="hits">
        {hits.slice(0, drawn).map((hit) => (
          <li key={`${hit.path}:${hit.line}`}>
            <button type="button" onClick={() => open(hit.path, hit.line)}>
              <span className="where">{hit.path}:{hit.line}</span>
              <code>{hit.text.trim()}</code>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Kept while a search is typed beside it: a long source costs more than all the rest. */
const Viewer = memo(function Viewer({ id, entry, line, words }: { id: string; entry: FileEntry; line: number | null; words: string }) {
  const source = useQuery({ queryKey: ['file', id, entry.path], queryFn: () => getFile(id, entry.path), staleTime: Infinity });
  return (
    <section className="viewer" aria-label={entry.path}>
      <header>
        <h2>{entry.path}</h2>
        <span className="label">{bytes(entry.size)}</span>
        {source.data !== undefined && <CopyButton text={source.data} label={`Copy ${entry.path}`} />}
      </header>
      {source.isPending && <Waiting what={entry.path} />}
      {source.isError && <Failure error={source.error} retry={() => void source.refetch()} />}
      {source.data !== undefined && (
        <Suspense fallback={<Waiting what="the viewer" />}>
          <Source path={entry.path} text={source.data} line={line} words={words} />
        </Suspense>
      )}
    </section>
  );
});
