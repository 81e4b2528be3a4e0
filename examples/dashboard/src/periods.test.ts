import { expect, it } from 'vitest';
import { lastPeriods } from './periods.ts';

it('compares a stretch of time with the one before it, up to the last whole minute', () => {
  expect(lastPeriods(new Date('2026-11-20T12:34:56Z'), 30)).toEqual({
    before: { from: new Date('2026-11-20T11:34:00Z'), to: new Date('2026-11-20T12:04:00Z') },
    after: { from: new Date('2026-11-20T12:04:00Z'), to: new Date('2026-11-20T12:34:00Z') },
  });
});
