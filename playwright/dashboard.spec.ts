import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, createServer } from 'vite';
import { root } from '../scripts/lib/run.mjs';
import { serveFolder } from '../scripts/lib/static-server.mjs';
import { expect, test, type SharedStack } from './support/stack.ts';

const dashboard = join(root, 'examples', 'dashboard');

/**
 * Where the page finds ClickHouse is read from the environment when it is built or served. It asks as
 * `viewer`, if nothing else is said.
 */
function environment({ url, database }: SharedStack['connection']): void {
  process.env['VITE_CLICKHOUSE_URL'] = url;
  process.env['VITE_CLICKHOUSE_DATABASE'] = database;
}

/** As `npm run dev` and `npm run build` make the page. */
const PAGES = {
  dev: async () => {
    const server = await createServer({
      root: dashboard,
      configFile: join(dashboard, 'vite.config.ts'),
      logLevel: 'error',
      server: { host: '127.0.0.1', port: 0 },
    });
    await server.listen();
    return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
  },
  build: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hyperflame-dashboard-'));
    await build({
      root: dashboard,
      configFile: join(dashboard, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
    const server = await serveFolder(folder);
    return {
      url: server.url,
      close: async () => {
        server.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};

for (const [name, serve] of Object.entries(PAGES)) {
  test(`the dashboard compares a service with itself a while ago (${name})`, async ({
    page,
    stack,
  }) => {
    environment(stack.connection);
    const served = await serve();
    try {
      // It asks for minutes that are over, and the shop may have begun in this one.
      await expect(async () => {
        await page.goto(served.url);
        const services = page.getByRole('navigation', { name: 'Services' });
        await expect(services).toContainText('shop', { timeout: 5_000 });
      }).toPass({ intervals: [5_000] });
      await expect(page.getByRole('treegrid').first()).toBeVisible();
      await expect(page.getByRole('grid').first()).toContainText('hashBlock');
    } finally {
      await served.close();
    }
  });
}
