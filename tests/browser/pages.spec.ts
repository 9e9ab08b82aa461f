/** Every page and every state: reachable by what really causes it, free of violations in both themes, and drawn for the documentation. */
import { devices } from '@playwright/test';

import { Api, become, BLOG, drawn, expect, looked, test } from './fixtures';
import { Service } from './service';

test('home, sign-up, login, and an address that leads nowhere', async ({ page, scripted }) => {
  await page.goto(scripted.url);
  await page.getByRole('button', { name: 'Blog' }).click();
  await looked(page, 'home');
  await page.goto(`${scripted.url}/signup`);
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password').fill('12345678');
  await looked(page, 'signup');
  await page.goto(`${scripted.url}/login`);
  await page.getByLabel('Email').fill('nobody@example.com');
  await page.getByLabel('Password').fill('not this one');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Email and password do not belong together.')).toBeVisible();
  await looked(page, 'login-refused');
  await page.goto(`${scripted.url}/nowhere`);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await looked(page, 'nowhere');
});

test('a private page asks for a login and comes back; a login leads to no other site', async ({ page, scripted, api }) => {
  await page.goto(`${scripted.url}/projects`);
  await expect(page).toHaveURL(/\/login\?next=%2Fprojects/);
  await page.getByLabel('Email').fill(api.account.email);
  await page.getByLabel('Password').fill('correct horse battery staple');
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
});

test('failed in the proof: which check, what it said, and two ways on', async ({ page, scripted, api }) => {
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
});

test('failed in the plan: what to mend', async ({ page, scripted, api }) => {
  const { id } = await api.generate('Notes [fail:plan]');
  await api.reached(id, 'failed');
  await become(page, api.account);
  await page.goto(`${scripted.url}/g/${id}`);
  await expect(page.getByText('Stage plan was told to fail.').first()).toBeVisible();
  await looked(page, 'failed-plan');
});

test('somebody else’s build is not found, and a service that is away is told', async ({ page, api }) => {
  const service = await Service.begin('scripted');
  try {
    const other = await Api.register(service.url);
    const mine = await Api.register(service.url);
    const { id } = await other.generate('Secrets');
    await become(page, mine.account);
    await page.goto(`${service.url}/g/${id}`);
    await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible();
    await looked(page, 'not-found');
    await page.getByRole('link', { name: 'Projects' }).click();
    await expect(page.getByRole('heading', { name: 'No project yet' })).toBeVisible();
    await service.kill();
    await page.getByPlaceholder('Search by name').fill('x');
    await expect(page.getByRole('heading', { name: 'The service cannot be reached' })).toBeVisible();
    await looked(page, 'unreachable');
    await service.start();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'No project matches “x”' })).toBeVisible();
  } finally {
    await service.end();
  }
  expect(api.account.email).toBeTruthy();
});

test('too many requests: how long to wait, and the prompt stays', async ({ page }) => {
  const service = await Service.begin('scripted', { GENERATIONS_PER_MINUTE: '1' });
  try {
    const api = await Api.register(service.url);
    await api.generate('One');
    await become(page, api.account);
    await page.goto(service.url);
    await page.getByLabel(/what shall it keep/i).fill('Two');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { name: 'That was too much in too short a time' })).toBeVisible();
    await expect(page.getByText(/Wait \d+ seconds?/)).toBeVisible();
    await expect(page.getByLabel(/what shall it keep/i)).toHaveValue('Two');
    await looked(page, 'rate-limited');
  } finally {
    await service.end();
  }
});

test('an empty prompt, and offline', async ({ page, context, scripted, api }) => {
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

test.describe('on a phone', () => {
  test.use({ viewport: devices['Pixel 7'].viewport, hasTouch: true, isMobile: true });

  test('nothing is cut off, nor on narrower and wider screens', async ({ page, scripted, api }) => {
    await become(page, api.account);
    const { id, project_id } = await api.completed('Notes [files=30]');
    const plan = await api.generate('Notes and entity Tag', { review: true });
    await api.reached(plan.id, 'awaiting_approval');
    for (const [path, name, shown] of [
      ['/', 'home', 'Describe a backend'], [`/g/${id}`, 'result', 'Download'], [`/projects/${project_id}`, 'project', 'Version 1'], ['/projects', 'projects', 'Projects'],
      [`/g/${plan.id}`, 'plan', 'Approve and build'],
    ] as const) {
      await page.goto(scripted.url + path);
      await expect(page.getByText(shown).first()).toBeVisible();
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
