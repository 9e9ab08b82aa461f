import { describe, expect, it } from 'vitest';

import type { Models } from '../api/types';
import { modelChoice } from './model-choice';

const model = (name: string, usable = true): Models['models'][number] => ({ name, vendor: 'google', model: name, key: usable ? 'service' : null, usable, reason: usable ? '' : 'no key' });
const known = (standard: string | null, ...models: Models['models']): Models => ({
  default: standard, own_keys: true, models, budget: { requests: 60, tokens: 400_000, seconds: 300, dollars: null },
});

describe('modelChoice', () => {
  it('offers nothing without a usable model, before they are known, and in the classic mode', () => {
    for (const choice of [modelChoice(undefined, 'auto', 'a'), modelChoice(known('a', model('a', false)), 'enhanced', 'a'), modelChoice(known('a', model('a')), 'classic', 'a')])
      expect(choice).toEqual({ offered: [], chosen: '', sent: {} });
  });

  it('takes the default unless another one is wanted, and sends only the latter', () => {
    const models = known('b', model('a'), model('b'), model('c', false));
    expect(modelChoice(models, 'auto', '')).toEqual({ offered: ['a', 'b'], chosen: 'b', sent: {} });
    expect(modelChoice(models, 'auto', 'a')).toEqual({ offered: ['a', 'b'], chosen: 'a', sent: { model: 'a' } });
    expect(modelChoice(models, 'enhanced', 'c').chosen).toBe('b');
  });

  it('names one to a mode that needs it where there is no usable default', () => {
    const models = known('z', model('a'), model('z', false));
    expect(modelChoice(models, 'auto', '')).toEqual({ offered: ['', 'a'], chosen: '', sent: {} });
    expect(modelChoice(models, 'enhanced', '')).toEqual({ offered: ['a'], chosen: 'a', sent: { model: 'a' } });
  });
});
