import { become, expect, Hold, looked, test } from './fixtures';

test('stages, files, checks and log as they come', async ({ page, scripted, api, hold }) => {
  const proving = new Hold();
  const { id } = await api.generate(`Notes ${hold.at('code')} ${proving.at('review')}`);
  await become(page, api.account);
  await page.goto(`${scripted.url}/g/${id}`);
  const stages = page.getByRole('list', { name: 'Stages' });
  const events = page.getByRole('list', { name: 'Events' }).locator('li');

  // While the code is written: its files, phase by phase, and no check yet.
  await expect(page.getByRole('tree', { name: 'Files made so far' }).getByRole('treeitem', { name: 'entity_note.py' })).toBeVisible();
  await expect(stages.locator('[aria-current=step]')).toContainText('Write');
  await expect(page.getByText('Once the files are written, the project is started and tested.')).toBeVisible();
  await expect(events.filter({ hasText: 'entity:Note' })).toHaveCount(1);

  hold.release();
  // While it is proven: each check with its time, and how many are to come.
  await expect(stages.locator('[aria-current=step]')).toContainText('Prove');
  const checks = page.locator('.checks');
  await expect(checks.locator('li.passed')).toHaveText([/^Layout passed.*\d+ ms$/, /^Lint passed.*\d+ ms$/]);
  await expect(checks).toContainText('2 checks to go');
  await expect(stages.locator('li', { hasText: 'Write' })).toContainText(/\d m?s/);

  // Nothing moves for those who asked for it; the wheel of what runs turns for the others.
  const moving = () => page.evaluate(() => document.getAnimations().filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== 0.01).length);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect.poll(moving).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(moving).toBe(0);
  await looked(page, 'proving');
  proving.release();

  await expect(page.locator('.stamp')).toHaveText('Proven');
  proving.forget();
});

test('what is chosen at the prompt is what is built', async ({ page, scripted, api }) => {
  await become(page, api.account);
  await page.goto(scripted.url);
  await expect(page.getByLabel(/what shall it keep/i)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('Notes about ferries');
  await page.getByLabel('Database').selectOption('postgresql');
  await page.getByLabel('Planner').selectOption('classic');
  await page.getByLabel('Proof').selectOption('quick');
  await page.getByRole('checkbox', { name: 'Review the plan first' }).check();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.stamp')).toHaveText('Your turn');
  const { items } = await api.call<{ items: Record<string, unknown>[] }>('GET', '/generations');
  expect(items).toEqual([expect.objectContaining({ prompt: 'Notes about ferries', database: 'postgresql', mode: 'classic', verify: 'quick', review: true })]);
  await page.getByRole('button', { name: 'Approve and build' }).click();
  await expect(page.locator('.stamp')).toHaveText('Proven');
});
