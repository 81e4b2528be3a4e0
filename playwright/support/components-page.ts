import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../../scripts/lib/run.mjs';
import { serveFolder } from '../../scripts/lib/static-server.mjs';

/** A page of nothing but components, built from the sources in a folder beside this one and served. */
export async function serveComponents(
  sources: 'components' | 'picture' = 'components',
): Promise<{ url: string; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'hyperflame-components-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await build({
      root: join(root, 'playwright', sources),
      configFile: false,
      logLevel: 'error',
      resolve: { tsconfigPaths: true },
      worker: { format: 'es' },
      build: { outDir: folder, emptyOutDir: true, target: 'es2022', modulePreload: false },
    });
    const server = await serveFolder(folder);
    return {
      url: server.url,
      close: async () => {
        server.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
