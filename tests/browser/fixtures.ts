/** What every test of the page stands on: a service, an account, and a watch over what the page must never do. */
import { expect, test as base, type Page } from '@playwright/test';
import axe from 'axe-core';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PASSWORD = 'correct horse battery staple';
export const BLOG =
  'A blog. Each post belongs to an author and has a title, a body and a status (draft or published). Posts have comments and tags. Readers can like posts.';

export interface Account {
  email: string;
  access: string;
  refresh: string;
}

interface Made {
  id: string;
  project_id: string;
  status: string;
}

/** The service as a program sees it, for what a test needs before it begins. */
export class Api {
  private constructor(readonly url: string, readonly account: Account) {}

  static async register(url: string): Promise<Api> {
    const email = `u-${randomUUID().slice(0, 12)}@example.com`;
    const body = JSON.stringify({ email, password: PASSWORD });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${url}/api/auth/register`, { method: 'POST', headers, body });
    const tokens = (await (await fetch(`${url}/api/auth/login`, { method: 'POST', headers, body })).json()) as { access_token: string; refresh_token: string };
    return new Api(url, { email, access: tokens.access_token, refresh: tokens.refresh_token });
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${this.account.access}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  generate(prompt: string, more: Record<string, unknown> = {}): Promise<Made> {
    return this.call('POST', '/generations/generate', { prompt, ...more });
  }

  async reached(id: string, ...statuses: string[]): Promise<Made> {
    for (let tries = 0; tries < 600; tries += 1) {
      const found = await this.call<Made>('GET', `/generations/${id}`);
      if (statuses.includes(found.status)) return found;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`${id} never was ${statuses.join(' or ')}`);
  }

  async completed(prompt: string, more: Record<string, unknown> = {}): Promise<Made> {
    return this.reached((await this.generate(prompt, more)).id, 'completed');
  }
}

/** Log the browser in as this account, as a login in another tab would have. */
export async function become(page: Page, { email, access, refresh }: Account, expiresAt = Date.now() + 600_000): Promise<void> {
  await page.addInitScript((session) => {
    if (localStorage.getItem('apiwright.session') === null && sessionStorage.getItem('tests.logged-in') === null) {
      localStorage.setItem('apiwright.session', session);
      sessionStorage.setItem('tests.logged-in', 'yes');
    }
  }, JSON.stringify({ email, access, refresh, expiresAt }));
}

/** To another page of the service by its own router, without loading it anew. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path);
}

const ALL = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } as const;
const COLOURS = { type: 'rule', values: ['color-contrast'] } as const;

/** No violation of WCAG 2.2 A or AA on the page as it is now. */
export async function accessible(page: Page, only: typeof ALL | typeof COLOURS = ALL): Promise<void> {
  // Colours of what still fades in are not yet their own.
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getComputedTiming().endTime === Infinity));
  // In the page itself, once per document: axe's own runner opens another page for every look.
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(axe.source);
    // What is out of sight is looked at too, with the colours that it would have in sight.
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { content-visibility: visible !important }');
      document.adoptedStyleSheets.push(sheet);
    });
  }
  const violations = await page.evaluate(async (runOnly) => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly, resultTypes: ['violations'], preload: false });
    return found.violations.map(({ id, nodes }) => ({ id, where: nodes.slice(0, 3).map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`) }));
  }, { type: only.type, values: [...only.values] });
  expect(violations).toEqual([]);
}

const DRAWN = fileURLToPath(new URL('../../.cache/shots/', import.meta.url));

/** With SHOTS=1, a picture of what is on the screen, for `make page-shots`. */
export async function drawn(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS']) await page.screenshot({ path: `${DRAWN}web-${name}.png`, animations: 'disabled' });
}

/** A state of the page: accessible in both themes. With SHOTS=1 it is drawn as well. */
export async function looked(page: Page, name: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
    await drawn(page, theme === 'dark' ? `${name}-dark` : name);
    // Themes differ in colours alone.
    await accessible(page, theme === 'dark' ? COLOURS : ALL);
  }
}

/** What a scripted stage waits for: it goes on when it is let go, however slow the machine is until then. */
export class Hold {
  readonly #file = join(tmpdir(), `apiwright-hold-${randomUUID()}`);

  /** To be put into a prompt. */
  at(stage: 'plan' | 'code' | 'review'): string {
    return `[hold:${stage}=${this.#file}]`;
  }

  release(): void {
    writeFileSync(this.#file, '');
  }

  forget(): void {
    rmSync(this.#file, { force: true });
  }
}

interface Fixtures {
  api: Api;
  hold: Hold;
  /** What the page must never do, should it have done it; a test that provokes one takes it out. */
  watched: string[];
}

interface Shared {
  scripted: { url: string };
  real: { url: string };
}

/** A service that `services.ts` has started. */
function started(name: string): { url: string } {
  const url = process.env[name];
  if (!url) throw new Error(`${name} is not set`);
  return { url };
}

export const test = base.extend<Fixtures, Shared>({
  // eslint-disable-next-line no-empty-pattern
  scripted: [async ({}, use) => use(started('SCRIPTED_SERVICE')), { scope: 'worker' }],
  // eslint-disable-next-line no-empty-pattern
  real: [async ({}, use) => use(started('REAL_SERVICE')), { scope: 'worker' }],
  // eslint-disable-next-line no-empty-pattern
  hold: async ({}, use) => {
    const hold = new Hold();
    await use(hold);
    hold.release();
    setTimeout(() => hold.forget(), 1_000).unref();
  },
  api: async ({ scripted }, use) => use(await Api.register(scripted.url)),
  // Whatever a test does: no script error, nothing that the content policy had to stop, no request to anybody else.
  watched: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (/Content Security Policy|Refused to|Warning:|Encountered two children/.test(message.text())) faults.push(message.text());
      });
      page.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (protocol.startsWith('http') && hostname !== '127.0.0.1') faults.push(`a request to ${hostname}`);
      });
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
