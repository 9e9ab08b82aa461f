import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { accessible, expect, looked, PASSWORD, test } from './fixtures';

test('from a prompt without an account to a proven project, a second version and what changed', async ({ page, context, real }) => {
  await page.goto(real.url);
  await page.getByRole('button', { name: 'To-do list' }).click();
  await expect(page.getByLabel(/what shall it keep/i)).toHaveValue('Create a todo list CRUD backend with users and tags');
  await page.getByLabel('Proof').selectOption('quick');
  await page.keyboard.press('Control+Enter');

  // The prompt is kept while the account is made, and built after it.
  await expect(page.getByRole('heading', { name: 'Make an account' })).toBeVisible();
  await page.getByLabel('Email').fill(`ada-${Date.now()}@example.com`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create the account' }).click();

  // Live: files as they are written, checks as they end.
  await expect(page.getByRole('heading', { name: 'Todo List' })).toBeVisible();
  await expect(page.getByRole('tree', { name: 'Files made so far' }).getByRole('treeitem', { name: 'todo.py' }).first()).toBeVisible();
  await expect(page.locator('.checks .passed').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('.stamp')).toHaveText('Proven', { timeout: 120_000 });

  // Files and source.
  await page.getByRole('tree', { name: 'Files', exact: true }).getByRole('treeitem', { name: 'todo.py' }).first().click();
  await expect(page.getByRole('region', { name: 'Source of app/models/todo.py' })).toContainText('class Todo');
  await page.getByPlaceholder('Search in the files').fill('class Todo');
  await page.getByRole('button', { name: /app\/schemas\/todo\.py/ }).first().click();
  await expect(page.locator('.source .marked')).toContainText('class Todo');
  await expect(page.locator('.source .marked .key')).toHaveText('class');
  await accessible(page);

  // Endpoints, model, proof.
  await page.getByRole('tab', { name: 'Endpoints' }).click();
  await page.getByRole('searchbox', { name: 'Find an endpoint' }).fill('POST /todos');
  await page.getByText('Create a todo.').click();
  await expect(page.getByLabel('Command for POST /todos')).toContainText('"title"');
  await page.getByRole('tab', { name: 'Model' }).click();
  await expect(page.locator('.entity-node')).toHaveCount(3);
  await page.getByRole('tab', { name: 'Proof' }).click();
  await expect(page.locator('.report li.passed').first()).toBeVisible();
  await expect(page.locator('.report li.failed')).toHaveCount(0);

  // The commands that run it, to be pasted into a shell.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy the commands' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^unzip todo-list-v1\.zip -d todo-list && cd todo-list\n(.+\n)*.+$/);

  // The zip is the project.
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download/ }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('todo-list-v1.zip');
  const directory = mkdtempSync(join(tmpdir(), 'apiwright-zip-'));
  execFileSync('python3', ['-m', 'zipfile', '-e', await saved.path(), directory]);
  expect(readdirSync(directory)).toEqual(expect.arrayContaining(['README.md', 'app', 'main.py', 'migrations', 'tests']));

  // The next version, asked for in words.
  await page.keyboard.press('/');
  await page.keyboard.type('Add comments to todos');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('/ Version 2')).toBeVisible({ timeout: 120_000 });
  await expect(page.locator('.stamp')).toHaveText('Proven');

  // History and difference.
  await page.getByRole('link', { name: 'Project', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Versions and attempts' }).getByRole('heading')).toHaveText(['Version 2', 'Version 1']);
  await page.getByRole('link', { name: 'Compare with v1' }).click();
  await expect(page.getByRole('region', { name: 'Differences of app/models/comment.py' })).toContainText('class Comment');
  const line = page.getByRole('region', { name: 'Differences of README.md' }).locator('tr', { has: page.locator('td.added') }).first();
  await expect(line.locator('td')).toHaveCount(4); // number and line before, number and line after
  await expect(line.locator('td').last()).toContainText(/comment/i);
  await looked(page, 'compare');

  // Activate the first, delete the project.
  await page.goBack();
  await page.getByRole('button', { name: 'Make active' }).click();
  await expect(page.locator('.version').filter({ hasText: 'Version 1' }).getByText('active', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Delete the project' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete the project' }).click();
  await expect(page.getByRole('heading', { name: 'No project yet' })).toBeVisible();
});
