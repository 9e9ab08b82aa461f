/** Which words of the prompt each element came from. */
import type { Blueprint, Origin } from '../api/types';

/** A stretch of the prompt, with the elements that came from it: `Todo`, `Todo.title`, `role admin`. */
export interface Stretch {
  text: string;
  elements: string[];
}

interface Found {
  element: string;
  start: number;
  end: number;
}

export function elementsOf(blueprint: Blueprint): { element: string; origin: Origin }[] {
  return [
    ...blueprint.entities.flatMap((entity) => [
      { element: entity.name, origin: entity.origin },
      ...[...entity.fields, ...entity.relations, ...entity.transitions, ...entity.pair_actions].map((member) => ({
        element: `${entity.name}.${member.name}`,
        origin: member.origin,
      })),
    ]),
    ...blueprint.roles.map((role) => ({ element: `role ${role.name}`, origin: role.origin })),
    ...(blueprint.auth ? [{ element: 'login', origin: blueprint.auth.origin }] : []),
  ];
}

/** The prompt cut wherever an origin begins or ends. Origins count characters as Python does: code points, not UTF-16 units. */
export function stretchesOf(prompt: string, blueprint: Blueprint): Stretch[] {
  const characters = Array.from(prompt);
  const found: Found[] = elementsOf(blueprint).flatMap(({ element, origin: { kind, start, end } }) =>
    kind === 'prompt' && start !== null && end !== null && start < end && end <= characters.length ? [{ element, start, end }] : [],
  );
  const cuts = [...new Set([0, characters.length, ...found.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? characters.length;
    return {
      text: characters.slice(start, end).join(''),
      elements: found.filter((item) => item.start <= start && item.end >= end).map((item) => item.element),
    };
  });
}
