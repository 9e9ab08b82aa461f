import { expect, it } from 'vitest';

import { conversionOf, REFUSE } from './conversion';

const offer = { entity: 'Order', field: 'status', ways: ['clear' as const, 'replace' as const], dropped: ['closed', 'lost'], values: ['open', 'done'] };

it('says nothing while nothing is chosen', () => {
  expect(conversionOf(offer, REFUSE)).toBeNull();
  expect(conversionOf(offer, { ...REFUSE, way: 'fill' })).toBeNull();
});

it('says what takes the place of each value that is dropped', () => {
  expect(conversionOf(offer, { ...REFUSE, way: 'replace', instead: { lost: 'done' } })?.conversion.replace).toEqual([['closed', 'open'], ['lost', 'done']]);
});

it('fills with a number or a truth value where it reads as one', () => {
  const filled = (fill: string) => conversionOf(offer, { ...REFUSE, way: 'fill', fill })?.conversion.fill;
  expect([filled('0'), filled('-1.5'), filled('true'), filled('1 kg')]).toEqual([0, -1.5, true, '1 kg']);
});
