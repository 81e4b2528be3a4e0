import { expect, it } from 'vitest';
import { mergeLimits } from './limits.ts';

it('a limit that says nothing lifts none', () => {
  const limits = { maxDays: 1, maxThreads: 2 };
  expect(mergeLimits(limits, { maxDays: undefined, maxThreads: 4 })).toEqual({
    maxDays: 1,
    maxThreads: 4,
  });
});
