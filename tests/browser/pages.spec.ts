/** Every page and every state: reachable by what really causes it, free of violations in both themes, and drawn for the documentation. */
import { devices } from '@playwright/test';

import { Api, become, BLOG, drawn, expect, looked, PASSWORD, test, visit } from './fixtures';
import { GENERATIONS_PER_MINUTE } from './service';
import { Wire } from './wire';

test('home, sign-up, an address that leads nowhere, and a login that comes back to what was asked for, and to no other site', async ({ page, scripted, api }) => {
  await page.goto(scripted.url);
  await page.getByRole('button', { name: 'Blog' }).click();
  await looked(page, 'home');
  await visit(page, '/signup');
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password').fill('12345678');
  await looked(page, 'signup');
  await visit(page, '/nowhere');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await looked(page, 'nowhere');
  await page.goto(`${scripted.url}/projects`);
  await expect(page).toHaveURL(/\/login\?next=%2Fprojects/);
  await page.getByLabel('Email').fill('nobody@example.com');
  await page.getByLabel('Password').fill('not this one');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Email and password do not belong together.')).toBeVisible();
  await looked(page, 'login-refused');
  await page.getByLabel('Email').fill(api.account.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${scripted.url}/projects`);
  await page.goto(`${scripted.url}/login?next=//example.com`);
  await expect(page).toHaveURL(`${scripted.url}/`);
});

test('projects: none, some, none that matches', async ({ page, scripted, api }) => {
  await become(page, api.account);
  await page.goto(`${scripted.url}/projects`);
  await expect(page.getByRole('heading', { name: 'No project yet' })).toBeVisible();
  await looked(page, 'projects-empty');
  await api.completed('Notes about birds');
  await api.completed('Recipes for soup');
  await page.reload();
  await expect(page.getByRole('list', { name: 'Projects' }).getByRole('heading')).toHaveCount(2);
  await looked(page, 'projects');
  await page.keyboard.press('/');
  await page.keyboard.type('recip');
  await expect(page.getByRole('list', { name: 'Projects' }).getByRole('heading')).toHaveText(['Recipes']);
  await page.getByPlaceholder('Search by name').fill('zebra');
  await expect(page.getByRole('heading', { name: 'No project matches “zebra”' })).toBeVisible();
  await looked(page, 'projects-no-match');
  // A slash is a slash while somebody types.
  await page.keyboard.type('/b');
  await expect(page.getByPlaceholder('Search by name')).toHaveValue('zebra/b');
});

test('failed in the proof: which check, what it said, and two ways on; failed in the plan: what to mend', async ({ page, scripted, api }) => {
  const { id } = await api.generate('Notes [fail:review]');
  await api.reached(id, 'failed');
  await become(page, api.account);
  await page.goto(`${scripted.url}/g/${id}`);
  await expect(page.locator('.stamp')).toHaveText('Failed');
  await expect(page.getByRole('heading', { name: 'Tests failed' })).toBeVisible();
  await expect(page.getByText('1 test failed').first()).toBeVisible();
  await expect(page.getByText('E   assert 404 == 200')).toBeVisible();
  await looked(page, 'failed');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(page.locator('.stamp')).toHaveText('Failed');

  const unplanned = await api.generate('Notes [fail:plan]');
  await api.reached(unplanned.id, 'failed');
  await visit(page, `/g/${unplanned.id}`);
  await expect(page.getByText('Stage plan was told to fail.').first()).toBeVisible();
  await expect(page.getByRole('list', { name: 'Events' }).getByText('Stage plan was told to fail.')).toBeVisible();
  await looked(page, 'failed-plan');
});

test('somebody else’s build is not found, and a service that is away is told', async ({ page, scripted, api }) => {
  const wire = await Wire.to(scripted.url);
  try {
    const { id } = await (await Api.register(scripted.url)).generate('Secrets');
    await become(page, api.account);
    await page.goto(`${wire.url}/g/${id}`);
    await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible();
    await looked(page, 'not-found');
    await page.getByRole('link', { name: 'See your projects' }).click();
    await expect(page.getByRole('heading', { name: 'No project yet' })).toBeVisible();
    wire.refuse();
    await page.getByPlaceholder('Search by name').fill('x');
    await expect(page.getByRole('heading', { name: 'The service cannot be reached' })).toBeVisible();
    await looked(page, 'unreachable');
    await wire.restore();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'No project matches “x”' })).toBeVisible();
  } finally {
    wire.end();
  }
});

test('an empty prompt, offline, and too many requests: the prompt stays', async ({ page, context, scripted, api }) => {
  await become(page, api.account);
  await page.goto(scripted.url);
  await expect(page.getByLabel(/what shall it keep/i)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'There is no prompt yet' })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  await looked(page, 'offline');
  await context.setOffline(false);
  await expect(page.getByText('You are offline.')).toBeHidden();
  for (let count = 0; count < GENERATIONS_PER_MINUTE; count += 1) await api.generate('Notes [fail:plan]');
  await page.getByLabel(/what shall it keep/i).fill('One more');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'That was too much in too short a time' })).toBeVisible();
  await expect(page.getByText(/Wait \d+ seconds?/)).toBeVisible();
  await expect(page.getByLabel(/what shall it keep/i)).toHaveValue('One more');
  await looked(page, 'rate-limited');
});

test('loading is told, and a slow network does not keep the page from being used', async ({ page, scripted, api }) => {
  await become(page, api.account);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 60_000, uploadThroughput: 30_000 });
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => (release = done));
  await page.route('**/api/projects?*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${scripted.url}/projects`, { waitUntil: 'commit' });
  await expect(page.getByRole('status', { name: 'Loading projects' })).toBeVisible();
  await looked(page, 'loading');
  release();
  await expect(page.getByRole('heading', { name: 'No project yet' })).toBeVisible();
  await page.goto(scripted.url);
  await page.getByLabel(/what shall it keep/i).fill('Notes');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.stamp')).toHaveText('Proven');
});

test('a build, its result and its plan, as the real service makes them', async ({ page, real }) => {
  const api = await Api.register(real.url);
  await become(page, api.account);
  const { id } = await api.generate(BLOG);
  await page.goto(`${real.url}/g/${id}`);
  await expect(page.locator('.checks li.passed').nth(1)).toBeVisible({ timeout: 90_000 });
  await drawn(page, 'live');
  await expect(page.locator('.stamp')).toHaveText('Proven', { timeout: 120_000 });
  await page.goto(`${real.url}/g/${id}/files/app/models/post.py`);
  await expect(page.getByRole('region', { name: /Source of/ })).toContainText('class Post');
  await looked(page, 'result');
  for (const tab of ['Endpoints', 'Model', 'Proof', 'Build log']) {
    await page.getByRole('tab', { name: tab }).click();
    if (tab === 'Model') await expect(page.locator('.entity-node').first()).toBeVisible();
    await looked(page, tab.toLowerCase().replace(' ', '-'));
  }
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await looked(page, 'commands');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Project', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Version 1' })).toBeVisible();
  await looked(page, 'project');
});

test('keys for language models: stored, used, replaced, deleted, and never shown', async ({ page, scripted, api }) => {
  const KEY = 'planted-key-of-the-reader';
  const planner = page.getByLabel('Planner').locator('option');
  await become(page, api.account);
  await page.goto(scripted.url);
  await expect(planner).toHaveText(['Automatic', 'Classic, no model']);
  await page.getByRole('link', { name: 'Account of' }).click();
  const google = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Google' }) });
  await expect(google).toContainText('There is no key for google.');
  await google.getByRole('button', { name: 'Add a key for Google' }).click();
  await page.keyboard.type('not a key');
  await page.keyboard.press('Enter');
  await expect(google.getByRole('alert')).toContainText('A key has no blanks');
  await looked(page, 'key-refused');
  await google.getByLabel('Key for Google', { exact: true }).fill(KEY);
  await page.keyboard.press('Enter');
  await expect(google).toContainText('Your key, stored just now');
  await expect(google.getByRole('button', { name: 'Replace the key for Google' })).toBeFocused();
  await looked(page, 'account');

  // It is not to be had again, and its model can be asked for.
  await page.reload();
  await google.getByRole('button', { name: 'Replace the key for Google' }).click();
  await expect(google.getByLabel('Key for Google', { exact: true })).toHaveValue('');
  expect(await page.content()).not.toContain(KEY);
  expect(JSON.stringify(await api.call('GET', '/model-keys'))).not.toContain(KEY);
  await page.keyboard.type(`${KEY}-2`);
  await page.keyboard.press('Enter');
  await expect(google.getByLabel('Key for Google', { exact: true })).toBeHidden();
  await page.getByRole('link', { name: 'New', exact: true }).click();
  await expect(planner).toHaveText(['Automatic', 'Classic, no model', 'Language model']);
  await page.getByLabel('Planner').selectOption('enhanced');
  await expect(page.getByRole('combobox', { name: 'Model', exact: true }).locator('option')).toHaveText(['google:gemini-2.5-flash']);
  await looked(page, 'home-models');

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused();
  await page.keyboard.type('model keys');
  await expect(page.getByRole('option')).toHaveText([/Account and model keys/]);
  await page.keyboard.press('Enter');
  await google.getByRole('button', { name: 'Delete the key for Google' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete the key' }).click();
  await expect(google).toContainText('There is no key for google.');
  expect(await api.call('GET', '/model-keys')).toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ viewport: devices['Pixel 7'].viewport, hasTouch: true, isMobile: true });

  test('nothing is cut off, nor on narrower and wider screens', async ({ page, scripted, api }) => {
    await become(page, api.account);
    const { id, project_id } = await api.completed('Notes [files=30]');
    const plan = await api.generate('Notes and entity Tag', { review: true });
    await api.reached(plan.id, 'awaiting_approval');
    await page.goto(scripted.url);
    for (const [path, name, shown] of [
      ['/', 'home', 'Describe a backend'], [`/g/${id}`, 'result', 'blueprint.yaml'], [`/projects/${project_id}`, 'project', 'Version 1'], ['/projects', 'projects', 'Notes Files'],
      ['/account', 'account', 'Anthropic'],
      [`/g/${plan.id}`, 'plan', 'Approve and build'],
    ] as const) {
      await visit(page, path);
      await expect(page.getByText(shown).filter({ visible: true }).first()).toBeVisible();
      if (name === 'plan') await expect(page.locator('.entity-node')).toHaveCount(2);
      await looked(page, `phone-${name}`);
      for (const width of [320, 412, 800, 2560]) {
        await page.setViewportSize({ width, height: 860 });
        const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        await expect.poll(over, `${path} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize(devices['Pixel 7'].viewport);
    }
  });
});
