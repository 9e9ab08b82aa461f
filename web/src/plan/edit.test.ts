import { describe, expect, it } from 'vitest';

import type { Blueprint } from '../api/types';
import { freeName, grantsOf, newEntity, newField, newRelation, removeEntity, removeField, removeRelation, renameEntity, setField, setGrant, setRelation } from './edit';

const origin = { kind: 'user', text: '', start: null, end: null } as const;

function blog(): Blueprint {
  return {
    name: 'blog', title: 'Blog', description: '', database: 'sqlite', assumptions: [], prompt: null,
    roles: [{ name: 'editor', description: '', origin }],
    auth: { entity: 'User', login: 'email', registration: true, origin },
    entities: [
      { ...newEntity('User'), fields: [{ ...newField('email'), type: 'email' }], counts: [{ name: 'post_count', source: 'Post', via: 'author' }] },
      {
        ...newEntity('Post'),
        owned_via: 'author',
        fields: [newField('title'), { ...newField('state'), type: 'enum', values: ['draft', 'out'] }, { ...newField('out_at'), type: 'datetime' }],
        relations: [newRelation('author', 'User')],
        transitions: [{ name: 'publish', field: 'state', sources: ['draft'], target: 'out', stamp: 'out_at', access: [], origin }],
        unique_together: [['title', 'author']],
        pair_actions: [{ name: 'like', undo: 'unlike', through: 'Like', actor: 'user', subject: 'post', access: [], origin }],
      },
      { ...newEntity('Like'), relations: [newRelation('user', 'User'), newRelation('post', 'Post')] },
    ],
  };
}

const entity = (blueprint: Blueprint, name: string) => {
  const found = blueprint.entities.find((item) => item.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

describe('renaming', () => {
  it('an entity changes whatever points at it', () => {
    const after = renameEntity(renameEntity(blog(), 'User', 'Member'), 'Post', 'Article');
    expect(after.auth?.entity).toBe('Member');
    expect(entity(after, 'Article').relations[0]?.target).toBe('Member');
    expect(entity(after, 'Like').relations.map((relation) => relation.target)).toEqual(['Member', 'Article']);
    expect(entity(after, 'Member').counts[0]?.source).toBe('Article');
    expect(JSON.stringify(after)).not.toMatch(/"User"|"Post"/);
  });

  it('a field changes the transitions, groups and the login that name it', () => {
    let after = setField(blog(), 'Post', 'state', { ...newField('status'), type: 'enum' });
    after = setField(after, 'Post', 'out_at', newField('published_at'));
    after = setField(after, 'Post', 'title', newField('headline'));
    after = setField(after, 'User', 'email', newField('address'));
    expect(entity(after, 'Post').transitions[0]).toMatchObject({ field: 'status', stamp: 'published_at' });
    expect(entity(after, 'Post').unique_together).toEqual([['headline', 'author']]);
    expect(after.auth?.login).toBe('address');
    expect(entity(after, 'Post').fields.map((field) => field.name)).toEqual(['headline', 'status', 'published_at']);
  });

  it('a relation changes ownership, counts and pair actions', () => {
    let after = setRelation(blog(), 'Post', 'author', newRelation('writer', 'User'));
    after = setRelation(after, 'Like', 'user', newRelation('fan', 'User'));
    expect(entity(after, 'Post').owned_via).toBe('writer');
    expect(entity(after, 'User').counts[0]?.via).toBe('writer');
    expect(entity(after, 'Post').pair_actions[0]?.actor).toBe('fan');
  });
});

describe('removing', () => {
  it('an entity takes its links, counts, ownership and login with it', () => {
    const after = removeEntity(blog(), 'User');
    expect(after.auth).toBeNull();
    expect(entity(after, 'Post')).toMatchObject({ relations: [], owned_via: null, unique_together: [] });
    expect(removeEntity(blog(), 'Like').entities[1]?.pair_actions).toEqual([]);
  });

  it('a field takes its transitions and groups with it, a relation its counts', () => {
    expect(entity(removeField(blog(), 'Post', 'state'), 'Post').transitions).toEqual([]);
    expect(entity(removeField(blog(), 'Post', 'out_at'), 'Post').transitions[0]?.stamp).toBeNull();
    expect(entity(removeRelation(blog(), 'Post', 'author'), 'User').counts).toEqual([]);
  });

  it('leaves what was given as it was', () => {
    const before = blog();
    const copy = structuredClone(before);
    removeEntity(renameEntity(setField(before, 'Post', 'title', newField('x')), 'Post', 'Y'), 'User');
    expect(before).toEqual(copy);
  });
});

describe('grants and names', () => {
  it('adds and removes a grant', () => {
    const given = setGrant(blog(), 'Post', 'delete', 'role:editor', true);
    expect(entity(given, 'Post').access.delete).toEqual(['public', 'role:editor']);
    expect(entity(setGrant(given, 'Post', 'delete', 'public', false), 'Post').access.delete).toEqual(['role:editor']);
    expect(grantsOf(blog())).toEqual(['role:editor', 'owner', 'authenticated', 'public']);
  });

  it('finds a free name', () => {
    expect(freeName('field', [])).toBe('field');
    expect(freeName('field', ['field', 'field_2'])).toBe('field_3');
    expect(freeName('Entity', ['Entity'], '')).toBe('Entity2');
  });
});
