import { useState } from 'react';

import { OPERATIONS, type Blueprint, type Entity, type Operation, type Trouble } from '../api/types';
import { capital } from '../ui/format';
import { BinIcon, PlusIcon } from '../ui/icons';
import { freeName, grantsOf, mapEntity, newField, newRelation, removeEntity, removeField, removeRelation, renameEntity, setField, setGrant, setOffered, setRelation } from './edit';
import { FieldLine } from './FieldLine';
import { NameInput } from './NameInput';
import { RelationLine } from './RelationLine';

interface Props {
  blueprint: Blueprint;
  entity: Entity;
  troubles: Trouble[];
  edit: (to: Blueprint) => void;
  onName: (name: string) => void;
  /** The element that the reader is at, as `Todo.title`. */
  onLight: (element: string) => void;
}

const GRANTS: Record<string, string> = { public: 'anybody', authenticated: 'any account', owner: 'the owner' };

export function EntityEditor({ blueprint, entity, troubles, edit, onName, onLight }: Props) {
  const [adding, setAdding] = useState(false);
  const names = [...entity.fields, ...entity.relations].map((member) => member.name);
  const about = (member: string) => troubles.filter(({ where }) => where.split('.').includes(member));
  // `entities.Todo.access.list` is told where access is edited.
  const within = (...parts: string[]) => troubles.filter(({ where }) => parts.includes(where.split('.')[2] ?? ''));
  const [ownership, rights] = [within('owned_via'), within('access', 'operations')];
  const told = new Set([...names.flatMap(about), ...ownership, ...rights]);
  const others = troubles.filter((item) => !told.has(item));
  const change = (to: Entity) => edit(mapEntity(blueprint, entity.name, () => to));

  return (
    <div className="entity-editor">
      <header>
        <NameInput
          label="Name of the entity" value={entity.name} className="entity-name"
          onChange={(name) => {
            edit(renameEntity(blueprint, entity.name, name));
            onName(name);
          }}
          taken={blueprint.entities.map((item) => item.name)}
        />
        <button
          type="button" className="button small quiet" disabled={blueprint.entities.length === 1}
          onClick={() => {
            edit(removeEntity(blueprint, entity.name));
            onName(blueprint.entities.find((item) => item.name !== entity.name)?.name ?? '');
          }}
        >
          <BinIcon /> Remove {entity.name}
        </button>
      </header>
      <label className="visually-hidden" htmlFor="entity-description">Description of {entity.name}</label>
      <input id="entity-description" className="input description" placeholder="What it is, in a sentence" value={entity.description} maxLength={2_000} onChange={(event) => change({ ...entity, description: event.target.value })} />
      <Troubles items={others} />

      <h3>Fields</h3>
      <ul className="members">
        {entity.fields.map((field, index) => (
          <FieldLine
            key={index} field={field} taken={names} troubles={about(field.name)} starts={adding && index === entity.fields.length - 1}
            onChange={(to) => edit(setField(blueprint, entity.name, field.name, to))}
            onRemove={() => edit(removeField(blueprint, entity.name, field.name))}
            onLight={() => onLight(`${entity.name}.${field.name}`)}
          />
        ))}
      </ul>
      <button
        type="button" className="button small"
        onClick={() => {
          setAdding(true);
          change({ ...entity, fields: [...entity.fields, newField(freeName('field', names))] });
        }}
      >
        <PlusIcon /> Field
      </button>

      <h3>Relations</h3>
      <Troubles items={ownership} />
      <ul className="members">
        {entity.relations.map((relation, index) => (
          <RelationLine
            key={index} relation={relation} targets={blueprint.entities.map((item) => item.name)} taken={names} troubles={about(relation.name)} owner={entity.owned_via === relation.name}
            onChange={(to) => edit(setRelation(blueprint, entity.name, relation.name, to))}
            onRemove={() => edit(removeRelation(blueprint, entity.name, relation.name))}
            onOwner={(owner) => change({ ...entity, owned_via: owner ? relation.name : null })}
            onLight={() => onLight(`${entity.name}.${relation.name}`)}
          />
        ))}
      </ul>
      <button
        type="button" className="button small"
        onClick={() => change({ ...entity, relations: [...entity.relations, newRelation(freeName('link', names), blueprint.entities[0]?.name ?? entity.name)] })}
      >
        <PlusIcon /> Relation
      </button>

      <h3>Who may</h3>
      <Troubles items={rights} />
      <AccessTable blueprint={blueprint} entity={entity} edit={edit} />
    </div>
  );
}

function AccessTable({ blueprint, entity, edit }: { blueprint: Blueprint; entity: Entity; edit: (to: Blueprint) => void }) {
  const grants = grantsOf(blueprint);
  const box = (operation: Operation, grant: string) => (
    <input
      type="checkbox" aria-label={`${operation} ${entity.name}: ${GRANTS[grant] ?? grant}`} checked={entity.access[operation].includes(grant)} disabled={!entity.operations.includes(operation)}
      onChange={(event) => edit(setGrant(blueprint, entity.name, operation, grant, event.target.checked))}
    />
  );
  return (
    <div className="access-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Operation</th>
            {grants.map((grant) => <th key={grant} scope="col">{GRANTS[grant] ?? grant.replace('role:', 'role ')}</th>)}
          </tr>
        </thead>
        <tbody>
          {OPERATIONS.map((operation) => (
            <tr key={operation}>
              <th scope="row">
                <label className="tick">
                  <input type="checkbox" checked={entity.operations.includes(operation)} onChange={(event) => edit(setOffered(blueprint, entity.name, operation, event.target.checked))} />
                  {capital(operation)}
                </label>
              </th>
              {grants.map((grant) => <td key={grant}>{box(operation, grant)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Troubles({ items }: { items: Trouble[] }) {
  if (items.length === 0) return null;
  return (
    <div className="troubles-here" role="alert">
      <ul>
        {items.map((item) => <li key={item.where + item.message}>{item.message} <span>{item.hint}</span></li>)}
      </ul>
    </div>
  );
}
