// How many tests passed, failed and were skipped, out of the reports of the tools that ran them.

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * Vitest's JSON report. A file that could not even be loaded has no tests in it, yet failed.
 *
 * @param {{
 *   numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[],
 * }} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Playwright's JSON report. Its errors are those outside of any test; a flaky test has failed once.
 *
 * @param {{
 *   stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors: unknown[],
 * }} report
 * @returns {Counts}
 */
export function playwrightCounts({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * The results of our own checks.
 *
 * @param {{ ok: boolean }[]} results
 * @returns {Counts}
 */
export function checkCounts(results) {
  const passed = results.filter(({ ok }) => ok).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

/**
 * What a stage counts for in the end. A tool that ended badly without a failure to show for it
 * crashed, and one that ran nothing has shown nothing: each is one failure. A skipped test counts as
 * failed where nobody is there to wonder about it.
 *
 * @param {Counts | undefined} counts undefined when there is no report
 * @param {number} exitCode
 * @param {{ skippedIsFailed: boolean }} options
 * @returns {Counts & { note: string }} `note` says why the counts are not the report's
 */
export function judge(counts, exitCode, { skippedIsFailed }) {
  if (!counts) return { passed: 0, failed: 1, skipped: 0, note: 'left no report' };
  const { passed, failed, skipped } = counts;
  if (passed + failed + skipped === 0) return { ...counts, failed: 1, note: 'ran nothing' };
  if (exitCode !== 0 && failed === 0) {
    return { ...counts, failed: 1, note: `ended with code ${exitCode}` };
  }
  if (skippedIsFailed && skipped > 0) {
    return { passed, failed: failed + skipped, skipped: 0, note: `${skipped} skipped` };
  }
  return { ...counts, note: '' };
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sum(all) {
  return all.reduce(
    (one, other) => ({
      passed: one.passed + other.passed,
      failed: one.failed + other.failed,
      skipped: one.skipped + other.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
