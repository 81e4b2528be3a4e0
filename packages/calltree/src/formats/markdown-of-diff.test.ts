import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import type { StackTable } from '../model/stacks.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { diffCallTrees } from '../tree/diff.ts';
import { diffFunctionTable } from '../tree/diff-function-table.ts';
import { markdownOfDiff } from './markdown-of-diff.ts';

/** Milliseconds and samples of each function; those of `sign in` are called by it, all by `main`. */
const profile = (functions: Record<string, number>, other = 0): StackTable =>
  makeStackTable(
    Object.entries(functions).map(([name, ms]) => ({
      frames: [
        'main',
        ...(name === 'hash' || name === 'verify' ? ['sign in'] : []),
        { name, file: 'src/auth.ts' },
      ],
      weight: ms * 1e6,
      count: ms,
    })),
    { unit: 'nanoseconds', otherWeight: other * 1e6, otherCount: other },
  );

const before = profile({ hash: 300, parse: 600, compact: 100, idle: 1000 });
const after = profile({ hash: 700, parse: 600, verify: 200, idle: 1010 });

describe('markdownOfDiff', () => {
  it('says what changed by more than chance may explain', () => {
    // None of these calls another, so each has one row for its self and its total.
    const leaves = `| 300 ms | 15.0 % | 700 ms | 27.9 % | +12.9 pp |  | \`hash\` | \`src/auth.ts\` |
| 1 s | 50.0 % | 1.01 s | 40.2 % | -9.8 pp |  | \`idle\` | \`src/auth.ts\` |
| 0 ns | 0.0 % | 200 ms | 8.0 % | +8.0 pp | new | \`verify\` | \`src/auth.ts\` |
| 600 ms | 30.0 % | 600 ms | 23.9 % | -6.1 pp |  | \`parse\` | \`src/auth.ts\` |
| 100 ms | 5.0 % | 0 ns | 0.0 % | -5.0 pp | removed | \`compact\` | \`src/auth.ts\` |`;
    const head = `| Before | of all | After | of all | Change | | Function | Where |
| ---: | ---: | ---: | ---: | ---: | --- | --- | --- |`;
    expect(markdownOfDiff(diffCallTrees(before, after), { title: 'Checkout, 2.3 to 2.4' })).toBe(
      `# Checkout, 2.3 to 2.4

- Before: 2 s (nanoseconds) in 2000 samples
- After: 2.51 s (nanoseconds) in 2510 samples
- Changes are of shares of the whole, in percentage points; those listed are at least 95 % sure

## Functions by the change of their own weight

${head}
${leaves}

## Functions by the change of weight including what they call

${head}
| 300 ms | 15.0 % | 900 ms | 35.9 % | +20.9 pp |  | \`sign in\` |  |
${leaves}
`,
    );
  });

  it('counts what chance may explain, and what has no room', () => {
    const diff = diffCallTrees(before, after);
    const text = markdownOfDiff(diff, { form: 'absolute', rows: 2 });
    expect(text).toContain('- Changes are of weights; those listed');
    expect(text).toContain('| +400 ms |');
    // idle, by 10 ms.
    expect(text).toContain(
      '1 more changed by less. 1 more changed by no more than chance may explain.',
    );
    expect(markdownOfDiff(diffCallTrees(before, before))).toContain('Nothing changed.');
    const within = markdownOfDiff(
      diffCallTrees(profile({ a: 50, b: 50 }), profile({ a: 51, b: 50 })),
    );
    expect(within).toContain('\n2 more changed by no more than chance may explain.\n');
  });

  it('tells changes as shares of what was before', () => {
    const text = markdownOfDiff(diffCallTrees(before, after), { form: 'relative' });
    expect(text).toContain('| +133.3 % |  | `hash` |');
    expect(text).toContain('| from 0 | new | `verify` |');
    expect(text).toContain('| -100.0 % | removed | `compact` |');
  });

  it('says what is estimated, and where nothing is known of an error', () => {
    const estimated = markdownOfDiff(diffCallTrees({ ...before, samplingRate: 0.04 }, after));
    expect(estimated).toContain('in 2000 samples, estimated from 4.0 % of them\n');
    // A third of what an estimate spreads over a span.
    const part = { ...before, count: before.count.map((count) => count / 3) };
    expect(markdownOfDiff(diffCallTrees(part, after))).toContain('in 667 samples\n');
    const weights = makeStackTable([{ frames: ['main', 'hash'], weight: 3, count: 0 }]);
    const more = makeStackTable([{ frames: ['main', 'hash'], weight: 4, count: 0 }]);
    const unsure = markdownOfDiff(diffCallTrees(weights, more), { form: 'absolute' });
    expect(unsure).toContain('how sure they are is not known');
    expect(unsure).toContain('| 3 | 100.0 % | 4 | 100.0 % | +1 |  | `hash` |  |');
  });

  it('knows how sure a change from nothing is in samples, and not in shares of nothing', () => {
    const diff = diffCallTrees(
      makeStackTable([], { unit: 'nanoseconds' }),
      profile({ a: 9, b: 1 }),
    );
    const weights = markdownOfDiff(diff, { form: 'absolute' });
    expect(weights).toContain('those listed are at least 95 % sure');
    expect(weights).toContain('| +9 ms | new | `a` |');
    expect(weights).toContain('1 more changed by no more than chance may explain.');
    const shares = markdownOfDiff(diff);
    expect(shares).toContain('how sure they are is not known');
    expect(shares).toContain('| +10.0 pp | new | `b` |');
  });

  it('says what the stacks leave out on either side', () => {
    const text = markdownOfDiff(diffCallTrees(profile({ hash: 900 }, 100), profile({ hash: 300 })));
    expect(text).toContain(
      '- Before: 1 s (nanoseconds) in 1000 samples, 10.0 % left out of the stacks\n',
    );
    expect(text).toContain('- After: 300 ms (nanoseconds) in 300 samples\n');
  });

  it('leaves no change out uncounted', () => {
    forSeeds(30, (seed) => {
      const diff = diffCallTrees(randomStacks(seed, { other: true }), randomStacks(seed + 100));
      const text = markdownOfDiff(diff, { rows: 3 });
      const own = text.slice(0, text.indexOf('## Functions by the change of weight'));
      const listed = own.split('\n').filter((line) => /^\| \d/.test(line)).length;
      const counted = [...own.matchAll(/(\d+) more changed/g)].map(([, n]) => Number(n));
      const { delta } = diffFunctionTable(diff);
      expect(listed + counted.reduce((sum, n) => sum + n, 0)).toBe(
        delta.filter((one) => one !== 0).length,
      );
    });
  });
});
