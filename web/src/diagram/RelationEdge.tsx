import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, Position, useInternalNode, type Edge, type EdgeProps } from '@xyflow/react';

import type { Relation } from '../api/types';
import { feetOf, type Foot } from './feet';
import { GAP } from './gaps';

export type RelationEdgeType = Edge<{ relation: Relation; lit: boolean }, 'relation'>;

/** What is drawn before the border of an entity, which is at x = 24; the line comes from the left. `ring` says: none is possible. */
const FEET: Record<Foot, { path: string; ring: number | null }> = {
  many: { path: 'M10 6 24 0M10 6 24 12M10 6H24', ring: 6.5 },
  one: { path: 'M15 1V11M20 1V11', ring: null },
  'maybe-one': { path: 'M19 1V11', ring: 11 },
};

/** Crow's feet, drawn once and used by every edge. */
export function Feet() {
  return (
    <svg className="feet" aria-hidden="true">
      <defs>
        {['', '-lit'].flatMap((tone) =>
          Object.entries(FEET).map(([foot, { path, ring }]) => (
            <marker
              key={foot + tone} id={`foot-${foot}${tone}`} className={`foot${tone}`} viewBox="0 0 24 12" refX="24" refY="6"
              markerWidth="24" markerHeight="12" markerUnits="userSpaceOnUse" orient="auto-start-reverse"
            >
              <path d={path} fill="none" />
              {ring !== null && <circle cx={ring} cy="6" r="3.5" />}
            </marker>
          )),
        )}
      </defs>
    </svg>
  );
}

interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** From the side of one box to that of the other that is nearer; a relation to itself leaves and comes back on the right. */
function ends(a: Frame, b: Frame, self: boolean) {
  if (self) return { sx: a.x + a.width, sy: a.y + a.height * 0.35, sp: Position.Right, tx: a.x + a.width, ty: a.y + a.height * 0.75, tp: Position.Right };
  const rightwards = a.x + a.width / 2 <= b.x + b.width / 2;
  const stacked = Math.abs(a.x - b.x) < Math.min(a.width, b.width) * 0.7;
  return {
    sx: rightwards || stacked ? a.x + a.width : a.x, sy: a.y + a.height / 2, sp: rightwards || stacked ? Position.Right : Position.Left,
    tx: rightwards && !stacked ? b.x : b.x + b.width, ty: b.y + b.height / 2, tp: rightwards && !stacked ? Position.Left : Position.Right,
  };
}

export function RelationEdge({ source, target, data }: EdgeProps<RelationEdgeType>) {
  const from = useInternalNode(source);
  const to = useInternalNode(target);
  if (!from || !to || !data) return null;
  const frame = (node: typeof from): Frame => ({ ...node.internals.positionAbsolute, width: node.measured.width ?? 0, height: node.measured.height ?? 0 });
  const { sx, sy, sp, tx, ty, tp } = ends(frame(from), frame(to), source === target);
  // One that passes other layers bends, and has its name, in the gap before the first of them: in the middle it would be under a box.
  const passes = sp !== tp && Math.abs(tx - sx) > 2 * GAP;
  const [path, x, y] = getSmoothStepPath({
    sourceX: sx, sourceY: sy, sourcePosition: sp, targetX: tx, targetY: ty, targetPosition: tp, borderRadius: 8, offset: 34,
    ...(passes ? { centerX: sx + (Math.sign(tx - sx) * GAP) / 2 } : {}),
  });
  const feet = feetOf(data.relation);
  const tone = data.lit ? '-lit' : '';
  return (
    <>
      <BaseEdge path={path} className={data.lit ? 'relation lit' : 'relation'} markerStart={`url(#foot-${feet.source}${tone})`} markerEnd={`url(#foot-${feet.target}${tone})`} />
      <EdgeLabelRenderer>
        <span className={`relation-name${data.lit ? ' lit' : ''}`} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>{data.relation.name}</span>
      </EdgeLabelRenderer>
    </>
  );
}
