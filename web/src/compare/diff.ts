/** A unified diff as rows of two columns. */
export interface Cell {
  number: number;
  text: string;
  changed: boolean;
  /** The part that differs from the other side, as [from, to): null for a whole line, or none. */
  part: [number, number] | null;
}

export type Row = { kind: 'gap'; text: string } | { kind: 'line'; left: Cell | null; right: Cell | null };

interface Pending {
  left: Cell[];
  right: Cell[];
}

export function rowsOf(diff: string): Row[] {
  const rows: Row[] = [];
  let left = 0;
  let right = 0;
  let pending: Pending = { left: [], right: [] };
  const flush = () => {
    rows.push(...paired(pending));
    pending = { left: [], right: [] };
  };
  for (const line of diff.split('\n')) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (hunk) {
      flush();
      if (rows.length > 0 || Number(hunk[1]) > 1) rows.push({ kind: 'gap', text: line });
      left = Number(hunk[1]);
      right = Number(hunk[2]);
    } else if (left + right === 0 || line.startsWith('\\')) continue; // the file's header, or "No newline at end of file"
    else if (line.startsWith('-')) pending.left.push(cell(left++, line));
    else if (line.startsWith('+')) pending.right.push(cell(right++, line));
    else if (line.startsWith(' ')) {
      flush();
      const text = line.slice(1);
      rows.push({ kind: 'line', left: { number: left++, text, changed: false, part: null }, right: { number: right++, text, changed: false, part: null } });
    }
  }
  flush();
  return rows;
}

function cell(number: number, line: string): Cell {
  return { number, text: line.slice(1), changed: true, part: null };
}

function paired({ left, right }: Pending): Row[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const before = left[index] ?? null;
    const after = right[index] ?? null;
    if (!before || !after) return { kind: 'line', left: before, right: after };
    const [a, b] = difference(before.text, after.text);
    return { kind: 'line', left: { ...before, part: a }, right: { ...after, part: b } };
  });
}

/** What is left of two lines when their common beginning and end are taken off; nothing when most of them differs. */
function difference(a: string, b: string): [Cell['part'], Cell['part']] {
  const shortest = Math.min(a.length, b.length);
  let start = 0;
  while (start < shortest && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shortest - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  if (start + end < Math.max(a.length, b.length) * 0.3) return [null, null];
  return [[start, a.length - end], [start, b.length - end]];
}

export function countsOf(diff: string): { added: number; removed: number } {
  let added = 0;
  let removed = 0;
  for (const line of diff.split('\n').slice(2)) {
    if (line.startsWith('+')) added += 1;
    else if (line.startsWith('-')) removed += 1;
  }
  return { added, removed };
}
