import { expect, it } from 'vitest';

import { stretchesOf } from './Misread';

const unclear = (words: string) => ({ code: 'request-unclear', severity: 'error' as const, where: '', message: `I do not understand "${words}".`, hint: '' });

it('marks the words that were not understood, in the order of the request', () => {
  const found = stretchesOf('add a price; frobnicate the notes, wobble', [unclear('wobble'), unclear('frobnicate the notes')]);
  expect(found).toEqual([
    { text: 'add a price; ', misread: false },
    { text: 'frobnicate the notes', misread: true },
    { text: ', ', misread: false },
    { text: 'wobble', misread: true },
  ]);
});

it('marks nothing that is not in the request', () => {
  expect(stretchesOf('add a price', [unclear('something else')])).toEqual([{ text: 'add a price', misread: false }]);
});
