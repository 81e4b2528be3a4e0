// Which tests failed and why, in a few lines each, out of the reports of the tools that ran them.
// They are said again at the end of a long run, where nobody has to look for them.
import { stripVTControlCharacters } from 'node:util';

/** What is said of one failure at most. */
const LONGEST = 600;

/**
 * Of Vitest's JSON report. A file that could not even be loaded has only a message.
 *
 * @param {{ testResults: {
 *   name: string, status: string, message?: string,
 *   assertionResults: { status: string, fullName: string, failureMessages?: string[] | null }[],
 * }[] }} report
 * @param {string} root what the files' names begin with
 * @returns {string[]}
 */
export function vitestFailures({ testResults }, root) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.replace(`${root}/`, '');
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [said(file, message)];
    return failed.map((test) => said(`${file} › ${test.fullName}`, test.failureMessages?.[0]));
  });
}

/**
 * @typedef {object} Suite
 * @property {Suite[]} [suites]
 * @property {{
 *   title: string, file: string, line: number,
 *   tests: { status: string, results: { error?: { message?: string } }[] }[],
 * }[]} specs
 */

/**
 * Of Playwright's JSON report, where a flaky test has failed once.
 *
 * @param {{ suites: Suite[], errors: { message?: string }[] }} report
 * @returns {string[]}
 */
export function playwrightFailures({ suites, errors }) {
  const failures = errors.map(({ message }) => said('outside of any test', message));
  const waiting = [...suites];
  for (let suite = waiting.shift(); suite; suite = waiting.shift()) {
    for (const { title, file, line, tests } of suite.specs) {
      for (const { status, results } of tests) {
        if (status !== 'unexpected' && status !== 'flaky') continue;
        const failed = results.find(({ error }) => error);
        failures.push(said(`${file}:${line} › ${title}`, failed?.error?.message));
      }
    }
    waiting.unshift(...(suite.suites ?? []));
  }
  return failures;
}

/**
 * Of our own checks: all texts that a result has, as in `shop--dark › contrast › 3.1 of 4.5`.
 *
 * @param {{ ok: boolean }[]} results
 * @returns {string[]}
 */
export function checkFailures(results) {
  return results
    .filter(({ ok }) => !ok)
    .map((result) => {
      const texts = Object.values(result).flat();
      return said(texts.filter((text) => typeof text === 'string' && text !== '').join(' › '));
    });
}

/**
 * Of a command that leaves no report: what it wrote last.
 *
 * @param {string} output
 */
export function lastWords(output) {
  const text = stripVTControlCharacters(output).trim();
  return text.length > LONGEST ? `… ${text.slice(-LONGEST)}` : text;
}

/**
 * @param {string} what
 * @param {string} [why]
 */
function said(what, why = '') {
  // A stack is only of use where the code is; that is in the log of its stage.
  const reason = stripVTControlCharacters(why).split(/\n\s+at /)[0];
  const text = [what, ...reason.split('\n')].filter((line) => line.trim()).join('\n    ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}
