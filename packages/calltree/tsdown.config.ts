import { relative, sep } from 'node:path';
import { defineConfig, type Rolldown } from 'tsdown';
import { library, workerScript } from '../../scripts/lib/tsdown.ts';

const SRC = `${import.meta.dirname}${sep}src${sep}`;

/** What an engine needs on the page as well as where it computes. */
const BOTH_SIDES = /src.(model.(errors|aborted)|rows.next-task|worker.(answer|unless-dead))\.ts$/;

/** What a page needs that draws trees, and what computes and saves them needs too. */
const PAGE =
  /src.(frames.(display-text|key|label|package-name)|layout.[\w-]+|model.tree|transforms.(frame-property|parse|transform)|tree.(frame-path|self|siblings-total|widths))\.ts$/;

/** What reads files that are read at once, and what those need too that are read by what comes later. */
const READERS =
  /src.formats.(budget|cpuprofile|guards|label-keys|memory|parse-json|places|v8-nodes)\.ts$/;

/** These are files of their own without being told to: the entries, and what is fetched later. */
const OWN =
  /(index|host|read-stacks|other-formats|otlp|pprof-reader|pprof-writer|write-profile)\.ts$/;

/**
 * Small files which a page shares with what comes later are three files: bundlers would put each group
 * of them that the same parts need into a chunk of its own. Everything else is one file out for each
 * file in, so that nothing is fetched for the sake of something else in the same file.
 */
const groups: Rolldown.CodeSplittingGroup[] = [
  { name: 'model/both-sides', test: BOTH_SIDES, priority: 2 },
  { name: 'model/page', test: PAGE, priority: 1 },
  { name: 'formats/readers', test: READERS, priority: 1 },
  {
    name: (id) =>
      id.startsWith(SRC) && /(?<!\.d)\.ts$/.test(id) && !OWN.test(id)
        ? relative(SRC, id).replace(/\.ts$/, '')
        : null,
    debugName: 'a file for each file',
  },
];

export default defineConfig([
  library(
    { index: 'src/index.ts', 'worker/index': 'src/worker/index.ts' },
    {
      platform: 'browser',
      unbundle: false,
      // Needed where a group leaves out what its files need, which each is a file of its own here.
      inputOptions: (options) => ({ ...options, preserveEntrySignatures: 'allow-extension' }),
      outputOptions: (options, format) => ({
        ...options,
        chunkFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
        codeSplitting: { groups, includeDependenciesRecursively: false },
      }),
      format: {
        esm: {},
        // CommonJS does not know where a module lies without Node's own modules, which a browser
        // bundle must not ask for. It finds no worker then, and the engine computes in place.
        cjs: { define: { 'import.meta.url': 'undefined' } },
      },
    },
  ),
  { ...workerScript('worker/worker', 'src/worker/worker.ts'), platform: 'browser' },
  { ...workerScript('worker/file-worker', 'src/worker/file-worker.ts'), platform: 'browser' },
  { ...workerScript('worker/write-worker', 'src/worker/write-worker.ts'), platform: 'browser' },
]);
