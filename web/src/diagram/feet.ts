/** How the ends of a relation are drawn. `source` is the side that holds the link, `target` what it points at. */
import type { Relation } from '../api/types';

export type Foot = 'one' | 'maybe-one' | 'many';

export function feetOf({ kind, required }: Relation): { source: Foot; target: Foot } {
  switch (kind) {
    case 'many_to_one': return { source: 'many', target: required ? 'one' : 'maybe-one' };
    case 'one_to_one': return { source: 'maybe-one', target: required ? 'one' : 'maybe-one' };
    case 'many_to_many': return { source: 'many', target: 'many' };
  }
}

const WORDS: Record<Foot, string> = { one: 'exactly one', 'maybe-one': 'at most one', many: 'any number of' };

/** The relation as a sentence, for those who do not see the drawing. */
export function sentence(from: string, relation: Relation): string {
  const { source, target } = feetOf(relation);
  return `${WORDS[source]} ${from}, by ${relation.name.replaceAll('_', ' ')}, ${WORDS[target]} ${relation.target}`;
}
