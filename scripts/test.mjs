// npm test: everything that shows the project to be right, on a fresh clone as well.
//
//   npm test                    all stages
//   npm test -- unit stories    only these
//
// Sets up first (see setup.mjs). Every stage runs, also after one has failed; what failed is said
// again at the end. The last line is `N passed, N failed`; the exit code is 0 only if nothing failed,
// crashed, or ran nothing. With `CI=true` a skipped test has failed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCounts, judge, playwrightCounts, sum, vitestCounts } from './lib/test-counts.mjs';
import {
  checkFailures,
  lastWords,
  playwrightFailures,
  vitestFailures,
} from './lib/test-failures.mjs';
import { PlainError, program } from './lib/program.mjs';
import { attempt, root } from './lib/run.mjs';
import { duration, say, step } from './lib/say.mjs';
import { table } from './lib/table.mjs';
import { ensureChromium, ensureCollector, setup } from './setup.mjs';

/**
 * @typedef {import('./lib/test-counts.mjs').Counts} Counts
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} what
 * @property {(report: string) => [command: string, args: string[], env?: NodeJS.ProcessEnv]} command
 * @property {boolean} [ownCore] needs no more than one core: two of these that stand beside each other
 * run at once
 * @property {Reader} [read] of the report; a stage without one is a single check, told by its exit
 * code
 *
 * @typedef {object} Reader
 * @property {(report: any) => Counts} counts
 * @property {(report: any) => string[]} failures
 */

const VITEST = {
  counts: vitestCounts,
  failures: (/** @type {any} */ report) => vitestFailures(report, root),
};
const PLAYWRIGHT = { counts: playwrightCounts, failures: playwrightFailures };
const CHECK = { counts: checkCounts, failures: checkFailures };

/** @type {Stage[]} */
const STAGES = [
  {
    name: 'lint',
    what: 'ESLint: types, hooks, layering',
    ownCore: true,
    command: () => ['eslint', ['.', '--max-warnings', '0']],
  },
  {
    name: 'format',
    what: 'Prettier',
    ownCore: true,
    command: () => ['prettier', ['--check', '--log-level', 'warn', '.']],
  },
  {
    name: 'types',
    what: 'TypeScript',
    ownCore: true,
    command: () => ['tsc', ['--noEmit', '-p', 'tsconfig.json']],
  },
  {
    name: 'unit',
    what: 'unit and SQL tests, on the embedded ClickHouse',
    command: (report) => vitest('unit', report),
    read: VITEST,
  },
  {
    name: 'stories',
    what: 'every story, in Chromium',
    command: (report) => vitest('stories', report),
    read: VITEST,
  },
  {
    name: 'e2e',
    what: 'the whole pipeline, in Chromium',
    command: (report) => [
      'playwright',
      ['test', '--reporter', 'list,json'],
      { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    ],
    read: PLAYWRIGHT,
  },
  {
    name: 'packages',
    what: 'every public package, from its tarball',
    ownCore: true,
    command: (report) => ['node', ['scripts/check-packages.mjs', '--json', report]],
    read: CHECK,
  },
  {
    name: 'leaks',
    what: 'nothing is left of a component that was taken away',
    ownCore: true,
    // Elements, listeners and workers show at once; a thousand mounts find small losses of memory.
    command: (report) => ['node', ['scripts/check-leaks.mjs', '--mounts', '60', '--json', report]],
    read: CHECK,
  },
  {
    name: 'size',
    what: 'what each package adds to a page',
    ownCore: true,
    command: (report) => ['node', ['scripts/check-size.mjs', '--json', report]],
    read: CHECK,
  },
  {
    name: 'a11y',
    what: 'axe on every story, in light, dark and forced colours',
    command: (report) => ['node', ['scripts/check-a11y.mjs', '--json', report]],
    read: CHECK,
  },
  {
    name: 'visual',
    what: 'what must hold of every story’s picture',
    command: (report) => ['node', ['scripts/check-visual.mjs', '--json', report]],
    read: CHECK,
  },
];

/**
 * @param {string} project
 * @param {string} report
 * @returns {[string, string[]]}
 */
function vitest(project, report) {
  const reporters = ['--reporter', 'default', '--reporter', 'json', '--outputFile.json', report];
  return ['vitest', ['run', '--project', project, ...reporters]];
}

/** @param {string[]} names */
function chosen(names) {
  const unknown = names.find((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown) {
    throw new PlainError(
      `There is no stage '${unknown}'; there are ${STAGES.map(({ name }) => name).join(', ')}.`,
    );
  }
  return STAGES.filter(({ name }) => names.length === 0 || names.includes(name));
}

/**
 * @param {Stage} stage
 * @param {string} folder for its report
 * @param {boolean} isBeside another one: what it writes is shown in one piece, at its end
 */
async function runStage({ name, what, command, read }, folder, isBeside) {
  const started = Date.now();
  const title = `${name}: ${what}`;
  const file = join(folder, `${name}.json`);
  const [program, args, env] = command(file);
  if (!isBeside) say(`\n━━ ${title}`);
  const run = () => attempt(program, args, { env, show: !isBeside });
  const { code, output } = await (isBeside ? step(title, run) : run());
  if (isBeside) say(`\n━━ ${title}\n${output}`);
  const took = duration(Date.now() - started);
  if (!read) {
    const failures = code === 0 ? [] : [lastWords(output) || `ended with code ${code}`];
    const failed = failures.length;
    return { name, passed: 1 - failed, failed, skipped: 0, note: '', failures, took };
  }
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const judged = judge(report && read.counts(report), code, {
    skippedIsFailed: process.env.CI === 'true',
  });
  return { name, ...judged, failures: report ? read.failures(report) : [], took };
}

/**
 * Stages in the order in which they are run; those in one list have a core each.
 *
 * @param {Stage[]} stages
 */
function inTurn(stages) {
  /** @type {Stage[][]} */
  const turns = [];
  for (const stage of stages) {
    const last = turns.at(-1);
    if (stage.ownCore && last?.[0].ownCore) last.push(stage);
    else turns.push([stage]);
  }
  return turns;
}

/**
 * @param {Stage[]} stages of one turn
 * @param {string} folder for their reports
 */
async function runTurn(stages, folder) {
  if (stages.length === 1) return [await runStage(stages[0], folder, false)];
  /** @type {Awaited<ReturnType<typeof runStage>>[]} */
  const results = [];
  const waiting = stages.entries();
  const workThrough = async () => {
    for (const [i, stage] of waiting) results[i] = await runStage(stage, folder, true);
  };
  await Promise.all([workThrough(), workThrough()]);
  return results;
}

/**
 * Brings in what the stages need. Something that can't be had is the one failure of a run that then
 * tests nothing.
 *
 * @param {string[]} names
 */
async function prepare(names) {
  const started = Date.now();
  const needs = (/** @type {string[]} */ ...stages) => stages.some((name) => names.includes(name));
  try {
    await setup();
    if (needs('stories', 'e2e', 'packages', 'a11y', 'visual', 'leaks')) await ensureChromium();
    if (needs('unit', 'e2e')) await ensureCollector();
    return undefined;
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    say(`✗ ${error.message}`);
    const took = duration(Date.now() - started);
    const note = 'nothing was tested';
    return { name: 'set-up', passed: 0, failed: 1, skipped: 0, note, failures: [], took };
  }
}

await program(import.meta, async () => {
  const stages = chosen(process.argv.slice(2));
  const folder = mkdtempSync(join(tmpdir(), 'hyperflame-test-'));
  const results = [];
  try {
    const problem = await prepare(stages.map(({ name }) => name));
    if (problem) results.push(problem);
    else for (const turn of inTurn(stages)) results.push(...(await runTurn(turn, folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  for (const { name, failures } of results) {
    for (const failure of failures) say(`✗ ${name}: ${failure}`);
  }
  const rows = results.map(({ name, passed, failed, skipped, took, note }) =>
    [name, passed, failed, skipped, took, note].map(String),
  );
  say(`\n${table([['stage', 'passed', 'failed', 'skipped', 'took', ''], ...rows])}\n`);
  const { passed, failed } = sum(results);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});
