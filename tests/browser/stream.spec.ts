import type { Page } from '@playwright/test';

import { Api, become, expect, looked, PASSWORD, test } from './fixtures';
import { Service } from './service';
import { Wire } from './wire';

/** Moments at which the page asked for a stream token, by its own clock. To be called before the page is opened. */
async function attempts(page: Page): Promise<() => Promise<number[]>> {
  await page.addInitScript(() => {
    const asked: number[] = [];
    const real = globalThis.fetch;
    const watched: typeof fetch = (input, init) => {
      if (input instanceof Request && input.url.endsWith('/stream-token')) asked.push(Date.now());
      return real(input, init);
    };
    Object.assign(globalThis, { asked, fetch: watched });
  });
  return () => page.evaluate(() => (globalThis as unknown as { asked: number[] }).asked);
}

const LONGEST_WAIT = 40_000; // half a minute, and a quarter of it by chance

const shortest = (times: number[]) => Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));

/** The page shows every event of the generation, each once and in order. */
async function soundLog(page: Page, api: Api, id: string): Promise<void> {
  const events = await api.call<{ phase: string; stage: string; message: string }[]>('GET', `/generations/${id}/events`);
  // The stamp tells the end before the result has taken the live build's place, and its log with it: not that one is to be read.
  await page.getByRole('tab', { name: 'Build log' }).click();
  await expect(page.getByRole('list', { name: 'Events' }).locator('li')).toHaveCount(events.length);
  const shown = await page.getByRole('list', { name: 'Events' }).locator('li > span:last-child').allTextContents();
  expect(shown).toEqual(events.map((event) => event.message));
}

test('a server that is killed and restarted in the middle leaves no gap', async ({ page, hold }) => {
  const service = await Service.begin('scripted');
  try {
    const api = await Api.register(service.url);
    const asked = await attempts(page);
    await page.clock.install(); // waits grow to half a minute: they are gone through
    await become(page, api.account);
    const { id } = await api.generate(`Notes ${hold.at('review')}`);
    await page.goto(`${service.url}/g/${id}`);
    await expect(page.locator('.checks li.passed').first()).toBeVisible();
    await service.kill();
    await expect(page.getByRole('heading', { name: 'The service does not answer' })).toBeVisible();
    await expect
      .poll(async () => {
        await page.clock.fastForward(5_000);
        return (await asked()).length;
      })
      .toBeGreaterThan(3);
    hold.release();
    await service.start();
    await page.clock.fastForward(LONGEST_WAIT);
    await expect(page.locator('.stamp')).toHaveText('Proven', { timeout: 60_000 });
    await soundLog(page, api, id);
    const times = await asked();
    expect(shortest(times)).toBeGreaterThanOrEqual(990);
    // The end is final: nobody asks for a stream any more.
    await page.clock.fastForward('10:00');
    await page.waitForTimeout(300);
    expect(await asked()).toEqual(times);
  } finally {
    await service.end();
  }
});

test('reload, offline and back, and two tabs at once', async ({ page, context, api, scripted, hold }) => {
  const { id } = await api.generate(`Notes ${hold.at('review')}`);
  await become(page, api.account);
  await page.goto(`${scripted.url}/g/${id}`);
  await expect(page.getByRole('treeitem', { name: 'main.py' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('treeitem', { name: 'main.py' })).toBeVisible();

  const other = await context.newPage();
  await become(other, api.account);
  await other.goto(`${scripted.url}/g/${id}`);
  await expect(other.getByRole('treeitem', { name: 'main.py' })).toBeVisible();

  await context.setOffline(true);
  await expect(page.getByText('You are offline.').first()).toBeVisible();
  await expect(other.getByText('You are offline.').first()).toBeVisible();
  hold.release();
  await api.reached(id, 'completed');
  await context.setOffline(false);
  for (const tab of [page, other]) {
    await expect(tab.locator('.stamp')).toHaveText('Proven');
    await soundLog(tab, api, id);
  }
});

test('two tabs with an access token that has ended renew it once, and both stay logged in', async ({ page, context, api, scripted }) => {
  let renewals = 0;
  context.on('request', (request) => {
    if (request.url().endsWith('/auth/refresh')) renewals += 1;
  });
  await become(page, api.account, 0);
  const other = await context.newPage();
  await become(other, api.account, 0);
  await Promise.all([page.goto(`${scripted.url}/projects`), other.goto(`${scripted.url}/projects`)]);
  for (const tab of [page, other]) {
    await expect(tab.getByRole('heading', { name: 'No project yet' })).toBeVisible();
    await tab.reload();
    await expect(tab.getByRole('heading', { name: 'No project yet' })).toBeVisible();
  }
  expect(renewals).toBe(1);
});

test('a laptop that sleeps with its connection half open catches up when it wakes', async ({ page, scripted, api, hold }) => {
  const wire = await Wire.to(scripted.url);
  try {
    await become(page, api.account);
    await page.clock.install();
    await page.goto(wire.url);
    await expect(page.getByLabel(/what shall it keep/i)).toBeVisible();
    await page.keyboard.press('Control+k'); // what is fetched later is here, and kept
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
    const { id } = await api.generate(`Notes ${hold.at('review')}`);
    await page.goto(`${wire.url}/g/${id}`);
    await expect(page.locator('.checks li.passed').nth(1)).toBeVisible();
    wire.silence();
    hold.release();
    await api.reached(id, 'completed');
    await expect(page.locator('.stamp')).toHaveText('Building');
    await page.clock.fastForward('08:00:00');
    // The browser's other connections are as dead, and each costs an attempt.
    let patience = 250; // an attempt that is answered takes longer on a busy machine
    await expect(async () => {
      await page.clock.fastForward('00:20');
      await expect(page.locator('.stamp')).toHaveText('Proven', { timeout: (patience *= 1.25) });
    }).toPass({ intervals: [0] });
    await soundLog(page, api, id);
  } finally {
    wire.end();
  }
});

test('a login that ends in the middle of a build is renewed over the page, and the build goes on', async ({ page, context, scripted, api, hold }) => {
  const wire = await Wire.to(scripted.url);
  try {
    const { id } = await api.generate(`Notes ${hold.at('review')}`);
    await become(page, api.account);
    await page.goto(`${wire.url}/g/${id}`);
    await expect(page.locator('.checks li.passed').nth(1)).toBeVisible();

    // The tokens end for every tab of the browser, and the next break of the connection brings it to light.
    const other = await context.newPage();
    await other.goto(`${wire.url}/mark.svg`);
    await other.evaluate((session) => localStorage.setItem('apiwright.session', session), JSON.stringify({ ...api.account, access: 'ended', refresh: 'ended', expiresAt: Date.now() + 600_000 }));
    await other.close();
    wire.cut();
    const dialog = page.getByRole('dialog', { name: 'Your login has ended' });
    await expect(dialog.getByLabel('Email')).toHaveValue(api.account.email);
    await expect(dialog.getByLabel('Password')).toBeFocused();
    await expect(page.locator('.checks li.passed').nth(1)).toBeVisible();
    await looked(page, 'login-ended');
    await dialog.getByLabel('Password').fill('not it at all');
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await expect(dialog.getByText('Email and password do not belong together.')).toBeVisible();
    await dialog.getByLabel('Password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await expect(dialog).toBeHidden();
    hold.release();
    await expect(page.locator('.stamp')).toHaveText('Proven');
    await soundLog(page, api, id);
  } finally {
    wire.end();
  }
});

test('a cancelled build ends for good and offers the way on', async ({ page, scripted, api, hold }) => {
  const prompt = `Notes ${hold.at('review')}`;
  const { id } = await api.generate(prompt);
  await become(page, api.account);
  await page.goto(`${scripted.url}/g/${id}`);
  await expect(page.getByText(/checks? to go/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'This build was cancelled' })).toBeVisible();
  await page.getByRole('button', { name: 'Revise the prompt' }).click();
  await expect(page.getByLabel(/what shall it keep/i)).toHaveValue(prompt);
});
