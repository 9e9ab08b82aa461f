/** A version asked for once more, as it was asked for, but for what its user now adds. */
import { iterate, rollback, type Leave } from '../api/service';
import type { Generation, Made } from '../api/types';

export function again(generation: Generation, more: Leave): Promise<Made> {
  const key = crypto.randomUUID();
  const { parent_generation_id: parent, prompt, mode, verify, review } = generation;
  // The service itself words what a way back is asked for with.
  const back = /^back to v(\d+)$/.exec(prompt);
  if (generation.kind === 'rollback' && back) return rollback(generation.project_id, Number(back[1]), { verify, review, ...more }, key);
  if (parent === null) throw new Error('This generation follows no version.');
  return iterate(parent, prompt, { mode, verify, review, ...more }, key);
}
