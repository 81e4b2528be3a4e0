import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { root } from '../../scripts/lib/run.mjs';
import type { Subject } from './packages.ts';

export interface Size {
  /** Scripts and style sheets of the page, React among them where a package needs it. */
  readonly gzipBytes: number;
  /** The same without React. */
  readonly gzipWithoutReactBytes: number;
}

/** Builds a package's page for production into `out`, and says how large it is. */
export async function buildPage(subject: Subject, out: string): Promise<Size> {
  const whole = join(out, 'page');
  await bundle(subject, whole, []);
  const files = await readdir(whole, { recursive: true });
  const styles = files
    .filter((file) => file.endsWith('.css'))
    .map((file) => `<link rel="stylesheet" href="./${file}">`);
  await writeFile(
    join(whole, 'index.html'),
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${styles.join('')}` +
      `<body></body><script type="module" src="./page.js"></script>`,
  );
  const withoutReact = join(out, 'without-react');
  await bundle(subject, withoutReact, [/^react(-dom)?($|\/)/, 'scheduler']);
  return {
    gzipBytes: await gzipSize(whole),
    gzipWithoutReactBytes: await gzipSize(withoutReact),
  };
}

async function bundle(
  { folder, page }: Subject,
  outDir: string,
  external: readonly (string | RegExp)[],
): Promise<void> {
  await build({
    root: folder,
    base: './',
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    worker: { format: 'es' },
    resolve: {
      // Shared modules of the pages lie outside of a peer's folder; React is the peer's own.
      dedupe: ['react', 'react-dom'],
    },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'esnext',
      modulePreload: false,
      chunkSizeWarningLimit: 1e6,
      rollupOptions: {
        // Packages are taken as they are installed, not from the sources that the tsconfig names.
        tsconfig: false,
        input: join(folder, page),
        external: [...external],
        output: { entryFileNames: 'page.js' },
      },
    },
  });
}

async function gzipSize(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true });
  let sum = 0;
  for (const file of files) {
    if (/\.(js|css)$/.test(file)) sum += gzipSync(await readFile(join(folder, file))).length;
  }
  return sum;
}

export const cacheFolder = join(root, 'node_modules/.cache/hyperflame-render');
