// The consumers: the same use of a package, reached in four ways from a folder that has only what npm
// installed there.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestOf } from '../lib/packages.mjs';
import { PlainError } from '../lib/program.mjs';
import { run } from '../lib/run.mjs';
import { openBuiltPage } from './page.mjs';

/** @typedef {import('../lib/packages.mjs').Package} Package */

const CONSUMERS = join(import.meta.dirname, 'consumers');

/**
 * What can be imported: `@hyperflame/calltree`, `@hyperflame/calltree/worker`.
 *
 * @param {Package} pkg
 */
export function entriesOf({ folder, npmName }) {
  return Object.keys(manifestOf(folder).exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => npmName + entry.slice(1));
}

/** Entries that no browser is meant to load: they read files. */
const NODE_ONLY = ['@hyperflame/ingest'];

/**
 * What a package's users import beside it.
 *
 * @type {Record<string, string[]>}
 */
const BROWSER_ALSO = {
  sdk: ['@clickhouse/client-web'],
  react: ['@hyperflame/calltree', 'react', 'react-dom/client'],
};

/**
 * Puts the package's use into the consumer's folder.
 *
 * @param {Package} pkg
 * @param {string} folder
 */
function prepare({ name }, folder) {
  copyFileSync(join(CONSUMERS, 'assert.mjs'), join(folder, 'assert.mjs'));
  copyFileSync(join(CONSUMERS, `${name}.mjs`), join(folder, 'use.mjs'));
}

/**
 * Type-checks an ESM and a CommonJS file that use everything that every entry has when it runs, as
 * strictly as TypeScript can, our declarations included (`skipLibCheck` is off).
 *
 * @param {Package} pkg
 * @param {string} folder
 */
export async function typesConsumer(pkg, folder) {
  const entries = entriesOf(pkg);
  const names = await namesOf(entries, folder);
  const text = entries
    .map(
      (entry, i) =>
        `import * as entry${i} from '${entry}';\n` +
        names[i].map((name) => `void entry${i}.${name};\n`).join(''),
    )
    .join('');
  writeFileSync(join(folder, 'types.mts'), text);
  writeFileSync(join(folder, 'types.cts'), text);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: 'nodenext',
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'],
        types: manifestOf(pkg.folder).dependencies?.['@clickhouse/client'] ? ['node'] : [],
      },
      files: ['types.mts', 'types.cts'],
    }),
  );
  await run('tsc', ['-p', folder]);
  return `declarations compile and have all ${names.flat().length} names`;
}

/**
 * What can be imported of each entry, by those who run it.
 *
 * @param {string[]} entries
 * @param {string} folder
 * @returns {Promise<string[][]>}
 */
async function namesOf(entries, folder) {
  const script = `const entries = ${JSON.stringify(entries)}.map((entry) => import(entry));
const names = (await Promise.all(entries)).map((entry) => Object.keys(entry));
console.log(JSON.stringify(names));`;
  return JSON.parse(await run('node', ['--input-type=module', '-e', script], { cwd: folder }));
}

/**
 * @param {Package} pkg
 * @param {string} folder
 */
export async function esmConsumer(pkg, folder) {
  prepare(pkg, folder);
  const place = '{ worker: false, browser: false }';
  writeFileSync(
    join(folder, 'esm.mjs'),
    `import { use } from './use.mjs';\nconsole.log(await use((name) => import(name), ${place}));\n`,
  );
  return (await run('node', ['esm.mjs'], { cwd: folder })).trim();
}

/**
 * @param {Package} pkg
 * @param {string} folder
 */
export async function commonJsConsumer(pkg, folder) {
  prepare(pkg, folder);
  const place = '{ worker: false, browser: false }';
  writeFileSync(
    join(folder, 'cjs.cjs'),
    `import('./use.mjs').then(async ({ use }) =>
  console.log(await use(async (name) => require(name), ${place})),
);
`,
  );
  // Node 22 lets `require` load ES modules; without that, only CommonJS will do, as in Jest.
  const flags = ['--no-experimental-require-module', '--unhandled-rejections=throw'];
  return (await run('node', [...flags, 'cjs.cjs'], { cwd: folder })).trim();
}

/**
 * Components are rendered from server components too, whose bundlers go by the first line of a file. They
 * have another React, which has no contexts.
 *
 * @param {Package} pkg
 * @param {string} folder
 */
export function serverComponentConsumer(pkg, folder) {
  const entry = /** @type {Record<'import' | 'require', { default: string }>} */ (
    manifestOf(pkg.folder).exports['.']
  );
  for (const { default: file } of [entry.import, entry.require]) {
    const code = readFileSync(join(folder, 'node_modules', pkg.npmName, file), 'utf8');
    if (!/^['"]use client['"];/.test(code)) throw new PlainError(`${file} lacks 'use client'`);
  }
  return 'components are a client’s';
}

/**
 * Starts each command that the package brings, by the name that npm gave it.
 *
 * @param {Package} pkg
 * @param {string} folder
 */
export async function commands(pkg, folder) {
  const { bin = {}, version } = manifestOf(pkg.folder);
  for (const name of Object.keys(bin)) {
    const answer = await run(join(folder, 'node_modules/.bin', name), ['--version'], {
      cwd: folder,
    });
    if (answer.trim() !== version) {
      throw new PlainError(`${name} --version says ${answer.trim()}, not ${version}`);
    }
  }
  return Object.keys(bin).join(', ');
}

/**
 * @param {Package} pkg
 * @param {string} folder
 * @param {import('playwright').Browser} browser
 */
export async function browserConsumer(pkg, folder, browser) {
  prepare(pkg, folder);
  const modules = [
    ...entriesOf(pkg).filter((entry) => !NODE_ONLY.includes(entry)),
    ...(BROWSER_ALSO[pkg.name] ?? []),
  ]
    .map((entry) => `  '${entry}': () => import('${entry}'),\n`)
    .join('');
  writeFileSync(join(folder, 'index.html'), '<script type="module" src="./page.mjs"></script>');
  writeFileSync(
    join(folder, 'page.mjs'),
    `import { use } from './use.mjs';
const modules = {
${modules}};
window.used = use((name) => modules[name](), { worker: true, browser: true });
`,
  );
  return openBuiltPage(folder, browser);
}

/** The packages that have a use here; a test holds this against the public ones. */
export function consumers() {
  return readdirSync(CONSUMERS)
    .filter((name) => name.endsWith('.mjs') && name !== 'assert.mjs')
    .map((name) => name.slice(0, -'.mjs'.length));
}
