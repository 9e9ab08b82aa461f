import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';

import './compare.css';
import { compare, history as getHistory, project as getProject } from '../api/service';
import type { FileChange } from '../api/types';
import { countsOf, rowsOf, type Cell, type Row } from '../compare/diff';
import { plural } from '../ui/format';
import { Blank, Failure, Waiting } from '../ui/Notice';
import { useTitle } from './use-title';

const MOST_OPEN = 12; // files that start open; a change to everything would be a very long page
const MOST_ROWS = 1_500;

/** Two versions of a project, file by file, side by side. */
export function ComparePage({ id, from, to }: { id: string; from: number; to: number }) {
  const [, go] = useLocation();
  const project = useQuery({ queryKey: ['project', id], queryFn: () => getProject(id) });
  const history = useQuery({ queryKey: ['history', id], queryFn: () => getHistory(id) });
  const found = useQuery({ queryKey: ['compare', id, from, to], queryFn: () => compare(id, from, to), staleTime: Infinity });
  const versions = (history.data?.items ?? []).flatMap((item) => (item.version === null ? [] : [item.version])).sort((a, b) => a - b);
  useTitle(`${project.data?.name ?? 'Project'}: v${from} to v${to}`);

  const choose = (name: string, value: number, onChange: (value: number) => void) => (
    <label className="row small-text">
      {name}
      <select className="select" value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {(versions.length > 0 ? versions : [value]).map((version) => <option key={version} value={version}>v{version}</option>)}
      </select>
    </label>
  );

  return (
    <div className="stack compare">
      <div>
        <p className="label"><Link href={`/projects/${id}`}>{project.data?.name ?? 'Project'}</Link></p>
        <h1>What changed</h1>
      </div>
      <div className="row">
        {choose('From', from, (value) => go(`/projects/${id}/compare/${value}/${to}`))}
        {choose('to', to, (value) => go(`/projects/${id}/compare/${from}/${value}`))}
        {found.data && <Summary files={found.data.files} unchanged={found.data.unchanged} />}
      </div>
      {found.isPending && <Waiting what="the differences" />}
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data?.files.length === 0 && <Blank title="No difference"><p>Every file of v{to} is, byte for byte, that of v{from}.</p></Blank>}
      {readFirst(found.data?.files ?? []).map((file, index) => <FileView key={file.path} file={file} startsOpen={index < MOST_OPEN && !isRecord(file)} />)}
    </div>
  );
}

/** What the generator keeps for itself: true, but not what a reader looks for. */
const isRecord = ({ path }: FileChange) => path.startsWith('.apiwright/');
const readFirst = (files: readonly FileChange[]) => [...files.filter((file) => !isRecord(file)), ...files.filter(isRecord)];

function Summary({ files, unchanged }: { files: FileChange[]; unchanged: number }) {
  const count = (change: FileChange['change']) => files.filter((file) => file.change === change).length;
  return (
    <p className="label">
      {plural(count('changed'), 'file')} changed · {count('added')} added · {count('removed')} removed · {unchanged} untouched
    </p>
  );
}

function FileView({ file, startsOpen }: { file: FileChange; startsOpen: boolean }) {
  const [open, setOpen] = useState(startsOpen);
  const counts = useMemo(() => countsOf(file.diff), [file.diff]);
  const rows = useMemo(() => (open ? rowsOf(file.diff) : []), [file.diff, open]);
  return (
    <section className="sheet file-diff" aria-label={file.path}>
      <h2>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className={`change ${file.change}`}>{file.change}</span>
          <code>{file.path}</code>
          <span className="counts"><span className="good">+{counts.added}</span> <span className="bad">−{counts.removed}</span></span>
        </button>
      </h2>
      {open && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keyboard
        <div className="diff-scroll" tabIndex={0} role="region" aria-label={`Differences of ${file.path}`}>
          <table>
            <colgroup><col className="no" /><col /><col className="no" /><col /></colgroup>
            <thead className="visually-hidden"><tr><th scope="col">Line before</th><th scope="col">Before</th><th scope="col">Line after</th><th scope="col">After</th></tr></thead>
            <tbody>{rows.slice(0, MOST_ROWS).map((row, index) => <RowView key={index} row={row} />)}</tbody>
          </table>
          {rows.length > MOST_ROWS && <p className="hint">{rows.length - MOST_ROWS} more lines; download both versions to see them.</p>}
        </div>
      )}
    </section>
  );
}

function RowView({ row }: { row: Row }) {
  if (row.kind === 'gap') return <tr className="gap"><td colSpan={4}>{row.text}</td></tr>;
  return (
    <tr>
      <Side cell={row.left} kind="removed" />
      <Side cell={row.right} kind="added" />
    </tr>
  );
}

function Side({ cell, kind }: { cell: Cell | null; kind: 'added' | 'removed' }) {
  if (!cell) return <><td className="no nothing" /><td className="nothing" /></>;
  const name = cell.changed ? kind : '';
  const [from, to] = cell.part ?? [0, 0];
  return (
    <>
      <td className={`no ${name}`}>{cell.number}</td>
      <td className={name}>
        {cell.changed && <span className="visually-hidden">{kind}: </span>}
        {to > from ? <>{cell.text.slice(0, from)}<mark>{cell.text.slice(from, to)}</mark>{cell.text.slice(to)}</> : cell.text}
      </td>
    </>
  );
}
