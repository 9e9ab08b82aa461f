/** The two services that all tests share, each with accounts of its own, and the vendor of a language model: started once, before the first test. */
// Models are allowed and none has a key, so that none is offered to an account that has stored no key of its own.
import type { FullConfig } from '@playwright/test';

import { GENERATIONS_PER_MINUTE, Service } from './service';
import { Vendor } from './vendor';

export default async function services(_: FullConfig): Promise<() => Promise<void>> {
  const vendor = await Vendor.begin();
  const begun = await Promise.allSettled([Service.begin('scripted', { GENERATIONS_PER_MINUTE: String(GENERATIONS_PER_MINUTE), MODELS_ALLOWED: 'google:gemini-2.5-flash,anthropic:claude-sonnet-5-5' }), Service.begin('real', { DEFAULT_VERIFY: 'quick', MODELS_ALLOWED: vendor.model, MODEL_URL: vendor.url })]);
  const running = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const end = async () => void (await Promise.all([...running.map((service) => service.end()), vendor.end()]));
  for (const one of begun) {
    if (one.status === 'fulfilled') continue;
    await end();
    throw one.reason;
  }
  process.env['SCRIPTED_SERVICE'] = running[0]?.url;
  process.env['REAL_SERVICE'] = running[1]?.url;
  process.env['VENDOR_GOES_ON'] = vendor.goesOn;
  return end;
}
