import { describe, expect, it } from 'vitest';

import { place } from './place';

const box = (id: string, height = 100) => ({ id, width: 220, height });

function overlap(a: { x: number; y: number }, b: { x: number; y: number }): boolean {
  return Math.abs(a.x - b.x) < 220 && Math.abs(a.y - b.y) < 100;
}

describe('place', () => {
  it('lets no boxes overlap, linked or not, itself or in a circle', () => {
    const boxes = Array.from({ length: 24 }, (_, index) => box(`E${index}`));
    const arcs = [
      ...Array.from({ length: 14 }, (_, index) => ({ from: `E${index + 1}`, to: `E${Math.floor(index / 2)}` })),
      { from: 'E0', to: 'E5' },
      { from: 'E3', to: 'E3' },
      { from: 'E1', to: 'E0' },
    ];
    const places = Object.values(place(boxes, arcs));
    expect(places).toHaveLength(24);
    for (const [index, a] of places.entries()) for (const b of places.slice(index + 1)) expect(overlap(a, b)).toBe(false);
  });

  it('places a single entity', () => {
    expect(place([box('Note')], [])).toEqual({ Note: { x: 16, y: 16 } });
  });
});
