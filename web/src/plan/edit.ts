/** Changes to a blueprint, each a new blueprint. A name that changes, changes wherever it is referred to. */
import type { Blueprint, Entity, Field, Operation, Origin, Relation } from '../api/types';

const BY_HAND: Origin = { kind: 'user', text: '', start: null, end: null };

export function newField(name: string): Field {
  return {
    name, type: 'string', required: false, unique: false, indexed: false, default: null, min: null, max: null, min_length: null, max_length: null,
    pattern: null, precision: null, scale: null, values: [], description: '', origin: BY_HAND,
  };
}

export function newRelation(name: string, target: string): Relation {
  return { name, kind: 'many_to_one', target, required: false, on_delete: 'restrict', inverse: null, description: '', origin: BY_HAND };
}

export function newEntity(name: string): Entity {
  const anybody = ['public'];
  return {
    name, plural: null, description: '', fields: [{ ...newField('name'), required: true }], relations: [], owned_via: null,
    operations: ['create', 'read', 'list', 'update', 'delete'],
    access: { create: anybody, read: anybody, list: anybody, update: anybody, delete: anybody },
    transitions: [], pair_actions: [], counts: [], unique_together: [], origin: BY_HAND,
  };
}

/** `wanted`, or with the first number that makes it new among `taken`. */
export function freeName(wanted: string, taken: readonly string[], join = '_'): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!taken.includes(`${wanted}${join}${number}`)) return `${wanted}${join}${number}`;
}

export function mapEntity(blueprint: Blueprint, name: string, change: (entity: Entity) => Entity): Blueprint {
  return { ...blueprint, entities: blueprint.entities.map((entity) => (entity.name === name ? change(entity) : entity)) };
}

export function renameEntity(blueprint: Blueprint, from: string, to: string): Blueprint {
  const other = (name: string) => (name === from ? to : name);
  return {
    ...blueprint,
    auth: blueprint.auth && { ...blueprint.auth, entity: other(blueprint.auth.entity) },
    entities: blueprint.entities.map((entity) => ({
      ...entity,
      name: other(entity.name),
      plural: entity.name === from ? null : entity.plural,
      relations: entity.relations.map((relation) => ({ ...relation, target: other(relation.target) })),
      pair_actions: entity.pair_actions.map((action) => ({ ...action, through: other(action.through) })),
      counts: entity.counts.map((count) => ({ ...count, source: other(count.source) })),
    })),
  };
}

/** Without the entity, and without the links and counts that would hang in the air. */
export function removeEntity(blueprint: Blueprint, name: string): Blueprint {
  return {
    ...blueprint,
    auth: blueprint.auth?.entity === name ? null : blueprint.auth,
    entities: blueprint.entities
      .filter((entity) => entity.name !== name)
      .map((entity) => {
        const gone = entity.relations.filter((relation) => relation.target === name).map((relation) => relation.name);
        const kept = gone.reduce((left, relation) => withoutMember(left, relation), entity);
        return {
          ...kept,
          relations: kept.relations.filter((relation) => relation.target !== name),
          counts: kept.counts.filter((count) => count.source !== name),
          pair_actions: kept.pair_actions.filter((action) => action.through !== name),
        };
      }),
  };
}

export function setField(blueprint: Blueprint, entity: string, name: string, field: Field): Blueprint {
  const renamed = name === field.name ? blueprint : renameMember(blueprint, entity, name, field.name);
  return mapEntity(renamed, entity, (known) => ({ ...known, fields: known.fields.map((item) => (item.name === name ? field : item)) }));
}

export function setRelation(blueprint: Blueprint, entity: string, name: string, relation: Relation): Blueprint {
  const renamed = name === relation.name ? blueprint : renameMember(blueprint, entity, name, relation.name);
  return mapEntity(renamed, entity, (known) => ({ ...known, relations: known.relations.map((item) => (item.name === name ? relation : item)) }));
}

export function removeField(blueprint: Blueprint, entity: string, name: string): Blueprint {
  return mapEntity(blueprint, entity, (known) => ({
    ...withoutMember(known, name),
    fields: known.fields.filter((field) => field.name !== name),
    transitions: known.transitions
      .filter((transition) => transition.field !== name)
      .map((transition) => (transition.stamp === name ? { ...transition, stamp: null } : transition)),
  }));
}

export function removeRelation(blueprint: Blueprint, entity: string, name: string): Blueprint {
  const without = mapEntity(blueprint, entity, (known) => ({
    ...withoutMember(known, name),
    relations: known.relations.filter((relation) => relation.name !== name),
  }));
  return {
    ...without,
    entities: without.entities.map((item) => ({ ...item, counts: item.counts.filter((count) => count.source !== entity || count.via !== name) })),
  };
}

export function setGrant(blueprint: Blueprint, entity: string, operation: Operation, grant: string, granted: boolean): Blueprint {
  return mapEntity(blueprint, entity, (known) => {
    const grants = known.access[operation].filter((item) => item !== grant);
    const access = { ...known.access, [operation]: granted ? [...grants, grant] : grants };
    delete access.origin; // from now on it is as the user says
    return { ...known, access };
  });
}

export function setOffered(blueprint: Blueprint, entity: string, operation: Operation, offered: boolean): Blueprint {
  return mapEntity(blueprint, entity, (known) => {
    const rest = known.operations.filter((item) => item !== operation);
    return { ...known, operations: offered ? [...rest, operation] : rest };
  });
}

/** The grants that this blueprint knows, in the order in which they widen. */
export function grantsOf(blueprint: Blueprint): string[] {
  return [...blueprint.roles.map((role) => `role:${role.name}`), ...(blueprint.auth ? ['owner', 'authenticated'] : []), 'public'];
}

function renameMember(blueprint: Blueprint, entity: string, from: string, to: string): Blueprint {
  const other = (name: string) => (name === from ? to : name);
  const renamed = mapEntity(blueprint, entity, (known) => ({
    ...known,
    owned_via: known.owned_via && other(known.owned_via),
    unique_together: known.unique_together.map((group) => group.map(other)),
    transitions: known.transitions.map((item) => ({ ...item, field: other(item.field), stamp: item.stamp && other(item.stamp) })),
  }));
  return {
    ...renamed,
    auth: renamed.auth?.entity === entity ? { ...renamed.auth, login: other(renamed.auth.login) } : renamed.auth,
    entities: renamed.entities.map((item) => ({
      ...item,
      counts: item.counts.map((count) => (count.source === entity ? { ...count, via: other(count.via) } : count)),
      pair_actions: item.pair_actions.map((action) =>
        action.through === entity ? { ...action, actor: other(action.actor), subject: other(action.subject) } : action,
      ),
    })),
  };
}

function withoutMember(entity: Entity, name: string): Entity {
  return {
    ...entity,
    owned_via: entity.owned_via === name ? null : entity.owned_via,
    unique_together: entity.unique_together.filter((group) => !group.includes(name)),
  };
}
