import { expect, test } from 'vitest';
import { checkCounts, judge, playwrightCounts, sum, vitestCounts } from './test-counts.mjs';

const lenient = { skippedIsFailed: false };
const strict = { skippedIsFailed: true };

test("vitest's counts, where a file that does not load is a failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(vitestCounts(report)).toEqual({ passed: 3, failed: 2, skipped: 3 });
});

test("playwright's counts, where flaky is failed", () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
  expect(playwrightCounts({ stats, errors: [] })).toEqual({ passed: 4, failed: 2, skipped: 2 });
  expect(playwrightCounts({ stats, errors: ['x'] }).failed).toBe(3);
});

test('package checks', () => {
  expect(checkCounts([{ ok: true }, { ok: false }])).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});

test('a stage is judged by its counts', () => {
  const counts = { passed: 2, failed: 1, skipped: 0 };
  expect(judge(counts, 1, strict)).toEqual({ ...counts, note: '' });
});

test('a crash, an empty run and a missing report are failures', () => {
  expect(judge({ passed: 2, failed: 0, skipped: 0 }, 137, lenient)).toMatchObject({
    passed: 2,
    failed: 1,
  });
  expect(judge({ passed: 0, failed: 0, skipped: 0 }, 0, lenient).failed).toBe(1);
  expect(judge(undefined, 0, lenient).failed).toBe(1);
});

test('skipped is failed only when asked for', () => {
  const counts = { passed: 2, failed: 1, skipped: 3 };
  expect(judge(counts, 1, lenient)).toMatchObject(counts);
  expect(judge(counts, 1, strict)).toMatchObject({ passed: 2, failed: 4, skipped: 0 });
});

test('sums', () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
  expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
});
