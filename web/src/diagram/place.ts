/** Where entities stand: layered, left to right, so that a link leads from who holds it to what it points at. */
import { graphlib, layout } from '@dagrejs/dagre';

import { GAP, ROW_GAP } from './gaps';

export interface Box {
  id: string;
  width: number;
  height: number;
}

export interface Arc {
  from: string;
  to: string;
}

export type Places = Record<string, { x: number; y: number }>;

/** Top left corners in pixels, by the id of the box. Boxes without any link stand in a block of their own below. */
export function place(boxes: readonly Box[], arcs: readonly Arc[]): Places {
  const linked = new Set(arcs.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: ROW_GAP, ranksep: GAP, edgesep: 24, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const box of boxes) if (linked.has(box.id)) graph.setNode(box.id, { width: box.width, height: box.height });
  arcs.forEach(({ from, to }, index) => from !== to && graph.setEdge(from, to, {}, String(index)));
  if (linked.size > 0) layout(graph);

  const standing = boxes
    .filter(({ id }) => linked.has(id))
    .map((box) => {
      const { x, y } = graph.node(box.id) as { x: number; y: number };
      return { ...box, x: x - box.width / 2, y: y - box.height / 2 };
    });
  const places: Places = {};
  let bottom = 16;
  let right = 900;
  for (const { id, x, y, width, height } of folded(standing)) {
    places[id] = { x, y };
    bottom = Math.max(bottom, y + height);
    right = Math.max(right, x + width);
  }
  let x = 16;
  let y = linked.size > 0 ? bottom + 48 : bottom;
  let tallest = 0;
  for (const box of boxes) {
    if (linked.has(box.id)) continue;
    if (x > 16 && x + box.width > right) {
      x = 16;
      y += tallest + ROW_GAP;
      tallest = 0;
    }
    places[box.id] = { x, y };
    x += box.width + ROW_GAP;
    tallest = Math.max(tallest, box.height);
  }
  return places;
}

interface Standing extends Box {
  x: number;
  y: number;
}

const ASPECT = 1.4; // width to height of a drawing that fills its frame

/** Where one layer is so tall that nothing could be read in a frame, every layer stands in as many columns as it needs. */
function folded(boxes: readonly Standing[]): readonly Standing[] {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + GAP) * (height + ROW_GAP), 0);
  const tallest = Math.sqrt(area / ASPECT);
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  if (bottom < 2 * tallest) return boxes;

  const columns: Standing[][] = [];
  let x: number | null = null;
  let filled = 0;
  for (const box of boxes.toSorted((a, b) => a.x - b.x || a.y - b.y)) {
    const column = columns.at(-1);
    if (!column || box.x !== x || filled + box.height > tallest) {
      columns.push([box]);
      filled = 0;
    } else column.push(box);
    x = box.x;
    filled += box.height + ROW_GAP;
  }
  let left = 16;
  return columns.flatMap((column) => {
    const height = column.reduce((sum, box) => sum + box.height + ROW_GAP, -ROW_GAP);
    let y = 16 + (tallest - height) / 2;
    const stood = column.map((box) => {
      const at = { ...box, x: left, y };
      y += box.height + ROW_GAP;
      return at;
    });
    left += Math.max(...column.map((box) => box.width)) + GAP;
    return stood;
  });
}
