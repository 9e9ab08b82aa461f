import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';

import './file-tree.css';
import { FileIcon, RightIcon } from './icons';
import { foldersToClose, rowsOf, stepOf } from './tree';

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
export function FileTree({ label, paths, selected, reveal = false, fresh, onSelect }: Props) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [place, setPlace] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);

  const closed = useMemo(() => {
    const base = foldersToClose(paths);
    if (selected) for (const folder of base) if (selected.startsWith(`${folder}/`)) base.delete(folder);
    for (const path of toggled) if (!base.delete(path)) base.add(path);
    return base;
  }, [paths, selected, toggled]);
  const rows = useMemo(() => rowsOf(paths, closed), [paths, closed]);
  const stop = rows.find((row) => row.path === place) ?? rows.find((row) => row.path === selected) ?? rows[0];

  useEffect(() => {
    // The box that the tree is in, not the page with it.
    const box = list.current?.parentElement;
    const row = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!reveal || !box || !row) return;
    const above = row.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (above < 0 || above > box.clientHeight - 40) box.scrollTop += above - box.clientHeight / 3;
  }, [selected, reveal]);

  function toggle(path: string) {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  }

  function act(path: string, folder: boolean) {
    setPlace(path);
    if (folder) toggle(path);
    else onSelect?.(path);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!stop || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      act(stop.path, stop.folder);
      return;
    }
    const step = stepOf(rows, closed, stop.path, event.key);
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    if ('to' in step) {
      setPlace(step.to);
      list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(step.to)}"]`)?.focus();
    } else toggle('open' in step ? step.open : step.close);
  }

  return (
    // The rows hold the focus and the tree hears their keys, as the pattern has it.
    <ul className="file-tree" role="tree" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {rows.map((row, index) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <li
          key={row.path}
          role="treeitem"
          data-path={row.path}
          tabIndex={row.path === stop?.path ? 0 : -1}
          aria-level={row.depth + 1}
          aria-setsize={row.count}
          aria-posinset={row.place}
          aria-selected={row.path === selected}
          {...(row.folder ? { 'aria-expanded': !closed.has(row.path) } : {})}
          className={fresh?.has(row.path) ? 'fresh' : undefined}
          // Many files may come at once: they are shown one after the other, within a second.
          style={{ paddingInlineStart: `${0.5 + row.depth * 0.95}rem`, ...(fresh?.has(row.path) ? { animationDelay: `${Math.min(index * 14, 900)}ms` } : {}) }}
          onClick={() => act(row.path, row.folder)}
          onFocus={() => setPlace(row.path)}
        >
          {row.folder ? <RightIcon className="fold" /> : <FileIcon className="leaf" />}
          <span>{row.name}</span>
        </li>
      ))}
    </ul>
  );
}
