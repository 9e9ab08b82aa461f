import { expect, PASSWORD, test } from './fixtures';

/** Tab until the focus is where it was meant to go; a page that traps the focus fails here. */
async function tabTo(page: import('@playwright/test').Page, name: RegExp, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      const label = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? (element.labels?.[0]?.innerText ?? '') : '';
      return `${element?.getAttribute('aria-label') ?? ''} ${label} ${element?.innerText ?? ''}`;
    });
    if (name.test(focused)) return;
  }
  throw new Error(`the focus never came to ${name.source}`);
}

test('the whole story without a mouse', async ({ page, scripted }) => {
  await page.goto(scripted.url);
  await expect(page.getByLabel(/what shall it keep/i)).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('/');
  await page.keyboard.type('Notes about birds');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Make an account' })).toBeVisible();
  await tabTo(page, /Email/);
  await page.keyboard.type(`k-${Date.now()}@example.com`);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.locator('.stamp')).toHaveText('Proven');

  // The tree: one stop, arrows within, letters find, Enter opens.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused();
  await page.keyboard.type('files');
  await expect(page.getByRole('option', { name: 'Show: Files' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  const tree = page.getByRole('tree', { name: 'Files', exact: true });
  await tree.getByRole('treeitem').first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('a');
  await expect(tree.getByRole('treeitem', { name: 'app' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(tree.getByRole('treeitem', { name: 'app' })).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('m');
  await expect(tree.getByRole('treeitem', { name: 'main.py' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Source of app/main.py' })).toBeVisible();

  // Tabs by arrows.
  await tabTo(page, /^\s*Files/, 80);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Model' })).toHaveAttribute('aria-selected', 'true');

  // The next version, from the box under it.
  await page.keyboard.press('/');
  await page.keyboard.type('More notes, entity Feather');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('/ Version 2')).toBeVisible();

  // Projects, by the palette; delete, with the question in between.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused();
  await page.keyboard.type('projects');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/projects$/);
  await tabTo(page, /^Delete /);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.keyboard.press('Enter');
  await tabTo(page, /Delete the project/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No project yet' })).toBeVisible();
});
