/** A language model plans: what it names while it thinks, what it used, and what it changed. The vendor is a local one, the client is the real one. */
import { writeFileSync } from 'node:fs';

import { Api, become, expect, looked, test } from './fixtures';

const LIBRARY = 'A library: members borrow books, each book has a shelf mark, and librarians may change books. Loans belong to members.';

test('what a model names is seen while it thinks; what it changed, used and cost by stage is told', async ({ page, real }) => {
  const api = await Api.register(real.url);
  await api.call('PUT', '/model-keys/google', { key: 'planted-key-of-the-reader' });
  const { id } = await api.generate(LIBRARY, { mode: 'enhanced', model: 'google:gemini-2.5-flash', verify: 'none', review: true });
  await become(page, api.account);
  await page.goto(`${real.url}/g/${id}`);

  // In the middle of the answers: the entities of the outline, and of one of them (whichever is told first) the first fields.
  const named = page.getByRole('list', { name: 'Named so far' }).getByRole('listitem');
  await expect(named.locator('strong')).toHaveText(['Member', 'Book', 'Loan']);
  await expect.poll(async () => (await named.allTextContents()).filter((text) => text.trim().includes(' ')).length).toBeGreaterThan(0);
  await expect(page.locator('.stamp')).toHaveText('Building');
  await looked(page, 'thinking');
  writeFileSync(process.env['VENDOR_GOES_ON'] ?? '', '');

  await expect(page.locator('.stamp')).toHaveText('Your turn');
  await expect(page.getByRole('list', { name: 'What the model changed' })).toContainText('shelf_mark');
  await looked(page, 'plan-of-model');
  await page.getByRole('button', { name: 'Approve and build' }).click();
  await expect(page.locator('.stamp')).toHaveText('Not verified');
  await expect(page.getByText('Model used')).toBeVisible();
  await page.getByRole('tab', { name: 'Build log' }).click();
  const part = page.getByRole('region', { name: 'Language model' });
  await expect(part.getByRole('row', { name: /^Outline 1 1,000 200 \$0\.00/ })).toBeVisible();
  await expect(part.getByRole('row', { name: /^Entities 3 3,000 600 \$0\.00/ })).toBeVisible();
  await expect(part.getByRole('row', { name: /^All 4 4,000 800 \$0\.00/ })).toBeVisible();
  await part.getByText('What it changed of the draft').click();
  await expect(part.getByRole('list')).toContainText('shelf_mark');
  await looked(page, 'model-part');
});
