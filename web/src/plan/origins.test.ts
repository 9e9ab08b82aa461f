import { describe, expect, it } from 'vitest';

import type { Blueprint, Origin } from '../api/types';
import { newEntity, newField } from './edit';
import { stretchesOf } from './origins';

const words = (start: number, end: number): Origin => ({ kind: 'prompt', text: '', start, end });

function plan(entity: Origin, field: Origin): Blueprint {
  return {
    name: 'x', title: 'X', description: '', database: 'sqlite', assumptions: [], prompt: null, roles: [], auth: null,
    entities: [{ ...newEntity('Todo'), origin: entity, fields: [{ ...newField('title'), origin: field }] }],
  };
}

describe('stretchesOf', () => {
  it('cuts where words begin and end, overlapping ones too', () => {
    expect(stretchesOf('todos with titles', plan(words(0, 17), words(11, 17)))).toEqual([
      { text: 'todos with ', elements: ['Todo'] },
      { text: 'titles', elements: ['Todo', 'Todo.title'] },
    ]);
  });

  it('counts an emoji as one character, as the planner does', () => {
    expect(stretchesOf('🗒️ todos', plan(words(3, 8), words(3, 8))).at(-1)).toEqual({ text: 'todos', elements: ['Todo', 'Todo.title'] });
  });

  it('passes over what lies outside of the prompt', () => {
    expect(stretchesOf('todos', plan(words(0, 99), { kind: 'convention', text: '', start: null, end: null }))).toEqual([{ text: 'todos', elements: [] }]);
  });
});
