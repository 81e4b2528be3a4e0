import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { root } from '../../scripts/lib/run.mjs';
import type { Subject } from './packages.ts';

export interface Size {
  /**
   * Scripts and style sheets that the page loads for its picture, workers and React among them; not
   * what it would load for something else later.
   */
  readonly gzipBytes: number;
  /** The same without React. */
  readonly gzipWithoutReactBytes: number;
}

/** Builds a package's page for production into `out`, and says how large it is. */
export async function buildPage(subject: Subject, out: string): Promise<Size> {
  const whole = join(out, 'page');
  const gzipBytes = await bundle(subject, whole, []);
  const files = await readdir(whole, { recursive: true });
  const styles = files
    .filter((file) => file.endsWith('.css'))
    .map((file) => `<link rel="stylesheet" href="./${file}">`);
  await writeFile(
    join(whole, 'index.html'),
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${styles.join('')}` +
      `<body></body><script type="module" src="./page.js"></script>`,
  );
  const withoutReact = [/^react(-dom)?($|\/)/, 'scheduler'];
  return {
    gzipBytes,
    gzipWithoutReactBytes: await bundle(subject, join(out, 'without-react'), withoutReact),
  };
}

/** Builds the page into a folder; the bytes that it loads. */
async function bundle(
  { folder, page }: Subject,
  outDir: string,
  external: readonly (string | RegExp)[],
): Promise<number> {
  const built = await build({
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
  return loadedBytes(built as Rolldown.RolldownOutput);
}

function loadedBytes({ output }: Rolldown.RolldownOutput): number {
  const files = new Map(output.map((file) => [file.fileName, file]));
  const loaded = new Set<string>();
  const wanted = output
    .filter(({ type, fileName }) => type === 'asset' && /\.css$/.test(fileName))
    .map(({ fileName }) => fileName);
  wanted.push(
    ...output.flatMap((file) => (file.type === 'chunk' && file.isEntry ? file.fileName : [])),
  );
  const workers = output.flatMap(({ type, fileName }) =>
    type === 'asset' && /\.js$/.test(fileName) ? fileName : [],
  );
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const file = files.get(name);
    if (!file || loaded.has(name)) continue;
    loaded.add(name);
    if (file.type === 'asset') continue;
    wanted.push(...file.imports);
    // A worker comes with the script that names its file.
    wanted.push(...workers.filter((worker) => file.code.includes(basename(worker))));
  }
  let sum = 0;
  for (const name of loaded) {
    const file = files.get(name)!;
    sum += gzipSync(file.type === 'chunk' ? file.code : file.source).length;
  }
  return sum;
}

export const cacheFolder = join(root, 'node_modules/.cache/hyperflame-render');
