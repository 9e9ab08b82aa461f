import '@xyflow/react/dist/base.css';
import './diagram.css';

import { Controls, ReactFlow, ReactFlowProvider, useNodesInitialized, useReactFlow, type Edge } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';

import type { Blueprint } from '../api/types';
import { sentence } from './feet';
import type { Places } from './place';
import { EntityNode, sizeOf, type EntityNodeType } from './EntityNode';
import { Feet, RelationEdge, type RelationEdgeType } from './RelationEdge';

const NODES = { entity: EntityNode };
const EDGES = { relation: RelationEdge };

interface Props {
  blueprint: Blueprint;
  selected?: string | null;
  onSelect?: (entity: string) => void;
}

/** The entities and their relations. Zoom with the wheel or pinch, pan by dragging, or use the buttons; entities are in the tab order. */
export function Diagram(props: Props) {
  return <ReactFlowProvider><Drawing {...props} /></ReactFlowProvider>;
}

function Drawing({ blueprint, selected = null, onSelect }: Props) {
  const places = usePlaces(blueprint);
  const [moved, setMoved] = useState<Places>({});
  const nodes = useMemo<EntityNodeType[]>(
    () =>
      blueprint.entities.flatMap((entity) => {
        const at = moved[entity.name] ?? places?.[entity.name];
        if (!at) return [];
        const { width, height } = sizeOf(entity);
        return [{
          id: entity.name, type: 'entity' as const, position: at, width, height, selected: entity.name === selected,
          data: { entity, account: blueprint.auth?.entity === entity.name },
          ariaLabel: `${entity.name}: ${entity.relations.map((relation) => sentence(entity.name, relation)).join('; ') || 'no relation'}`,
        }];
      }),
    [blueprint, places, moved, selected],
  );
  const edges = useMemo<Edge[]>(() => edgesOf(blueprint, selected), [blueprint, selected]);

  if (!places) return <div className="diagram graph-paper" role="status" aria-label="Drawing the diagram" />;
  return (
    <div className="diagram graph-paper" role="group" aria-label="Entity diagram">
      <Feet />
      <ReactFlow
        nodes={nodes} edges={edges} nodeTypes={NODES} edgeTypes={EDGES} fitView attributionPosition="top-left" minZoom={0.08} maxZoom={1.8}
        nodesConnectable={false} edgesFocusable={false} deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null}
        onlyRenderVisibleElements={blueprint.entities.length > 60}
        onNodeClick={(_, node) => onSelect?.(node.id)}
        onNodesChange={(changes) => {
          for (const change of changes) {
            if (change.type === 'position' && change.position) {
              const { id, position } = change;
              setMoved((known) => ({ ...known, [id]: position }));
            } else if (change.type === 'select' && change.selected) onSelect?.(change.id);
          }
        }}
      >
        <Controls showInteractive={false} position="bottom-right" aria-label="Zoom" />
        <FitWhenGrown count={nodes.length} />
      </ReactFlow>
    </div>
  );
}

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

function edgesOf(blueprint: Blueprint, selected: string | null): RelationEdgeType[] {
  const known = new Set(blueprint.entities.map((entity) => entity.name));
  return blueprint.entities.flatMap((entity) =>
    entity.relations
      .filter((relation) => known.has(relation.target))
      .map((relation) => ({
        id: `${entity.name}.${relation.name}`, type: 'relation' as const, source: entity.name, target: relation.target,
        data: { relation, lit: selected === entity.name || selected === relation.target },
      })),
  );
}
