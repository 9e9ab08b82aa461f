import '@xyflow/react/dist/base.css';
import './diagram.css';

import { Controls, ReactFlow, ReactFlowProvider, useNodesInitialized, useReactFlow, useStore, type Edge, type ReactFlowState } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';

import type { Blueprint, Entity, Relation } from '../api/types';
import { painted } from '../ui/painted';
import { REST, useLate } from '../ui/use-late';
import { sentence } from './feet';
import type { Places } from './place';
import { EntityNode, sizeOf, type EntityNodeType } from './EntityNode';
import { Feet, RelationEdge, type RelationEdgeType } from './RelationEdge';

const NODES = { entity: EntityNode };
const EDGES = { relation: RelationEdge };

interface Props {
  blueprint: Blueprint;
  selected?: string | null;
  onSelect?: ((entity: string) => void) | undefined;
}

const READABLE = 0.4; // of its size: below, what stands in small letters is no more than grey
const isFar = (flow: ReactFlowState) => flow.transform[2] < READABLE;

/** The entities and their relations. Zoom with the wheel or pinch, pan by dragging, or use the buttons; entities are in the tab order. */
export function Diagram({ blueprint, selected = null, onSelect }: Props) {
  // The drawing follows when there is time: whoever types is not kept waiting for it.
  const drawnBlueprint = useLate(blueprint, REST);
  const drawnSelected = useLate(selected);
  return <ReactFlowProvider><Drawing blueprint={drawnBlueprint} selected={drawnSelected} onSelect={onSelect} /></ReactFlowProvider>;
}

const Drawing = memo(function Drawing({ blueprint, selected = null, onSelect }: Props) {
  const places = usePlaces(blueprint);
  const [moved, setMoved] = useState<Places>({});
  const nodes = useMemo<EntityNodeType[]>(
    () =>
      blueprint.entities.flatMap((entity) => {
        const at = moved[entity.name] ?? places?.[entity.name];
        return at ? [nodeOf(entity, at, entity.name === selected, blueprint.auth?.entity === entity.name)] : [];
      }),
    [blueprint, places, moved, selected],
  );
  const edges = useMemo<Edge[]>(() => edgesOf(blueprint, selected), [blueprint, selected]);
  const far = useStore(isFar);
  // The press itself is seen first; what is beside the drawing follows.
  const select = (entity: string) => void painted().then(() => onSelect?.(entity));

  if (!places) return <div className="diagram graph-paper" role="status" aria-label="Drawing the diagram" />;
  return (
    <div className={far ? 'diagram graph-paper far' : 'diagram graph-paper'} role="group" aria-label="Entity diagram">
      <Feet />
      <ReactFlow
        nodes={nodes} edges={edges} nodeTypes={NODES} edgeTypes={EDGES} fitView attributionPosition="top-left" minZoom={0.08} maxZoom={1.8}
        nodesConnectable={false} edgesFocusable={false} deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null}
        onlyRenderVisibleElements={blueprint.entities.length > 60}
        onNodeClick={(_, node) => select(node.id)}
        onNodesChange={(changes) => {
          for (const change of changes) {
            if (change.type === 'position' && change.position) {
              const { id, position } = change;
              setMoved((known) => ({ ...known, [id]: position }));
            } else if (change.type === 'select' && change.selected) select(change.id);
          }
        }}
      >
        <Controls showInteractive={false} position="bottom-right" aria-label="Zoom" />
        <FitWhenGrown count={nodes.length} />
      </ReactFlow>
    </div>
  );
});

/** Brings everything into view when entities are added or removed, not when one is moved. */
function FitWhenGrown({ count }: { count: number }) {
  const flow = useReactFlow();
  const ready = useNodesInitialized();
  useEffect(() => {
    if (ready) void flow.fitView({ padding: 0.08, maxZoom: 1.1 });
  }, [flow, ready, count]);
  return null;
}

/** Laid out aside, so that a hundred entities do not hold up the page. Names of entities and relations decide, edits of fields do not. */
function usePlaces(blueprint: Blueprint): Places | null {
  const [places, setPlaces] = useState<Places | null>(null);
  const worker = useRef<Worker | null>(null);
  const shape = useMemo(
    () =>
      JSON.stringify({
        boxes: blueprint.entities.map((entity) => ({ id: entity.name, ...sizeOf(entity) })),
        arcs: blueprint.entities.flatMap((entity) => entity.relations.map(({ target }) => ({ from: entity.name, to: target }))),
      }),
    [blueprint],
  );

  useEffect(() => {
    const aside = new Worker(new URL('./place.worker.ts', import.meta.url), { type: 'module' });
    aside.addEventListener('message', ({ data }: MessageEvent<Places>) => setPlaces(data));
    worker.current = aside;
    return () => aside.terminate();
  }, []);

  useEffect(() => {
    const graph = JSON.parse(shape) as { boxes: { id: string }[]; arcs: { from: string; to: string }[] };
    const known = new Set(graph.boxes.map((box) => box.id));
    worker.current?.postMessage({ ...graph, arcs: graph.arcs.filter(({ from, to }) => known.has(from) && known.has(to)) });
  }, [shape]);

  return places;
}

// What has not changed stays the same object, so that an edit draws one entity anew and not a hundred.
const drawn = new WeakMap<Entity, EntityNodeType>();
const joined = new WeakMap<Relation, RelationEdgeType>();

function nodeOf(entity: Entity, at: Places[string], selected: boolean, account: boolean): EntityNodeType {
  const before = drawn.get(entity);
  if (before?.position === at && before.selected === selected && before.data.account === account) return before;
  const { width, height } = sizeOf(entity);
  const relations = entity.relations.map((relation) => sentence(entity.name, relation)).join('; ');
  const node: EntityNodeType = {
    id: entity.name, type: 'entity', position: at, width, height, selected, data: { entity, account }, ariaLabel: `${entity.name}: ${relations || 'no relation'}`,
  };
  drawn.set(entity, node);
  return node;
}

function edgeOf(source: string, relation: Relation, lit: boolean): RelationEdgeType {
  const before = joined.get(relation);
  if (before?.source === source && before.data?.lit === lit) return before;
  const edge: RelationEdgeType = { id: `${source}.${relation.name}`, type: 'relation', source, target: relation.target, data: { relation, lit } };
  joined.set(relation, edge);
  return edge;
}

function edgesOf(blueprint: Blueprint, selected: string | null): RelationEdgeType[] {
  const known = new Set(blueprint.entities.map((entity) => entity.name));
  return blueprint.entities.flatMap((entity) =>
    entity.relations
      .filter((relation) => known.has(relation.target))
      .map((relation) => edgeOf(entity.name, relation, selected === entity.name || selected === relation.target)),
  );
}
