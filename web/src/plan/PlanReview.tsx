import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';

import './plan.css';
import { blueprint as getBlueprint } from '../api/service';
import type { Blueprint, Generation } from '../api/types';
import { Diagram } from '../diagram/Diagram';
import type { Build } from '../live/state';
import { plural } from '../ui/format';
import { Failure, Notice, Waiting } from '../ui/Notice';
import { painted } from '../ui/painted';
import { REST, useLate } from '../ui/use-late';
import { ChangesOf } from '../revision/ChangesOf';
import { freeName, newEntity } from './edit';
import { EntityEditor } from './EntityEditor';
import { EntityList } from './EntityList';
import { PromptWords } from './PromptWords';
import { usePlan } from './use-plan';

/** The plan before it is built: where each part came from, what was assumed, and everything open to change. */
export function PlanReview({ generation, build }: { generation: Generation; build: Build }) {
  const known = useQuery({ queryKey: ['plan', generation.id], queryFn: () => getBlueprint(generation.id), staleTime: Infinity, gcTime: 0 });
  if (known.isPending) return <Waiting what="the plan" />;
  if (known.isLoadingError) return <Failure error={known.error} retry={() => void known.refetch()} />;
  return <Editor generation={generation} build={build} first={known.data} prompt={known.data.prompt ?? generation.prompt} />;
}

function Editor({ generation, build, first, prompt }: { generation: Generation; build: Build; first: Blueprint; prompt: string }) {
  const plan = usePlan(generation.id, first);
  const { blueprint, troubles } = plan;
  const read = useLate(blueprint, REST); // whoever types is not kept waiting for what follows from it
  const [chosen, setChosen] = useState<string | null>(first.entities[0]?.name ?? null);
  const [lit, setLit] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const entity = blueprint.entities.find((item) => item.name === chosen) ?? blueprint.entities[0];
  const troubled = (name: string) => troubles.filter(({ where }) => where === `entities.${name}` || where.startsWith(`entities.${name}.`));
  const elsewhere = troubles.filter(({ where }) => !blueprint.entities.some(({ name }) => where === `entities.${name}` || where.startsWith(`entities.${name}.`)));

  const choose = useCallback((element: string) => {
    setChosen(element.split('.')[0] ?? null);
    setLit(element);
  }, []);

  return (
    <div className="plan">
      {generation.kind !== 'new' && <div className="plan-changes"><ChangesOf generation={generation} /></div>}
      <section className="plan-words sheet" aria-labelledby="plan-words">
        <h2 id="plan-words" className="label">Your words, and what came of them</h2>
        <PromptWords prompt={prompt} blueprint={read} lit={lit ?? entity?.name ?? null} onChoose={choose} />
        {blueprint.assumptions.length > 0 && (
          <>
            <h3 className="label">Assumed beyond them</h3>
            <ul className="assumptions">{blueprint.assumptions.map((text) => <li key={text}>{text}</li>)}</ul>
          </>
        )}
        {build.changed.length > 0 && (
          <>
            <h3 className="label">What the model changed of the draft by our rules</h3>
            <ul className="assumptions" aria-label="What the model changed">{build.changed.map((text) => <li key={text}>{text}</li>)}</ul>
          </>
        )}
      </section>
      <Diagram blueprint={blueprint} selected={entity?.name ?? null} onSelect={choose} />
      <section className="plan-edit sheet" aria-label="Edit the plan">
        <EntityList
          names={blueprint.entities.map((item) => item.name)} current={entity?.name} toMend={(name) => troubled(name).length} onChoose={choose}
          onAdd={() => {
            const name = freeName('Entity', blueprint.entities.map((item) => item.name), '');
            plan.edit({ ...blueprint, entities: [...blueprint.entities, newEntity(name)] });
            choose(name);
          }}
        />
        {entity && <EntityEditor key={blueprint.entities.indexOf(entity)} blueprint={blueprint} entity={entity} troubles={troubled(entity.name)} edit={plan.edit} onName={setChosen} onLight={setLit} />}
      </section>
      {elsewhere.length > 0 && (
        <Notice tone="bad" title="To mend">
          <ul>{elsewhere.map((item) => <li key={item.where + item.message}><code>{item.where}</code> {item.message} <span className="quiet-text">{item.hint}</span></li>)}</ul>
        </Notice>
      )}
      {plan.error !== null && <Failure error={plan.error} />}
      <footer className="plan-foot">
        <p role="status" className={plan.saved === 'refused' || plan.saved === 'failed' ? 'bad' : 'quiet-text'}>
          {{ saved: 'The plan holds together.', saving: 'Checking…', refused: `${plural(troubles.length, 'thing')} to mend before it can be built.`, failed: 'Not kept yet.' }[plan.saved]}
        </p>
        <button type="button" className="button" disabled={plan.undo === null} data-command="Undo the last change of the plan" onClick={() => plan.undo?.()}>Undo</button>
        <button
          type="button" className="button primary" data-command="Approve the plan and build it" disabled={busy || plan.saved === 'refused'}
          onClick={() => {
            setBusy(true);
            // Before the service begins to write, which takes what there is of a small machine.
            void painted().then(plan.approve).finally(() => setBusy(false));
          }}
        >
          Approve and build
        </button>
      </footer>
    </div>
  );
}
