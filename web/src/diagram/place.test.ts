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

  it('does not stand a hundred entities in one column', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ id: String(index), width: 228, height: 147 }));
    const places = place(many, many.slice(1).map(({ id }) => ({ from: id, to: String(Math.floor(Number(id) / 3)) })));
    const at = Object.values(places);
    const [width, height] = [Math.max(...at.map(({ x }) => x)) + 228, Math.max(...at.map(({ y }) => y)) + 147];
    expect(width / height).toBeGreaterThan(1);
    expect(width / height).toBeLessThan(3);
    const apart = at.every((one, index) => at.slice(index + 1).every((other) => Math.abs(one.x - other.x) >= 228 || Math.abs(one.y - other.y) >= 147));
    expect(apart).toBe(true);
  });
});
