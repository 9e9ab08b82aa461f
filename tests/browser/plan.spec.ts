import { Api, become, BLOG, expect, looked, test } from './fixtures';

interface Blueprint {
  entities: { name: string; fields: { name: string; type: string }[]; relations: { name: string; target: string; kind: string; on_delete: string }[]; access: Record<string, string[]> }[];
}

test('a plan is read against its prompt, edited with the objections beside it, and approved', async ({ page, real }) => {
  const api = await Api.register(real.url);
  const { id } = await api.generate(BLOG, { review: true, verify: 'none' });
  await api.reached(id, 'awaiting_approval');
  await become(page, api.account);
  await page.goto(`${real.url}/g/${id}`);
  await expect(page.locator('.stamp')).toHaveText('Your turn');

  // Words of the prompt lead to what came of them, and the other way round.
  const words = page.locator('.prompt-words');
  await words.getByRole('button', { name: 'title', exact: true }).click();
  await expect(page.getByLabel('Name of the entity')).toHaveValue('Post');
  await expect(words.locator('.lit')).toHaveText('title');
  await expect(page.getByText(/Assumed beyond them/i)).toBeVisible();
  await page.getByLabel('Type of status').focus();
  await expect(words.locator('.lit')).toContainText('status');

  // The diagram: zoom, and an entity chosen in it.
  const before = await page.locator('.react-flow__viewport').getAttribute('style');
  await page.getByRole('button', { name: 'Zoom In' }).click();
  await expect(page.locator('.react-flow__viewport')).not.toHaveAttribute('style', before ?? '');
  const zoomed = await page.locator('.react-flow__viewport').getAttribute('style');
  const pane = page.locator('.react-flow__pane');
  await pane.hover({ position: { x: 300, y: 8 } });
  const { x, y } = (await pane.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.down();
  await page.mouse.move(x + 360, y + 60, { steps: 4 });
  await page.mouse.up();
  await expect(page.locator('.react-flow__viewport')).not.toHaveAttribute('style', zoomed ?? '');
  await page.getByRole('button', { name: 'Fit View' }).click();
  await expect(page.locator('.diagram .relation').first()).toHaveAttribute('marker-start', /foot-many/);
  await page.locator('.entity-node', { hasText: 'Tag' }).first().click();
  await expect(page.getByLabel('Name of the entity')).toHaveValue('Tag');

  // An edit that does not hold together is refused, beside the place.
  await page.getByRole('navigation', { name: 'Entities' }).getByRole('button', { name: 'Post' }).click();
  const title = page.getByLabel('Name of the field').first();
  await title.fill('import');
  await title.press('Enter');
  await page.getByLabel('Type of import').selectOption('enum');
  await page.getByLabel('Values of import').fill('');
  await page.getByLabel('Values of import').blur();
  await expect(page.locator('.troubles-here').first()).toBeVisible();
  await expect(page.getByText(/to mend before it can be built/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve and build' })).toBeDisabled();
  await page.locator('.troubles-here').first().evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await looked(page, 'plan-to-mend');

  // Undone, and done well: a name that others refer to, a field, a grant.
  while (await page.getByRole('button', { name: 'Undo' }).isEnabled()) await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The plan holds together.')).toBeVisible();
  const name = page.getByLabel('Name of the entity');
  await name.fill('Article');
  await name.press('Enter');
  await page.getByRole('button', { name: 'Field', exact: true }).click();
  await page.keyboard.type('reading_minutes');
  await page.keyboard.press('Enter');
  await page.getByLabel('Type of reading_minutes').selectOption('integer');

  // A relation: one that cannot be kept is told in its line, and mended there.
  await page.getByRole('button', { name: 'Relation', exact: true }).click();
  await page.getByLabel('Name of the relation').last().fill('reviewer');
  await page.keyboard.press('Enter');
  const reviewer = page.getByRole('listitem').filter({ has: page.getByLabel('Target of reviewer') });
  await reviewer.getByLabel('Target of reviewer').selectOption('User');
  await reviewer.getByLabel('deleting the User').selectOption({ label: 'clears the link' });
  await expect(page.getByText('The plan holds together.')).toBeVisible();
  await reviewer.getByRole('checkbox', { name: 'required' }).check();
  await expect(reviewer.getByRole('alert')).toContainText('A required link cannot be cleared when its target is deleted.');
  await reviewer.getByRole('checkbox', { name: 'required' }).uncheck();
  await expect(reviewer.getByRole('alert')).toBeHidden();
  await reviewer.getByLabel('Kind of reviewer').selectOption('one to one');
  await page.getByRole('button', { name: /^Remove the relation tags?$/ }).click();

  // Access: what grants nothing is told beside the table.
  await page.getByRole('navigation', { name: 'Entities' }).getByRole('button', { name: 'Tag' }).click();
  await page.getByRole('checkbox', { name: 'list Tag: the owner' }).check();
  await expect(page.getByRole('heading', { name: 'Who may' }).locator('+ [role=alert]')).toContainText('Nobody owns a Tag');
  await page.getByRole('checkbox', { name: 'list Tag: the owner' }).uncheck();
  await page.getByRole('navigation', { name: 'Entities' }).getByRole('button', { name: 'Article' }).click();
  await page.getByRole('checkbox', { name: 'list Article: anybody' }).setChecked(true);
  const article = async () => (await api.call<Blueprint>('GET', `/generations/${id}/blueprint`)).entities.find((entity) => entity.name === 'Article');
  // Kept at the service before it is approved.
  await expect.poll(async () => (await article())?.fields).toContainEqual(expect.objectContaining({ name: 'reading_minutes', type: 'integer' }));
  await expect.poll(async () => (await article())?.access['list']).toContain('public');
  const reviewed = expect.objectContaining({ name: 'reviewer', target: 'User', kind: 'one_to_one', on_delete: 'set_null' });
  await expect.poll(async () => (await article())?.relations).toContainEqual(reviewed);
  await expect.poll(async () => (await article())?.relations.map((relation) => relation.name)).not.toContain('tags');
  await expect(page.getByText('The plan holds together.')).toBeVisible();
  await page.evaluate(() => scrollTo(0, 0));
  await looked(page, 'plan');
  await page.getByRole('button', { name: 'Approve and build' }).click();
  await expect(page.locator('.stamp')).toHaveText('Not verified', { timeout: 60_000 });
  expect((await article())?.access['list']).toContain('public');
  await expect(page.getByRole('treeitem', { name: 'article.py' }).first()).toBeVisible();
});
