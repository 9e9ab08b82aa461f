import { memo, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';

import './file-tree.css';
import { FileIcon, RightIcon } from './icons';
import { foldersToClose, rowsOf, stepOf, type Row as RowOf } from './tree';
import { useLate } from './use-late';

interface Props {
  label: string;
  paths: readonly string[];
  selected?: string | undefined;
  /** Whether the selected row is to be scrolled to. */
  reveal?: boolean;
  fresh?: ReadonlySet<string>;
  onSelect?: (path: string) => void;
}

/** The tree pattern of WAI-ARIA: one tab stop, arrows move, Enter opens, letters find. */
export const FileTree = memo(function FileTree({ label, paths, selected, reveal = false, fresh, onSelect }: Props) {
  /** Folders that the reader has opened or closed, and whether they are closed now. */
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [place, setPlace] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);

  const atFirst = useMemo(() => foldersToClose(paths), [paths]);
  // As text: where the same folders are around another file, no row has changed.
  const around = selected === undefined ? '' : [...atFirst].filter((folder) => selected.startsWith(`${folder}/`)).join('\n');
  const closed = useMemo(() => {
    const folders = new Set(atFirst);
    for (const folder of around.split('\n')) folders.delete(folder);
    for (const [path, shut] of turned) if (shut) folders.add(path); else folders.delete(path);
    return folders;
  }, [atFirst, around, turned]);
  // A folder turns its arrow at once; what is in it comes or goes behind that paint.
  const shut = useLate(closed);
  const rows = useMemo(() => rowsOf(paths, shut), [paths, shut]);
  const stop = rows.find((row) => row.path === place) ?? rows.find((row) => row.path === selected) ?? rows[0];

  useEffect(() => {
    // The box that the tree is in, not the page with it.
    const box = list.current?.parentElement;
    const row = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!reveal || !box || !row) return;
    const above = row.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (above < 0 || above > box.clientHeight - 40) box.scrollTop += above - box.clientHeight / 3;
  }, [selected, reveal]);

  const focus = (path: string): boolean => {
    const row = list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`);
    row?.focus();
    return row != null;
  };

  /** A row that the keys have reached before it was drawn. */
  const awaited = useRef<string | null>(null);
  useEffect(() => {
    if (awaited.current !== null && focus(awaited.current)) awaited.current = null;
  }, [rows]);

  const toggle = (path: string) => setTurned(new Map(turned).set(path, !closed.has(path)));

  function act(path: string, folder: boolean) {
    setPlace(path);
    if (folder) toggle(path);
    else onSelect?.(path);
  }

  function onKeyDown(event: KeyboardEvent) {
    // By what was pressed so far, though a folder that was just opened may not be drawn yet.
    const known = closed === shut ? rows : rowsOf(paths, closed);
    const from = known.find((row) => row.path === place) ?? stop;
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      act(from.path, from.folder);
      return;
    }
    const step = stepOf(known, closed, from.path, event.key);
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    if ('to' in step) {
      setPlace(step.to);
      if (!focus(step.to)) awaited.current = step.to;
    } else toggle('open' in step ? step.open : step.close);
  }

  return (
    // The rows hold the focus and the tree hears their keys and clicks, as the pattern has it.
    <ul
      className="file-tree" role="tree" aria-label={label} ref={list} onKeyDown={onKeyDown}
      onClick={(event) => {
        const row = rowAt(event.target);
        if (row) act(row.path, row.folder);
      }}
      onFocus={(event) => {
        awaited.current = null;
        setPlace(rowAt(event.target)?.path ?? null);
      }}
    >
      {rows.map(({ path, name, depth, folder, count, place: at }, index) => (
        <Row
          key={path} path={path} name={name} depth={depth} folder={folder} count={count} place={at} stop={path === stop?.path} selected={path === selected} open={!closed.has(path)}
          // Many files may come at once: they are shown one after the other, within a second.
          delay={fresh?.has(path) ? Math.min(index * 14, 900) : null}
        />
      ))}
    </ul>
  );
});

/** The row that an event happened in. */
function rowAt(target: EventTarget): { path: string; folder: boolean } | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-path]') : null;
  return row && { path: row.dataset['path'] ?? '', folder: row.ariaExpanded !== null };
}

/** Of hundreds, only those that changed are drawn anew. */
const Row = memo(function Row({ path, name, depth, folder, count, place, stop, selected, open, delay }: RowOf & { stop: boolean; selected: boolean; open: boolean; delay: number | null }) {
  return (
    <li
      role="treeitem" data-path={path} tabIndex={stop ? 0 : -1} aria-level={depth + 1} aria-setsize={count} aria-posinset={place} aria-selected={selected}
      {...(folder ? { 'aria-expanded': open } : {})}
      className={delay === null ? undefined : 'fresh'} style={{ paddingInlineStart: `${0.5 + depth * 0.95}rem`, ...(delay === null ? {} : { animationDelay: `${delay}ms` }) }}
    >
      {folder ? <RightIcon className="fold" /> : <FileIcon className="leaf" />}
      <span>{name}</span>
    </li>
  );
});
