// npm run check:size: what each package adds to a page, gzipped, as a bundler makes it from `dist`:
// everything that the package exports, with all that it depends on except its peers. Fails over the
// limit. `--json FILE` writes the figures.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { manifestOf, packages } from './lib/packages.mjs';
import { PlainError, program } from './lib/program.mjs';
import { root, run } from './lib/run.mjs';
import { table } from './lib/table.mjs';

const KB = 1024;

/**
 * What may be used of a page's weight, in KB: by what loads with the page, its worker included, and
 * by what loads only once it is used (asking, saving, computing without a worker: what a worker runs
 * is there twice, and only one of both ever loads). A span's flame
 * graph is what most pages have; the other limits keep the rest from growing unseen.
 *
 * `counts` are peers that count all the same: a page that does not ask must do without them.
 *
 * @type {{ what: string, package: string, use: string, limit: number, lazyLimit: number, counts?: string[] }[]}
 */
const PARTS = [
  {
    what: '@hyperflame/react, all of it',
    package: 'react',
    use: `export * from '@hyperflame/react';`,
    limit: 60,
    lazyLimit: 156,
  },
  {
    what: 'a span’s flame graph: <ProfilesProvider>, <FlameGraph>',
    package: 'react',
    use: `export { FlameGraph, ProfilesProvider } from '@hyperflame/react';`,
    limit: 55,
    lazyLimit: 110,
  },
  {
    what: '<ProfileViewer>',
    package: 'react',
    use: `export { ProfileViewer, ProfilesProvider } from '@hyperflame/react';`,
    limit: 56,
    lazyLimit: 147,
  },
  {
    what: 'a profile file: <FlameGraphView>',
    package: 'react',
    use: `export { FlameGraphView } from '@hyperflame/react';`,
    limit: 28,
    lazyLimit: 86,
    counts: ['@tanstack/react-query'],
  },
  {
    what: '@hyperflame/calltree, all of it',
    package: 'calltree',
    use: `export * from '@hyperflame/calltree';`,
    limit: 36,
    lazyLimit: 21,
  },
  {
    what: 'an engine: createEngine',
    package: 'calltree',
    use: `export { createEngine } from '@hyperflame/calltree/worker';`,
    limit: 23,
    lazyLimit: 17,
  },
  {
    what: 'files read in a worker: readProfileInWorker',
    package: 'calltree',
    // The worker starts with the first file, and hosts bundle it in a form that cannot be split.
    use: `export { readProfileInWorker } from '@hyperflame/calltree/worker';`,
    limit: 32,
    lazyLimit: 28,
  },
  {
    what: 'files written in a worker: writeProfileInWorker',
    package: 'calltree',
    use: `export { writeProfileInWorker } from '@hyperflame/calltree/worker';`,
    limit: 33,
    lazyLimit: 29,
  },
  {
    what: '@hyperflame/sdk, all of it',
    package: 'sdk',
    use: `export * from '@hyperflame/sdk';`,
    limit: 26,
    lazyLimit: 10,
  },
];

/** @param {string | Uint8Array} content */
const gzipped = (content) => gzipSync(content, { level: 9 }).length;

/**
 * @param {string} name of the package's folder
 * @param {string} use the module that uses it
 * @param {string[]} counts peers that count as well
 */
async function sizeOf(name, use, counts) {
  const pkg = packages.find((one) => one.name === name);
  if (!pkg) throw new PlainError(`There is no package ${name}.`);
  const peers = Object.keys(manifestOf(pkg.folder).peerDependencies ?? {}).filter(
    (peer) => !counts.includes(peer),
  );
  // Inside the repository, so that names resolve from there.
  const caches = join(root, 'node_modules/.cache');
  mkdirSync(caches, { recursive: true });
  const folder = mkdtempSync(join(caches, 'hyperflame-size-'));
  try {
    const entry = join(folder, 'entry.js');
    writeFileSync(entry, use);
    const built = await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      worker: { format: 'es' },
      build: {
        write: false,
        target: 'es2022',
        modulePreload: false,
        rolldownOptions: {
          input: entry,
          preserveEntrySignatures: 'strict',
          external: (id) => peers.some((peer) => id === peer || id.startsWith(`${peer}/`)),
        },
      },
    });
    const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (built);
    const chunks = output.filter((part) => part.type === 'chunk');
    /** @type {Set<string>} */
    const first = new Set();
    const add = (/** @type {string} */ file) => {
      if (first.has(file)) return;
      first.add(file);
      for (const next of chunks.find((one) => one.fileName === file)?.imports ?? []) add(next);
    };
    for (const { fileName, isEntry } of chunks) if (isEntry) add(fileName);

    // A worker comes with whatever names its file.
    const named = chunks.filter(({ fileName }) => first.has(fileName)).map(({ code }) => code);
    const size = { page: 0, worker: 0, lazy: 0 };
    for (const part of output) {
      if (part.type === 'asset') {
        const isFirst = named.some((code) => code.includes(basename(part.fileName)));
        size[isFirst ? 'worker' : 'lazy'] += gzipped(part.source);
      } else if (!first.has(part.fileName)) size.lazy += gzipped(part.code);
      else if (chunks.some(({ fileName }) => fileName === part.fileName)) {
        size.page += gzipped(part.code);
      }
    }
    return size;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await program(import.meta, async () => {
  const { values } = parseArgs({ options: { json: { type: 'string' } } });
  await run('node', ['scripts/build.mjs']);
  const results = [];
  for (const { what, package: name, use, limit, lazyLimit, counts = [] } of PARTS) {
    const { page, worker, lazy } = await sizeOf(name, use, counts);
    const ok = page + worker <= limit * KB && lazy <= lazyLimit * KB;
    results.push({ what, page, worker, lazy, limit, lazyLimit, ok });
  }
  const inKb = (/** @type {number} */ bytes) => (bytes / KB).toFixed(1);
  const rows = results.map(({ what, page, worker, lazy, limit, lazyLimit, ok }) => [
    what,
    inKb(page),
    inKb(worker),
    `${inKb(page + worker)} of ${limit}`,
    `${inKb(lazy)} of ${lazyLimit}`,
    ok ? '' : 'TOO LARGE',
  ]);
  const head = ['gzip, KB', 'page', 'worker', 'together', 'later', ''];
  console.log(`\n${table([head, ...rows])}\n`);
  if (values.json) writeFileSync(values.json, JSON.stringify(results, null, 2));
  const failed = results.filter(({ ok }) => !ok).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});
