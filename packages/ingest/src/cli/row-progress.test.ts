import { describe, expect, it } from 'vitest';

import { progressText, rowProgress } from './row-progress.ts';

describe('progress over rows', () => {
  it.each([
    [{ done: 0, total: 50_000, at: 'day 1' }, 0, '0 of 50 000 rows (0 %), at day 1'],
    [
      { done: 12_500, total: 50_000, at: '' },
      5_000,
      '12 500 of 50 000 rows (25 %), 2 500 rows/s, 15 s left',
    ],
    [
      { done: 1_000, total: 10_000_000, at: '' },
      1_000,
      '1 000 of 10 000 000 rows (0 %), 1 000 rows/s, 3 h left',
    ],
    [{ done: 7, total: 7, at: '' }, 1_000, '7 of 7 rows (100 %), 7 rows/s'],
    [{ done: 0, total: 0, at: '' }, 1_000, '0 of 0 rows (100 %)'],
  ])('%j after %i ms', (progress, elapsed, text) => {
    expect(progressText(progress, elapsed)).toBe(text);
  });

  it('is a line now and then where output goes to a file', () => {
    let time = 0;
    let written = '';
    const terminal = {
      stdout: { write: () => undefined },
      stderr: { write: (text: string) => (written += text) },
      once: () => undefined,
      off: () => undefined,
    };
    const { show } = rowProgress(terminal, () => time);
    for (time = 0; time <= 25_000; time += 1_000) show({ done: time, total: 30_000, at: '' });
    expect(written.trimEnd().split('\n')).toHaveLength(2);
  });
});
