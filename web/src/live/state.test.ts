import { describe, expect, it } from 'vitest';

import type { ProgressEvent } from '../stream/event';
import { fold, NOTHING_YET } from './state';

let seq = 0;
function event(part: Partial<ProgressEvent>): ProgressEvent {
  seq += 1;
  return {
    seq, generation_id: 'g', status: 'processing', stage: 'code', phase: '', message: '', progress: 0.3,
    files: [], data: {}, timestamp: new Date(seq * 2_000).toISOString(), ...part,
  };
}

describe('fold', () => {
  it('collects files in the order in which they were made, each once, and knows the fresh ones', () => {
    const events = [event({ phase: 'core', files: ['a.py', 'b.py'] }), event({ phase: 'entity:Todo', files: ['b.py', 'c.py'] }), event({})];
    const build = events.reduce(fold, NOTHING_YET);
    expect(build.files).toEqual(['a.py', 'b.py', 'c.py']);
    expect([...build.fresh]).toEqual(['b.py', 'c.py']);
  });

  it('reads checks with their times, and takes the announcement for none', () => {
    const events = [
      event({ stage: 'review', data: { level: 'standard', checks: 9 } }),
      event({ stage: 'review', phase: 'types', message: 'passed: 40 files', data: { status: 'passed', seconds: 0.21, findings: [] } }),
      event({ stage: 'review', phase: 'tests', message: 'failed', data: { status: 'failed', seconds: 2, findings: ['boom'] } }),
    ];
    const build = events.reduce(fold, NOTHING_YET);
    expect(build.expectedChecks).toBe(9);
    expect(build.checks).toEqual([
      { name: 'types', status: 'passed', seconds: 0.21, findings: [], detail: '40 files' },
      { name: 'tests', status: 'failed', seconds: 2, findings: ['boom'], detail: '' },
    ]);
  });

  it('keeps the newest names that a model wrote, of the outline and of each entity, and what it used', () => {
    const usage = { model: 'google:m', requests: 2, input_tokens: 900, output_tokens: 100, dollars: null, unpriced_requests: 2, seconds: 1, stages: {} };
    const told = [
      event({ stage: 'analysis', data: { planner: 'google:m' } }),
      event({ stage: 'analysis', phase: 'outline' }),
      event({ stage: 'analysis', phase: 'outline', data: { partial: ['Member'] } }),
      event({ stage: 'analysis', phase: 'outline', data: { entities: ['Member', 'Book'] } }),
      event({ stage: 'analysis', phase: 'entity:Book', data: { partial: ['title'] } }),
      event({ stage: 'analysis', phase: 'entity:Member', data: { partial: ['email'] } }),
      event({ stage: 'analysis', phase: 'entity:Book', data: { members: ['title', 'isbn'] } }),
      event({ stage: 'analysis', phase: 'entity:Book', data: { problems: [{ code: 'x' }] } }),
      event({ stage: 'analysis', phase: 'usage', data: { spent: { ...usage, requests: 1 } } }),
      event({ stage: 'analysis', phase: 'usage', data: { usage } }),
      event({ stage: 'analysis', phase: 'changes', data: { changes: ['Add isbn to Book.'] } }),
    ];
    const build = told.reduce(fold, NOTHING_YET);
    expect(build.named).toEqual(['Member', 'Book']);
    expect(build.members).toEqual({ Book: ['title', 'isbn'], Member: ['email'] });
    expect(build.changed).toEqual(['Add isbn to Book.']);
    expect(build.usage).toEqual(usage);
    // The rules begin anew; what was spent is spent.
    const fallen = fold(build, event({ stage: 'analysis', phase: 'fallback', data: { fallback: { planner: 'embedded' } } }));
    expect([fallen.named, fallen.members, fallen.changed, fallen.usage]).toEqual([[], {}, [], usage]);
  });

  it('times stages from their first event to the next stage, and the last one to the end', () => {
    const at = (second: number) => new Date(second * 1_000).toISOString();
    const build = [
      event({ stage: 'analysis', timestamp: at(1) }),
      event({ stage: 'code', timestamp: at(3) }),
      event({ stage: 'code', timestamp: at(4) }),
      event({ stage: 'review', timestamp: at(5) }),
      event({ stage: 'review', status: 'failed', timestamp: at(9) }),
    ].reduce(fold, NOTHING_YET);
    expect(build.stages).toEqual({
      analysis: { began: 1_000, ended: 3_000 },
      code: { began: 3_000, ended: 5_000 },
      review: { began: 5_000, ended: 9_000 },
    });
    expect(build.status).toBe('failed');
  });
});
