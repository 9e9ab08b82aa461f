import type { Mode, Models } from '../api/types';

export interface Choice {
  /** Names of the models that may be asked for as things are; an empty one is none. */
  offered: readonly string[];
  chosen: string;
  /** What is to be sent along: nothing where the service's own default does. */
  sent: { model?: string };
}

/** Which models a prompt may ask for in this mode, and which one it asks, `wanted` where that is among them. */
export function modelChoice(known: Models | undefined, mode: Mode, wanted: string): Choice {
  const usable = known?.models.filter((model) => model.usable).map(({ name }) => name) ?? [];
  if (mode === 'classic' || usable.length === 0) return { offered: [], chosen: '', sent: {} };
  const standard = usable.find((name) => name === known?.default);
  const offered = standard === undefined && mode === 'auto' ? ['', ...usable] : usable;
  const chosen = offered.includes(wanted) ? wanted : (standard ?? offered[0] ?? '');
  return { offered, chosen, sent: chosen === '' || chosen === standard ? {} : { model: chosen } };
}
