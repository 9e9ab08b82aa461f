import { defineConfig } from '@playwright/test';

// Debian's Chromium; what it would call home for at every start is switched off.
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: '.',
  globalSetup: './services.ts',
  outputDir: '../../.cache/browser',
  // Long enough for a busy machine: how quick things are is measured elsewhere.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // The longest wait in no file's line.
  fullyParallel: true,
  workers: 2,
  // What takes longest begins first.
  projects: [
    { name: 'long', testMatch: /(story|stream|limits)\.spec/ },
    { name: 'short', testIgnore: /(story|stream|limits)\.spec/ },
  ],
  forbidOnly: true,
  // A shared machine may stall a browser: what passes at a second try is reported as flaky, by name.
  retries: process.env['CI'] ? 2 : 0,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 860 },
    // What moves is drawn anew all the time, and waited for before each click; motion itself is tried in live.spec.ts. With it reduced,
    // Chromium's pictures of some pages never come.
    contextOptions: { reducedMotion: process.env['SHOTS'] ? 'no-preference' : 'reduce' },
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      ],
    },
    // Recording costs more than the tests do: a failure leaves its page as text, and `npm test -- --trace on` the rest.
    trace: 'off',
  },
});
