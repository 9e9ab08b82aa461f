/** The two services that all tests share, each with accounts of its own: started once, before the first test. */
import type { FullConfig } from '@playwright/test';

import { Service } from './service';

export default async function services(_: FullConfig): Promise<() => Promise<void>> {
  const begun = await Promise.allSettled([Service.begin('scripted'), Service.begin('real', { DEFAULT_VERIFY: 'quick' })]);
  const running = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const end = async () => void (await Promise.all(running.map((service) => service.end())));
  for (const one of begun) {
    if (one.status === 'fulfilled') continue;
    await end();
    throw one.reason;
  }
  process.env['SCRIPTED_SERVICE'] = running[0]?.url;
  process.env['REAL_SERVICE'] = running[1]?.url;
  return end;
}
