import { expect, test } from 'vitest';
import { checkFailures, lastWords, playwrightFailures, vitestFailures } from './test-failures.mjs';

test("vitest's failures, where a file that does not load is one", () => {
  const report = {
    testResults: [
      {
        name: '/project/a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'fine', failureMessages: [] },
          {
            status: 'failed',
            fullName: 'adds up',
            failureMessages: [
              '\u001B[31mError: 3 is not 4\u001B[39m\n\nafter all\n    at a.test.ts:1',
            ],
          },
        ],
      },
      {
        name: '/project/b.test.ts',
        status: 'failed',
        message: 'no such file',
        assertionResults: [],
      },
      { name: '/project/c.test.ts', status: 'passed', message: '', assertionResults: [] },
    ],
  };
  expect(vitestFailures(report, '/project')).toEqual([
    'a.test.ts › adds up\n    Error: 3 is not 4\n    after all',
    'b.test.ts\n    no such file',
  ]);
});

test("playwright's failures in suites of suites, where flaky is one", () => {
  const spec = (title: string, status: string, ...messages: (string | undefined)[]) => ({
    title,
    file: 'a.spec.ts',
    line: 7,
    tests: [
      { status, results: messages.map((message) => (message ? { error: { message } } : {})) },
    ],
  });
  const report = {
    suites: [
      {
        specs: [spec('opens', 'expected', undefined)],
        suites: [{ specs: [spec('shuts', 'unexpected', 'no door')] }],
      },
      { specs: [spec('waits', 'flaky', 'too late', undefined), spec('runs', 'skipped')] },
    ],
    errors: [{ message: 'no stack' }],
  };
  expect(playwrightFailures(report)).toEqual([
    'outside of any test\n    no stack',
    'a.spec.ts:7 › shuts\n    no door',
    'a.spec.ts:7 › waits\n    too late',
  ]);
});

test('failures of our own checks', () => {
  const results = [
    { story: 'a--b', check: 'dark', ok: true, detail: '' },
    { story: 'a--b', check: 'light', ok: false, detail: 'nothing was drawn' },
    { component: 'TopTable', ok: false, growth: undefined, grown: ['elements', 'workers'] },
  ];
  expect(checkFailures(results)).toEqual([
    'a--b › light › nothing was drawn',
    'TopTable › elements › workers',
  ]);
});

test('of a long output, its end is said', () => {
  expect(lastWords('\u001B[31mno-any\u001B[39m\n1 problem\n')).toBe('no-any\n1 problem');
  const text = lastWords(`${'x'.repeat(5000)}\n1 problem\n`);
  expect(text).toMatch(/^… x+\n1 problem$/);
  expect(text.length).toBeLessThan(700);
});

test('a long reason is cut', () => {
  const [text] = checkFailures([{ ok: false, what: 'x'.repeat(5000) } as { ok: boolean }]);
  expect(text!.length).toBeLessThan(700);
});
