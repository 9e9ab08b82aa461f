import { describe, expect, it } from 'vitest';

import { isMarked, partsOf, put } from './conflict';

const TEXT = ['a', '<<<<<<< yours', 'b1', 'b2', '=======', 'c', '>>>>>>> generated', 'Title', '=======', '<<<<<<< yours', '=======', 'd', '>>>>>>> generated', ''].join('\n');

describe('a text with conflicts', () => {
  it('is taken apart, and a line of equals signs outside of a conflict is a line', () => {
    expect(partsOf(TEXT)).toEqual([
      { kind: 'same', lines: ['a'] },
      { kind: 'clash', yours: ['b1', 'b2'], generated: ['c'] },
      { kind: 'same', lines: ['Title', '======='] },
      { kind: 'clash', yours: [], generated: ['d'] },
      { kind: 'same', lines: [''] },
    ]);
  });

  it('is put together with the side that was chosen in each place', () => {
    expect(put(partsOf(TEXT), ['yours', 'generated'])).toBe('a\nb1\nb2\nTitle\n=======\nd\n');
    expect(put(partsOf(TEXT), ['both', 'yours'])).toBe('a\nb1\nb2\nc\nTitle\n=======\n');
  });

  it('keeps the marks where nothing is decided, and is itself again when nothing is', () => {
    expect(put(partsOf(TEXT), [])).toBe(TEXT);
    expect(isMarked(put(partsOf(TEXT), ['yours', null]))).toBe(true);
    expect(isMarked(put(partsOf(TEXT), ['yours', 'yours']))).toBe(false);
  });

  it('keeps line ends of Windows, and leaves out what both sides began from', () => {
    const text = 'x\r\n<<<<<<< yours\r\ny\r\n||||||| before\r\no\r\n=======\r\nz\r\n>>>>>>> generated\r\n';
    expect(put(partsOf(text), ['generated'])).toBe('x\r\nz\r\n');
    expect(put(partsOf(text), ['yours'])).toBe('x\r\ny\r\n');
  });
});
