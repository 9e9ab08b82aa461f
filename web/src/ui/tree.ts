/** A list of paths as the rows of a tree. Folders first, then files, each in the order of its name. */
export interface Row {
  path: string;
  name: string;
  depth: number;
  folder: boolean;
  /** How many siblings it has with itself, and its place among them from 1: what a screen reader says. */
  count: number;
  place: number;
}

interface Folder {
  folders: Map<string, Folder>;
  files: string[];
}

function grown(paths: readonly string[]): Folder {
  const root: Folder = { folders: new Map(), files: [] };
  for (const path of paths) {
    const names = path.split('/');
    const file = names.pop() ?? path;
    let folder = root;
    for (const name of names) {
      let next = folder.folders.get(name);
      if (!next) folder.folders.set(name, (next = { folders: new Map(), files: [] }));
      folder = next;
    }
    folder.files.push(file);
  }
  return root;
}

/** The rows that show when the folders in `closed` are closed. */
export function rowsOf(paths: readonly string[], closed: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  const visit = (folder: Folder, prefix: string, depth: number) => {
    const folders = [...folder.folders.keys()].sort();
    const files = [...folder.files].sort();
    const count = folders.length + files.length;
    folders.forEach((name, index) => {
      const path = `${prefix}${name}`;
      rows.push({ path, name, depth, folder: true, count, place: index + 1 });
      const inner = folder.folders.get(name);
      if (inner && !closed.has(path)) visit(inner, `${path}/`, depth + 1);
    });
    files.forEach((name, index) => rows.push({ path: prefix + name, name, depth, folder: false, count, place: folders.length + index + 1 }));
  };
  visit(grown(paths), '', 0);
  return rows;
}

/** Where a key leads from a row: to another row, or to opening or closing it. `null` when the key means nothing here. */
export type Step = { to: string } | { open: string } | { close: string } | null;

export function stepOf(rows: readonly Row[], closed: ReadonlySet<string>, from: string, key: string): Step {
  const index = rows.findIndex((row) => row.path === from);
  const row = rows[index];
  if (!row) return null;
  const to = (target: Row | undefined): Step => (target ? { to: target.path } : null);
  switch (key) {
    case 'ArrowDown': return to(rows[index + 1]);
    case 'ArrowUp': return to(rows[index - 1]);
    case 'Home': return to(rows[0]);
    case 'End': return to(rows.at(-1));
    case 'ArrowRight':
      if (!row.folder) return null;
      return closed.has(row.path) ? { open: row.path } : to(rows[index + 1]);
    case 'ArrowLeft':
      if (row.folder && !closed.has(row.path)) return { close: row.path };
      return to(rows.slice(0, index).findLast((other) => other.depth === row.depth - 1));
    default: {
      if (key.length !== 1 || key === ' ') return null;
      const after = [...rows.slice(index + 1), ...rows.slice(0, index)];
      return to(after.find((other) => other.name.toLowerCase().startsWith(key.toLowerCase())));
    }
  }
}

/** Folders that a project of many entities starts with closed, so that its outline fits a screen. */
export function foldersToClose(paths: readonly string[], limit = 60): Set<string> {
  const closed = new Set<string>();
  if (paths.length <= limit) return closed;
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  for (const [folder, count] of counts) if (folder !== '' && count > 12) closed.add(folder);
  return closed;
}
