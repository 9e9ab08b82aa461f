import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo } from 'react';

import type { Entity } from '../api/types';

export type EntityNodeType = Node<{ entity: Entity; account: boolean }, 'entity'>;

const WIDTH = 228;
const HEAD = 34;
const ROW = 21;
const MOST = 11;

export function sizeOf(entity: Entity): { width: number; height: number } {
  const rows = Math.min(entity.fields.length, MOST) + (entity.fields.length > MOST ? 1 : 0);
  return { width: WIDTH, height: HEAD + Math.max(1, rows) * ROW + 8 };
}

export const EntityNode = memo(function EntityNode({ data: { entity, account }, selected }: NodeProps<EntityNodeType>) {
  return (
    <div className={`entity-node${selected ? ' selected' : ''}`}>
      {[Position.Left, Position.Right].flatMap((position) => [
        <Handle key={`s${position}`} id={`s-${position}`} type="source" position={position} isConnectable={false} />,
        <Handle key={`t${position}`} id={`t-${position}`} type="target" position={position} isConnectable={false} />,
      ])}
      <strong>
        {entity.name}
        {account && <span className="label">account</span>}
        {!account && entity.owned_via && <span className="label">owned</span>}
      </strong>
      <ul>
        {entity.fields.slice(0, MOST).map((field) => (
          <li key={field.name}>
            <span>{field.name}{field.required && <i title="required">*</i>}</span>
            <span>{field.type}</span>
          </li>
        ))}
        {entity.fields.length > MOST && <li><span>and {entity.fields.length - MOST} more</span></li>}
        {entity.fields.length === 0 && <li><span>no field of its own</span></li>}
      </ul>
    </div>
  );
});
