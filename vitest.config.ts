import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { CHROMIUM_FLAGS, findChromium, LEFT_OUT_FLAGS } from './scripts/lib/chromium.mjs';

const root = import.meta.dirname;
const storybook = join(root, '.storybook');

/** One fewer than there are cores if not said, which leaves half of a small machine idle. */
const WORKERS = '100%';

/** Plain tests: pure functions, SQL on the embedded server; jsdom where a file asks for it. */
const unit: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'unit',
    environment: 'node',
    setupFiles: join(root, 'packages/react/src/testing/patience.ts'),
    maxWorkers: WORKERS,
    include: [
      'packages/*/src/**/*.test.{ts,tsx}',
      'examples/*/src/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
      'stories/**/*.test.ts',
    ],
    // Only what never ends is stopped: no outcome depends on what else the machine does.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
};

/** Every story is a test: it must render, its play function must pass. In a real browser. */
async function stories(): Promise<TestProjectConfiguration> {
  const { storybookTest } = await import('@storybook/addon-vitest/vitest-plugin');
  const { playwright } = await import('@vitest/browser-playwright');
  return {
    extends: true,
    plugins: [await storybookTest({ configDir: storybook })],
    test: {
      name: 'stories',
      maxWorkers: WORKERS,
      testTimeout: 300_000,
      browser: {
        enabled: true,
        headless: true,
        provider: playwright({
          launchOptions: {
            executablePath: findChromium(),
            args: CHROMIUM_FLAGS,
            ignoreDefaultArgs: LEFT_OUT_FLAGS,
          },
        }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

export default defineConfig(async () => ({
  resolve: { tsconfigPaths: true },
  test: {
    projects: [unit, ...(existsSync(join(storybook, 'main.ts')) ? [await stories()] : [])],
  },
}));
