/** Versions that follow others: what is not understood, what would be lost, what becomes of rows, conflicts, and the way back. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Api, become, expect, looked, test, visit } from './fixtures';

const SHOP = 'Shop: a product has a name, a note, and a status (draft, open, closed)';
const EDIT = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as before, zipfile.ZipFile(sys.argv[2], "w") as after:
    for name in before.namelist():
        text = before.read(name).decode()
        after.writestr(name, text + "class Mine: ...\\n" if name == "app/models.py" else text)
    after.writestr("notes/plan.txt", "mine\\n")
`;

/** A version's zip as its user would send it back: a class more at the end of a file, and a file of their own. */
async function edited(api: Api, id: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'apiwright-edited-'));
  const packed = await fetch(`${api.url}/api/generations/${id}/download`, { headers: { authorization: `Bearer ${api.account.access}` } });
  writeFileSync(join(directory, 'before.zip'), Buffer.from(await packed.arrayBuffer()));
  execFileSync('python3', ['-c', EDIT, join(directory, 'before.zip'), join(directory, 'edited.zip')]);
  return join(directory, 'edited.zip');
}

test('edits are sent back; where both changed the same lines the version waits until somebody has decided', async ({ page, scripted, api }) => {
  const { id } = await api.completed('Notes');
  await become(page, api.account);
  await page.goto(`${scripted.url}/g/${id}`);
  await page.getByLabel('Change it').focus();
  const upload = page.getByLabel('The project as you have edited it, as a zip');
  await upload.setInputFiles({ name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') });
  await expect(page.getByText(/This is no zip that can be read/)).toBeVisible();
  await upload.setInputFiles(await edited(api, id));
  await expect(page.getByText('The next version keeps your edits: 1 file changed, 1 file added.')).toBeVisible();
  await page.getByLabel('Change it').fill('entity Feather');
  await looked(page, 'edits-sent');
  await page.keyboard.press('Control+Enter');

  await expect(page.locator('.stamp')).toHaveText('Your turn');
  await expect(page.getByRole('heading', { name: '1 file to decide' })).toBeVisible();
  const file = page.getByRole('region', { name: 'app/models.py' });
  const goOn = page.getByRole('button', { name: 'Go on with these files' });
  await expect(file.getByLabel('Yours: Place 1 in app/models.py')).toHaveText('class Mine: ...');
  await expect(file.getByLabel('Generated: Place 1 in app/models.py')).toHaveText('class Feather: ...');
  await expect(page.getByRole('region', { name: 'What changes' })).toContainText('Add the entity Feather');
  await expect(goOn).toBeDisabled();
  await looked(page, 'conflicts');

  // By hand: what still has its marks is not taken.
  await file.getByRole('button', { name: 'Write it by hand' }).click();
  const text = page.getByLabel('Text of app/models.py');
  await expect(text).toHaveValue(/<<<<<<< yours\nclass Mine: \.\.\.\n=======\nclass Feather: \.\.\.\n>>>>>>> generated\n/);
  await expect(file.getByText(/It still has conflict markers/)).toBeVisible();
  await expect(goOn).toBeDisabled();
  await looked(page, 'conflicts-by-hand');

  // A file from the disk; then sides after all, and it survives a reload as waiting.
  await file.getByLabel('A file to take as app/models.py').setInputFiles({ name: 'models.py', mimeType: 'text/x-python', buffer: Buffer.from('class Note: ...\n') });
  await expect(text).toHaveValue('class Note: ...\n');
  await expect(goOn).toBeEnabled();
  await page.reload();
  await expect(goOn).toBeDisabled();
  await file.getByRole('radio', { name: 'Both, yours first' }).check();
  await expect(page.getByText('Every conflict is solved.')).toBeVisible();
  await goOn.click();
  await expect(page.locator('.stamp')).toHaveText('Proven');
  const made = page.url().split('/g/')[1]?.split('/')[0] ?? '';
  await expect(page.getByText('/ Version 2')).toBeVisible();
  await visit(page, `/g/${made}/files/app/models.py`);
  await expect(page.getByRole('region', { name: 'Source of app/models.py' })).toHaveText(/class Note: \.\.\.\s+class Mine: \.\.\.\s+class Feather: \.\.\./);
  await page.getByRole('tab', { name: 'Changes' }).click();
  await page.getByText(/files differ, your edits kept in/).click();
  await expect(page.locator('.revised li', { hasText: 'app/models.py' })).toContainText('with your edits');
  await expect(page.getByRole('treeitem')).toHaveCount(0);
});

test('conflicts can be given up, and edits left out', async ({ page, scripted, api }) => {
  const { id, project_id } = await api.completed('Notes');
  await become(page, api.account);
  await page.goto(`${scripted.url}/g/${id}`);
  await page.getByLabel('Change it').focus();
  await page.getByLabel('The project as you have edited it, as a zip').setInputFiles(await edited(api, id));
  await expect(page.getByText(/The next version keeps your edits/)).toBeVisible();
  await page.getByLabel('Change it').fill('entity Feather');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: '1 file to decide' })).toBeVisible();
  await visit(page, `/projects/${project_id}`);
  await page.getByRole('link', { name: 'Conflicts to solve' }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'This build was cancelled' })).toBeVisible();
  await page.getByRole('button', { name: 'Leave them out' }).click();
  await expect(page.getByText(/You edited the project/)).toBeVisible();
  await page.getByRole('button', { name: 'Make the next version' }).click();
  await expect(page.locator('.stamp')).toHaveText('Proven');
});

test('what is not understood is marked word by word; what would be lost is made only when that was said; and the way back', async ({ page, real }) => {
  const api = await Api.register(real.url);
  const { id, project_id } = await api.completed(SHOP, { verify: 'none' });
  const unclear = await api.call<{ id: string }>('POST', '/generations/iterate', { parent_generation_id: id, prompt: 'add a price to products; frobnicate the products sideways', verify: 'none' });
  await api.reached(unclear.id, 'failed');
  await become(page, api.account);
  await page.goto(`${real.url}/g/${unclear.id}`);
  await expect(page.locator('.misread mark')).toHaveText('frobnicate the products sideways');
  await expect(page.getByText('Nothing was changed: the version before is as it was.')).toBeVisible();
  await looked(page, 'revise-unclear');

  // In other words, from the box that has them already.
  await page.getByRole('button', { name: 'Say it in other words' }).click();
  const box = page.getByLabel('Change it');
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('add a price to products; frobnicate the products sideways');
  await box.fill('remove the note from products');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'This would throw stored values away' })).toBeVisible();
  await expect(page.locator('.losses')).toHaveText('Remove note from Product. This loses the note of every Product.');
  const allTheSame = page.getByRole('button', { name: 'Make the version all the same' });
  await expect(allTheSame).toBeDisabled();
  await looked(page, 'revise-data-loss');
  await page.getByRole('checkbox', { name: 'These values may be lost' }).check();
  await allTheSame.click();
  // Proven as far as the version before: not at all, for that is not the point here.
  await expect(page.locator('.stamp')).toHaveText('Not verified');
  await page.getByRole('tab', { name: 'Changes' }).click();
  const changes = page.getByRole('region', { name: 'What changes' });
  await expect(changes).toContainText('Remove note from Product.');
  await expect(changes).toContainText('Throws away the note of every Product.');
  await expect(changes).toContainText(/migrations\/versions\/0002_.*\.py/);
  await looked(page, 'changes');

  // Back to the first: a third version, with the column again.
  await visit(page, `/projects/${project_id}`);
  await page.getByRole('button', { name: 'Go back to this' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('nothing of the history is lost');
  await looked(page, 'go-back');
  await page.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByText('/ Version 3')).toBeVisible();
  await page.getByRole('tab', { name: 'Changes' }).click();
  await expect(changes).toContainText('Add note');
});

test('what becomes of rows that do not fit is chosen beside the change, and planned anew before it is made', async ({ page, real }) => {
  const api = await Api.register(real.url);
  const { id } = await api.completed(SHOP, { verify: 'none' });
  const first = await api.call<{ id: string }>('POST', '/generations/iterate', {
    parent_generation_id: id, prompt: 'the note can be up to 300 characters; remove the status closed', verify: 'none', review: true,
  });
  await api.reached(first.id, 'awaiting_approval');
  await become(page, api.account);
  await page.goto(`${real.url}/g/${first.id}`);
  const changes = page.getByRole('region', { name: 'What changes' });
  await expect(changes).toContainText('Needs that each value of Product.note keeps the new rules.');
  await page.getByLabel('Rows that do not fit Product.note').selectOption({ label: 'Cut what is too long' });
  await page.getByLabel('Rows that do not fit Product.status').selectOption({ label: 'Take another value instead' });
  await page.getByLabel('closed of Product.status becomes').selectOption('open');
  await looked(page, 'conversion');
  await page.getByRole('button', { name: 'Plan it with this choice' }).click();
  await expect(page).not.toHaveURL(new RegExp(first.id));
  await expect(changes).toContainText('text that is too long is cut');
  await expect(changes).toContainText('closed turns into open');
  await expect(changes).toContainText('Throws away what does not fit of the note of every Product.');
  await page.getByRole('button', { name: 'Approve and build' }).click();
  await expect(page.locator('.stamp')).toHaveText('Not verified');
  expect((await api.reached(first.id, 'cancelled')).status).toBe('cancelled');
});
