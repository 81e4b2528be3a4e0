import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium, LEFT_OUT_FLAGS } from './scripts/lib/chromium.mjs';

/** End-to-end: a real shop, Collector, ClickHouse and page, in a real Chromium. */
export default defineConfig({
  testDir: 'playwright',
  globalSetup: './playwright/support/start-stack.ts',
  // They share one stack, and the machine with it.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env['CI'] === 'true',
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      args: CHROMIUM_FLAGS,
      ignoreDefaultArgs: LEFT_OUT_FLAGS,
    },
  },
});
