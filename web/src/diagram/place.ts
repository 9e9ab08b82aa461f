/** Where entities stand: layered, left to right, so that a link leads from who holds it to what it points at. */
import { graphlib, layout } from '@dagrejs/dagre';

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
  graph.setGraph({ rankdir: 'LR', nodesep: 36, ranksep: 92, edgesep: 24, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const box of boxes) if (linked.has(box.id)) graph.setNode(box.id, { width: box.width, height: box.height });
  arcs.forEach(({ from, to }, index) => from !== to && graph.setEdge(from, to, {}, String(index)));
  if (linked.size > 0) layout(graph);

  const places: Places = {};
  let bottom = 16;
  let right = 900;
  for (const box of boxes) {
    if (!linked.has(box.id)) continue;
    const { x, y } = graph.node(box.id) as { x: number; y: number };
    places[box.id] = { x: x - box.width / 2, y: y - box.height / 2 };
    bottom = Math.max(bottom, y + box.height / 2);
    right = Math.max(right, x + box.width / 2);
  }
  let x = 16;
  let y = linked.size > 0 ? bottom + 48 : bottom;
  let tallest = 0;
  for (const box of boxes) {
    if (linked.has(box.id)) continue;
    if (x > 16 && x + box.width > right) {
      x = 16;
      y += tallest + 36;
      tallest = 0;
    }
    places[box.id] = { x, y };
    x += box.width + 36;
    tallest = Math.max(tallest, box.height);
  }
  return places;
}
