import { describe, expect, it } from 'vitest';
import { readableStacks } from '../testing/readable.ts';
import { parseFlamegraph } from './flamegraph.ts';

/** Rows as ClickHouse writes them. */
const lines = (...rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** The texts of a head: of nothing in particular, but for what is given. */
const headTexts = (
  linkage: string,
  of: {
    processBy?: string;
    spread?: string;
    sampled?: string;
    stacks?: string;
    skipped?: string[];
  },
  more: string[] = [],
) => [
  ...[linkage, 'cpu:nanoseconds::', 'nanoseconds', of.processBy ?? '0', of.spread ?? '0'],
  ...[of.sampled ?? '', of.stacks ?? '0', ...(of.skipped ?? ['0', '0', '0']), '0', '0'],
  ...more,
];
const head = (total: number | string, samples: number, stacks: number, more: string[] = []) => [
  0,
  [],
  total,
  samples,
  headTexts('linked', { stacks: String(stacks) }, more),
];
const frame = (name: string, line: number[] = []) => [
  1,
  line,
  '0',
  0,
  [name, 'f.ts', '', 'v8js', ''],
];
const MAIN = frame('main');
const HASH = frame('hash');

describe('parseFlamegraph', () => {
  it('restores the frames that a stack shares with the one before', () => {
    const answer = parseFlamegraph(
      lines(
        head('60', 6, 3),
        MAIN,
        HASH,
        frame('gc'),
        [2, [0, 1], '10', 1, []],
        [2, [1, 2, 2], '20', 2, []],
        [2, [2, 3], '30', 3, []],
      ),
    );
    expect(Object.fromEntries(readableStacks(answer.stacks))).toEqual({
      'main|f.ts|': { weight: 10, samples: 1 },
      'main|f.ts| > hash|f.ts| > hash|f.ts|': { weight: 20, samples: 2 },
      'main|f.ts| > hash|f.ts| > gc|f.ts|': { weight: 30, samples: 3 },
    });
    expect(answer).toMatchObject({ total: 60, samples: 6, complete: true, exact: true });
  });

  it('counts what is missing from the total as other', () => {
    const answer = parseFlamegraph(lines(head('100', 10, 5), MAIN, [2, [0, 1], '40', 4, []]));
    expect(answer).toMatchObject({
      complete: false,
      leftOut: { stacks: 4, weight: 60, samples: 6 },
    });
    expect(answer.stacks).toMatchObject({ otherWeight: 60, otherCount: 6 });
  });

  it('merges stacks that differ only in what was not sent', () => {
    const answer = parseFlamegraph(
      lines(head('30', 3, 2), MAIN, MAIN, [2, [0, 1], '10', 1, []], [2, [0, 2], '20', 2, []]),
    );
    expect([...answer.stacks.weight]).toEqual([30]);
    expect(answer).toMatchObject({ complete: true, leftOut: { stacks: 0 } });
  });

  it('keeps lines where they were sent', () => {
    const { stacks } = parseFlamegraph(
      lines(head('1', 1, 1), frame('main', [42]), [2, [0, 1], '1', 1, []]),
    );
    expect([...stacks.frames.line]).toEqual([42]);
  });

  it('reads addresses of 64 bits', () => {
    const { stacks } = parseFlamegraph(
      lines(
        head('1', 1, 1),
        [1, [], '0', 0, ['', '', 'libc', 'native', '18446744073709551615']],
        [2, [0, 1], '1', 1, []],
      ),
    );
    expect(stacks.frames.address[0]).toBe(2n ** 64n - 1n);
  });

  it('takes a kind that it does not know for unknown', () => {
    const { stacks } = parseFlamegraph(
      lines(head('1', 1, 1), [1, [], '0', 0, ['a', '', '', 'wasm', '']], [2, [0, 1], '1', 1, []]),
    );
    expect(stacks.frames.kind[0]).toBe(0);
  });

  it('reads 64-bit numbers quoted or not, and says when they are rounded', () => {
    for (const weight of ['9007199254740993', 9_007_199_254_740_992]) {
      const answer = parseFlamegraph(lines(head(weight, 1, 1), MAIN, [2, [0, 1], weight, 1, []]));
      expect(answer).toMatchObject({ exact: false, total: 9_007_199_254_740_992 });
    }
    for (const weight of ['9007199254740991', 9_007_199_254_740_991]) {
      expect(
        parseFlamegraph(lines(head(weight, 1, 1), MAIN, [2, [0, 1], weight, 1, []])),
      ).toMatchObject({ exact: true, total: Number.MAX_SAFE_INTEGER });
    }
  });

  it('goes on after a stack whose frames are not stored', () => {
    const answer = parseFlamegraph(
      lines(
        head('9', 9, 3),
        MAIN,
        [2, [0, 1], '1', 1, []],
        [3, [0], '5', 5, []],
        [2, [0, 1, 1], '3', 3, []],
      ),
    );
    expect(answer).toMatchObject({
      unknownStacks: 1,
      complete: false,
      leftOut: { stacks: 1, weight: 5, samples: 5 },
    });
  });

  it('is not complete where spans or units were left out', () => {
    const [part, numbers, total, samples, texts] = head('0', 0, 0) as [
      0,
      [],
      string,
      number,
      string[],
    ];
    const unplaced = texts.with(10, '3');
    expect(parseFlamegraph(lines([part, numbers, total, samples, unplaced]))).toMatchObject({
      complete: false,
      unplacedSpans: 3,
    });
    const units = [...texts.with(11, '1'), 'count'];
    expect(parseFlamegraph(lines([part, numbers, total, samples, units]))).toMatchObject({
      complete: false,
      otherUnits: ['count'],
    });
  });

  it('reads an estimate', () => {
    const texts = headTexts('estimated', { processBy: '2', spread: '1.5' });
    expect(
      parseFlamegraph(
        lines([0, [], '0', 0, [...texts, '1788220800000000000', '1788220801000000000', 'shop']]),
      ),
    ).toMatchObject({
      linkage: 'estimated',
      estimate: {
        spanFound: true,
        from: new Date(1_788_220_800_000),
        to: new Date(1_788_220_801_000),
        service: 'shop',
        processBy: 'container.id',
        spreadSamples: 1.5,
      },
    });
    expect(parseFlamegraph(lines([0, [], '0', 0, texts.with(3, '0')]))).toMatchObject({
      estimate: { spanFound: false, from: undefined, processBy: undefined },
    });
  });

  it('tells what was skipped from what was left out', () => {
    const [part, numbers] = head('0', 0, 0);
    const texts = headTexts('linked', { stacks: '9', skipped: ['70', '7', '4'] });
    const answer = parseFlamegraph(
      lines([part, numbers, '100', 10, texts], MAIN, [2, [0, 1], '20', 2, []]),
    );
    expect(answer).toMatchObject({
      total: 100,
      complete: false,
      sampling: undefined,
      skipped: { stacks: 4, weight: 70, samples: 7 },
      leftOut: { stacks: 4, weight: 10, samples: 1 },
    });
    expect(answer.stacks.otherWeight).toBe(10);
  });

  it('knows the error of what was estimated from a part of the rows', () => {
    const of = (total: string, samples: number, variance: number, seen: number) =>
      parseFlamegraph(
        lines([0, [], total, samples, headTexts('linked', { sampled: `[${variance},${seen}]` })]),
      ).sampling;
    expect(of('1000', 100, 100, 4)).toEqual({ rate: 0.04, expectedError: 0.01 });
    // 1 of 25 in the sample, and 75 that were counted elsewhere.
    expect(of('1000', 100, 100, 76)).toEqual({ rate: 0.76, expectedError: 0.01 });
    // Of what the sample was to answer for, it has nothing.
    expect(of('1000', 100, 0, 100)).toEqual({ rate: 1, expectedError: Infinity });
    expect(of('0', 0, 0, 0)).toEqual({ rate: 0.04, expectedError: Infinity });
  });

  it('throws the reason that the server left behind the rows', () => {
    const text =
      lines(head('9', 9, 1), MAIN) +
      '\r\n__exception__\r\nabcdefghijklmnop\r\nCode: 241. DB::Exception: (total) memory limit exceeded: would use 1 GiB. (MEMORY_LIMIT_EXCEEDED) (version 26.5.1.1)\n96 abcdefghijklmnop\r\n__exception__\r\n';
    expect(() => parseFlamegraph(text)).toThrow(
      expect.objectContaining({
        kind: 'limit',
        field: 'maxMemoryBytes',
        code: 241,
        message: '(total) memory limit exceeded: would use 1 GiB.',
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a page of a proxy', '<html>502 Bad gateway</html>'],
    ['an answer that breaks off', lines(head('9', 9, 1), MAIN).slice(0, -5)],
    ['an answer without a head', lines(MAIN)],
    ['a frame that was not sent', lines(head('1', 1, 1), [2, [0, 1], '1', 1, []])],
    [
      'a prefix that is longer than the stack before',
      lines(head('1', 1, 1), MAIN, [2, [1, 1], '1', 1, []]),
    ],
    ['a row of a kind that does not exist', lines(head('1', 1, 1), [7, [], '1', 1, []])],
  ])('does not take %s for an answer', (_, text) => {
    expect(() => parseFlamegraph(text)).toThrow(
      expect.objectContaining({ name: 'ProfileQueryError', kind: 'network' }),
    );
  });
});
