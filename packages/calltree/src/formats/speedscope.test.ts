import { describe, expect, it } from 'vitest';
import { frameLabel } from '../frames/label.ts';
import { foldedLines } from '../testing/reference.ts';
import { makeStackTable } from '../build/make-stack-table.ts';
import { speedscopeFromStackTable, stackTablesFromSpeedscope } from './speedscope.ts';

const shared = { frames: [{ name: 'a' }, { name: 'b', file: 'b.ts', line: 3 }] };
const event = (type: string, at: number, frame: number) => ({ type, at, frame });
const evented = (events: unknown[], rest: object = {}) => ({
  shared,
  profiles: [{ type: 'evented', name: 'main', unit: 'milliseconds', events, ...rest }],
});

describe('stackTablesFromSpeedscope', () => {
  it('gives the time between events to the frames that are open', () => {
    const [{ name, stacks }] = stackTablesFromSpeedscope(
      evented(
        [
          event('O', 1, 0),
          event('O', 2, 1),
          event('C', 5, 1),
          event('O', 6, 1),
          event('C', 7, 1),
          event('C', 10, 0),
        ],
        { startValue: 0, endValue: 10 },
      ),
    );
    expect(name).toBe('main');
    expect(stacks.unit).toBe('nanoseconds');
    expect(foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame))).toEqual([
      'a 5000000',
      'a;b 4000000',
    ]);
  });

  it('has no samples of what takes no time', () => {
    const [{ stacks }] = stackTablesFromSpeedscope(
      evented([event('O', 1, 0), event('O', 1, 1), event('C', 3, 1), event('C', 3, 0)]),
    );
    expect(foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame))).toEqual([
      'a;b 2000000',
    ]);
    expect([...stacks.count]).toEqual([1]);
  });

  it('reads every profile of a file', () => {
    const sampled = { type: 'sampled', unit: 'none', samples: [[0, 1]], weights: [2] };
    const file = JSON.stringify({ shared, profiles: [sampled, { ...sampled, unit: 'bytes' }] });
    expect(stackTablesFromSpeedscope(file).map(({ stacks }) => stacks.unit)).toEqual([
      'count',
      'bytes',
    ]);
  });

  it('has in each profile the frames of that profile alone', () => {
    const sampled = (...samples: number[][]) => ({
      ...{ type: 'sampled', samples, weights: samples.map(() => 1) },
    });
    const tables = stackTablesFromSpeedscope({ shared, profiles: [sampled([1]), sampled([0, 1])] });
    expect(tables.map(({ stacks }) => stacks.frames.length)).toEqual([1, 2]);
  });

  it('tells functions of one name apart by their columns, but not by lines alone', () => {
    const frames = [
      { name: 'go', file: 'shop.min.js', line: 1, col: 141 },
      { name: 'go', file: 'shop.min.js', line: 1, col: 390 },
      { name: 'main', file: 'shop.min.js', line: 1, col: 1 },
      { name: 'run', file: 'shop.py', line: 3 },
      { name: 'run', file: 'shop.py', line: 8 },
    ];
    const profile = {
      type: 'sampled',
      samples: frames.map((_, i) => [i]),
      weights: [1, 2, 3, 4, 5],
    };
    const [{ stacks }] = stackTablesFromSpeedscope({ shared: { frames }, profiles: [profile] });
    expect(foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame))).toEqual([
      ...['go 1:141 1', 'go 1:390 2', 'main 3', 'run 9'],
    ]);
  });

  it('has whole nanoseconds where the file has fractions of a second', () => {
    const weights = [0.0333, 0.1, 0.2];
    const samples = weights.map(() => [0, 1]);
    const profile = { type: 'sampled', unit: 'seconds', samples, weights };
    const [{ stacks }] = stackTablesFromSpeedscope({ shared, profiles: [profile] });
    expect([...stacks.weight]).toEqual([333_300_000]);
  });

  it.each<[string, unknown, string]>([
    ['no profiles', { shared }, 'profiles'],
    ['no frames', { profiles: [] }, 'shared'],
    [
      'a frame out of range',
      { shared, profiles: [{ type: 'sampled', samples: [[0, 2]], weights: [1] }] },
      'profiles[0].samples[0][1]',
    ],
    [
      'a frame that is no index',
      { shared, profiles: [{ type: 'sampled', samples: [[-1]], weights: [1] }] },
      'profiles[0].samples[0][0]',
    ],
    [
      'a missing weight',
      { shared, profiles: [{ type: 'sampled', samples: [[0]], weights: [] }] },
      'profiles[0].weights[0]',
    ],
    [
      'more weights than samples',
      { shared, profiles: [{ type: 'sampled', samples: [[0]], weights: [1, 2] }] },
      'profiles[0].weights',
    ],
    ['frames that stay open', evented([event('O', 1, 0)], { endValue: 9 }), 'profiles[0].events'],
    ['an unknown kind', { shared, profiles: [{ type: 'video' }] }, 'profiles[0].type'],
    [
      'frames that close in the wrong order',
      evented([event('O', 0, 0), event('O', 0, 1), event('C', 1, 0)]),
      'profiles[0].events[2]',
    ],
    ['a close without an open', evented([event('C', 1, 0)]), 'profiles[0].events[0]'],
    [
      'time that runs backwards',
      evented([event('O', 5, 0), event('C', 4, 0)]),
      'profiles[0].events[1].at',
    ],
  ])('refuses %s, naming the place', (_, file, field) => {
    expect(() => stackTablesFromSpeedscope(file as object)).toThrow(
      expect.objectContaining({ kind: 'invalid-format', field }),
    );
  });

  it('writes a function once, with its line where it has one', () => {
    const at = (name: string, line: number) => ({ name, file: 'shop.ts', line });
    const stacks = makeStackTable([
      { frames: [at('main', 3), at('hash', 10)], weight: 1 },
      { frames: [at('main', 3), at('hash', 12)], weight: 2 },
      { frames: [at('main', 3), { name: 'hash', file: 'crypto.ts' }], weight: 4 },
      { frames: [{ mapping: 'libc.so', address: 16 }], weight: 8 },
    ]);
    const { shared, profiles } = JSON.parse(speedscopeFromStackTable(stacks)) as {
      shared: { frames: object[] };
      profiles: { samples: number[][] }[];
    };
    expect(shared.frames).toEqual([
      { name: 'main', file: 'shop.ts', line: 3 },
      { name: 'hash', file: 'shop.ts' },
      { name: 'hash', file: 'crypto.ts' },
      { name: 'libc.so+0x10' },
    ]);
    expect(profiles[0].samples).toEqual([[0, 1], [0, 1], [0, 2], [3]]);
  });

  it('writes no file that speedscope would not open', () => {
    const heap = makeStackTable([
      { frames: ['load'], weight: 30 },
      { frames: ['free'], weight: -50 },
    ]);
    expect(() => speedscopeFromStackTable(heap)).toThrow(
      expect.objectContaining({ kind: 'invalid-stacks' }),
    );
  });
});
