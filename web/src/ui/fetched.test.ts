import { expect, test } from 'vitest';

import { patiently } from './fetched';

/** Refuses so many times, then answers. */
function after(refusals: number) {
  let asked = 0;
  return {
    load: () => {
      asked += 1;
      return asked > refusals ? Promise.resolve('here') : Promise.reject(new Error(`refused ${String(asked)}`));
    },
    asked: () => asked,
  };
}

test('a part that cannot be fetched while the service restarts is asked for again', async () => {
  const part = after(3);
  expect(await patiently(part.load, 1)).toBe('here');
  expect(part.asked()).toBe(4);
});

test('what never comes is given up, with the last refusal', async () => {
  const part = after(1_000);
  await expect(patiently(part.load, 1)).rejects.toThrow('refused 8');
});
