import { describe, expect, it } from 'vitest';

import { countsOf, rowsOf } from './diff';

const DIFF = `--- v1/a.py
+++ v2/a.py
@@ -1,4 +1,5 @@
 one
-title: str
+title: str | None
+-- a line that looks like a header
 three
-four
@@ -20,2 +21,2 @@
 twenty
-old
\\ No newline at end of file
+new
`;

describe('rowsOf', () => {
  it('sets what was and what is side by side, with line numbers of each', () => {
    const lines = rowsOf(DIFF).map((row) =>
      row.kind === 'gap' ? 'gap' : [row.left?.number ?? null, row.left?.text ?? null, row.right?.number ?? null, row.right?.text ?? null],
    );
    expect(lines).toEqual([
      [1, 'one', 1, 'one'],
      [2, 'title: str', 2, 'title: str | None'],
      [null, null, 3, '-- a line that looks like a header'],
      [3, 'three', 4, 'three'],
      [4, 'four', null, null],
      'gap',
      [20, 'twenty', 21, 'twenty'],
      [21, 'old', 22, 'new'],
    ]);
  });

  it('marks the part of a line that differs, and no part where nearly all does', () => {
    const parts = rowsOf(DIFF).flatMap((row) => (row.kind === 'line' && row.left?.changed && row.right?.changed ? [[row.left.part, row.right.part]] : []));
    expect(parts).toEqual([[[10, 10], [10, 17]], [null, null]]);
  });

  it('shows a file that was not there before', () => {
    const rows = rowsOf('--- /dev/null\n+++ v2/b.py\n@@ -0,0 +1,2 @@\n+a\n+b\n');
    expect(rows.map((row) => row.kind === 'line' && [row.left, row.right?.text])).toEqual([[null, 'a'], [null, 'b']]);
  });
});

describe('countsOf', () => {
  it('counts lines, not headers', () => {
    expect(countsOf(DIFF)).toEqual({ added: 3, removed: 3 });
  });
});
