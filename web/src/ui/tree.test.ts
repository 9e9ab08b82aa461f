import { describe, expect, it } from 'vitest';

import { foldersToClose, rowsOf, stepOf } from './tree';

const PATHS = ['main.py', 'app/main.py', 'app/models/todo.py', 'app/models/tag.py', 'README.md'];
const NONE: ReadonlySet<string> = new Set();

describe('rowsOf', () => {
  it('nests, folders first, with places among siblings', () => {
    expect(rowsOf(PATHS, NONE).map(({ path, depth, place, count }) => [path, depth, place, count])).toEqual([
      ['app', 0, 1, 3],
      ['app/models', 1, 1, 2],
      ['app/models/tag.py', 2, 1, 2],
      ['app/models/todo.py', 2, 2, 2],
      ['app/main.py', 1, 2, 2],
      ['README.md', 0, 2, 3],
      ['main.py', 0, 3, 3],
    ]);
  });

  it('leaves out what is in a closed folder', () => {
    expect(rowsOf(PATHS, new Set(['app'])).map(({ path }) => path)).toEqual(['app', 'README.md', 'main.py']);
  });
});

describe('stepOf', () => {
  const rows = rowsOf(PATHS, NONE);
  it.each([
    ['app', 'ArrowDown', { to: 'app/models' }],
    ['app', 'ArrowUp', null],
    ['app', 'ArrowRight', { to: 'app/models' }],
    ['app', 'ArrowLeft', { close: 'app' }],
    ['app/models/todo.py', 'ArrowLeft', { to: 'app/models' }],
    ['app', 'End', { to: 'main.py' }],
    ['main.py', 'Home', { to: 'app' }],
    ['main.py', 't', { to: 'app/models/tag.py' }],
    ['app/models/tag.py', 't', { to: 'app/models/todo.py' }],
  ])('from %s by %s', (from, key, expected) => {
    expect(stepOf(rows, NONE, from, key)).toEqual(expected);
  });

  it('opens a closed folder to the right', () => {
    const closed = new Set(['app']);
    expect(stepOf(rowsOf(PATHS, closed), closed, 'app', 'ArrowRight')).toEqual({ open: 'app' });
  });
});

describe('foldersToClose', () => {
  it('closes the full folders of a large project only', () => {
    const many = Array.from({ length: 100 }, (_, index) => `app/models/m${index}.py`);
    expect([...foldersToClose([...PATHS, ...many])]).toEqual(['app/models']);
    expect(foldersToClose(PATHS).size).toBe(0);
  });
});
