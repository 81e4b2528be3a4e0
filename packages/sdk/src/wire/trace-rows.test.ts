import { describe, expect, it } from 'vitest';
import { traceRows } from './trace-rows.ts';

const CPU = 'samples:count:cpu:nanoseconds';
const WALL = 'wall:nanoseconds::';

type Weight = [
  id: string,
  type: string,
  unit: string,
  processBy: number,
  weight: string,
  samples: number,
  spread: number,
  labels?: readonly string[],
];

const answer = (weights: Weight[], stacks: unknown[] = [], frames: unknown[] = []) =>
  JSON.stringify({ data: [[weights, stacks, frames, 'estimated', '2', ['1', '2', 'shop']]] });

const rows = (text: string, question = {}) =>
  traceRows(text, question)!
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

/** Profile type, unit, process identity and number of stacks of the kind that was chosen. */
const chosen = (weights: Weight[]) => {
  const [, , weight, samples, texts] = rows(answer(weights))[0] as [
    0,
    [],
    string,
    number,
    string[],
  ];
  return { weight, samples, kind: texts.slice(1, 4), stacks: texts[6], units: texts.slice(11, -3) };
};

describe('traceRows', () => {
  it('chooses, of each type, the samples that are surest to be of the process', () => {
    expect(
      chosen([
        ['1', WALL, 'nanoseconds', 1, '5', 1, 0],
        ['2', CPU, 'nanoseconds', 4, '900', 90, 0],
        ['3', CPU, 'nanoseconds', 2, '30', 3, 0],
        ['4', CPU, 'count', 4, '1000', 1000, 0],
      ]),
    ).toEqual({
      ...{ kind: [CPU, 'nanoseconds', '2'], weight: '30', samples: 3, stacks: '1', units: ['0'] },
    });
  });

  it('chooses CPU time, else the most samples, and names the type’s other units', () => {
    expect(
      chosen([
        ['1', WALL, 'nanoseconds', 0, '900', 90, 0],
        ['2', CPU, 'nanoseconds', 0, '5', 2, 0],
        ['3', CPU, 'count', 0, '1', 1, 0],
        ['4', CPU, 'nanoseconds', 0, '9007199254740993', 1, 0],
      ]),
    ).toEqual({
      ...{ kind: [CPU, 'nanoseconds', '0'], weight: '9007199254740998', samples: 3 },
      ...{ stacks: '2', units: ['1', 'count'] },
    });
  });

  it('numbers frames as they come, root first, and keeps the heaviest stacks', () => {
    const text = answer(
      [
        ['1', CPU, 'nanoseconds', 0, '-50', 1, 0],
        ['2', CPU, 'nanoseconds', 0, '30', 1, 0],
        ['3', CPU, 'nanoseconds', 0, '40', 1, 0],
        ['4', CPU, 'nanoseconds', 0, '20', 1, 0],
      ],
      [
        ['1', ['12', '11']],
        ['2', ['12', '12', '13']],
      ],
      [
        ['11', 'main', 'shop.ts', '', 'v8js', '7', 3],
        ['12', '', '', 'libc.so', 'native', '4660', 0],
      ],
    );
    expect(rows(text, { maxStacks: 3, granularity: 'line' }).slice(1)).toEqual([
      [1, [0], '0', 0, ['', '', 'libc.so', 'native', '4660']],
      [1, [3], '0', 0, ['main', 'shop.ts', '', 'v8js', '']],
      // Not stored, as stack 3.
      [1, [], '0', 0, ['', '', '', '', '0']],
      [2, [0, 2, 1], '-50', 1, []],
      [3, [0], '40', 1, []],
      [2, [0, 3, 1, 1], '30', 1, []],
    ]);
  });

  it('adds up a stack that is under several values which have no group of their own', () => {
    const text = answer(
      [
        ['1', CPU, 'nanoseconds', 0, '90', 9, 0, ['a']],
        ['1', CPU, 'nanoseconds', 0, '20', 2, 0, ['b']],
        ['1', CPU, 'nanoseconds', 0, '30', 3, 0, ['c']],
      ],
      [['1', ['11']]],
      [['11', 'main', 'shop.ts', '', 'v8js', '7', 3]],
    );
    expect(rows(text, { groupBy: 'pod', maxGroups: 1 }).slice(1)).toEqual([
      [4, [], '90', 9, ['pod', 'a']],
      [4, [], '50', 5, ['pod', '(other)']],
      [1, [], '0', 0, ['main', 'shop.ts', '', 'v8js', '']],
      [2, [0, 1, 3], '90', 9, []],
      [2, [0, 2, 3], '50', 5, []],
    ]);
  });

  it('says of nothing that it is nothing', () => {
    const texts = [
      'estimated',
      '',
      '',
      '0',
      '0',
      '',
      '0',
      '0',
      '0',
      '0',
      '2',
      '0',
      '1',
      '2',
      'shop',
    ];
    expect(rows(answer([]))).toEqual([[0, [], '0', 0, texts]]);
  });

  it.each(['', '[]\n[]\n', '{', '[[1'])('does not take %j for an answer', (text) => {
    expect(() => traceRows(text, {})).toThrow(
      expect.objectContaining({ name: 'ProfileQueryError', kind: 'network' }) as Error,
    );
  });
});
