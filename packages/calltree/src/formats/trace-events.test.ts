import { describe, expect, it } from 'vitest';
import { frameLabel } from '../frames/label.ts';
import type { StackTable } from '../model/stacks.ts';
import { Random } from '../testing/random.ts';
import { foldedLines } from '../testing/reference.ts';
import { Budget } from './budget.ts';
import { readProfile } from './read-profile.ts';
import { stackTablesFromEvents } from './trace-events.ts';

const readText = (text: string) => readProfile(new TextEncoder().encode(text));
const read = (file: unknown) => readText(JSON.stringify(file));

const folded = (stacks: StackTable) =>
  foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame));

const linesOf = async (events: unknown) => {
  const [{ stacks }] = await read(events);
  return folded(stacks);
};

const thread = { pid: 7, tid: 2 };
const begin = (name: string, ts: number) => ({ ...thread, ph: 'B', name, ts });
const end = (name: string | undefined, ts: number) => ({ ...thread, ph: 'E', name, ts });
const whole = (name: string, ts: number, dur?: number) => ({ ...thread, ph: 'X', name, ts, dur });
const on = (pid: number, tid: number, event: object) => ({ ...event, pid, tid });

describe('events that begin and end', () => {
  it('weigh the time that nothing inside of them takes, in nanoseconds', async () => {
    const events = [
      begin('main', 100),
      whole('hash', 102, 3),
      begin('parse', 107.25),
      whole('read', 108.001, 0.5),
      end('parse', 109),
      end('main', 110),
      whole('hash', 120, 1),
    ];
    const lines = [
      'hash 1000',
      'main 5250',
      'main;hash 3000',
      'main;parse 1250',
      'main;parse;read 500',
    ];
    const [{ name, stacks }, ...others] = await read(events);
    expect(others).toEqual([]);
    expect(name).toBe('Time');
    expect(stacks.unit).toBe('nanoseconds');
    expect(folded(stacks)).toEqual(lines);
    expect([...stacks.count]).toEqual([1, 1, 1, 1, 1]);
    const later = events.map((event) => ({ ...event, ts: event.ts + 1_000_000 }));
    const object = { traceEvents: later, displayTimeUnit: 'ns', metadata: {} };
    expect(await linesOf(object)).toEqual(lines);
  });

  it('may stand in any order', async () => {
    const events = [
      whole('inner', 2, 3),
      whole('outer', 0, 10),
      whole('first', 2, 8),
      begin('late', 30),
      begin('early', 20),
      end('late', 31),
      end('early', 40),
    ];
    const lines = [
      ...['early 19000', 'early;late 1000', 'outer 2000'],
      ...['outer;first 5000', 'outer;first;inner 3000'],
    ];
    expect(await linesOf(events)).toEqual(lines);
    expect(await linesOf(events.toReversed())).toEqual(lines);
  });

  it('follow one another at one time, and may take none', async () => {
    const events = [
      ...[begin('a', 0), begin('b', 0), end('b', 5), end('a', 5), begin('c', 5), end('c', 5)],
      ...[begin('d', 5), whole('e', 6, 0), end('d', 7), whole('f', 7, 1), whole('g', 8, 1)],
    ];
    expect(await linesOf(events)).toEqual(['a;b 5000', 'd 2000', 'f 1000', 'g 1000']);
  });

  it('go on by themselves where they last longer than what they began in', async () => {
    const events = [whole('a', 0, 10), whole('b', 9, 11), whole('c', 9.5, 2)];
    expect(await linesOf(events)).toEqual([
      ...['a 9000', 'a;b 500', 'a;b;c 500', 'b 8500', 'b;c 1500'],
    ]);
    const inWhole = [begin('a', 0), whole('b', 2, 8), end('a', 5), begin('c', 6), end('c', 12)];
    expect(await linesOf(inWhole)).toEqual([
      ...['a 2000', 'a;b 3000', 'b 1000', 'b;c 4000', 'c 2000'],
    ]);
  });

  it('end what began inside and whose end is lost', async () => {
    const events = [
      ...[begin('a', 0), begin('b', 1), end('a', 5), begin('c', 6), end('c', 8)],
      ...[begin('d', 8), begin('d', 9), end('d', 10), end(undefined, 12)],
    ];
    expect(await linesOf(events)).toEqual(['a 1000', 'a;b 4000', 'c 2000', 'd 3000', 'd;d 1000']);
  });

  it('are left out where they end without a begin, and last to the end where they have none', async () => {
    const events = [
      ...[end('lost', 0), begin('a', 2), end('lost', 3), whole('b', 4, 2), whole('c', 8)],
      ...[begin('d', 9), on(7, 3, begin('other', 50)), on(7, 3, { ph: 'E', ts: 60 })],
      whole('back', 10, -5),
    ];
    expect(await linesOf([...events, end(undefined, 11)])).toEqual([
      ...['a 4000', 'a;b 2000', 'a;c 1000', 'a;c;d 2000', 'other 10000'],
    ]);
  });

  it('have threads and processes as labels, and are kept apart by them', async () => {
    const named = (name: string, pid: number, tid: number, text: string) => ({
      ...{ ph: 'M', name, pid, tid, args: { name: text } },
    });
    const [{ stacks }] = await read([
      ...[on(1, 1, begin('a', 0)), on(1, 2, begin('b', 1)), on(2, 1, begin('c', 2))],
      ...[on(2, 1, end('c', 3)), on(1, 2, end('b', 5)), on(1, 1, end('a', 9))],
      ...[named('thread_name', 1, 2, 'io'), named('process_name', 1, 0, 'shop')],
    ]);
    expect(folded(stacks)).toEqual(['a 9000', 'b 4000', 'c 1000']);
    const columns = stacks.labels?.map(({ key, values, value }) => [
      key,
      ...Array.from(value, (one) => values[one]),
    ]);
    expect(columns?.sort()).toEqual([
      ['process.pid', '1', '1', '2'],
      ['process.title', 'shop', 'shop', ''],
      ['thread.id', '1', '2', '1'],
      ['thread.name', '', 'io', ''],
    ]);
  });

  it('have the places of functions that tracers of functions write', async () => {
    const args = { filename: 'shop.py', line: 12 };
    const [{ stacks }] = await read([
      { ...whole('main', 0, 9), args },
      whole('re.match (lib/re.py:343)', 1, 2),
      { ...whole('load', 4, 2), args: { url: 'https://shop/' } },
      { ...whole('go', 7, 1), args: { url: 'shop.js', line: 3, column: 1 } },
      whole('V8 (GC:1)', 8, 0.25),
      whole('of (a) (lib/(b).py:3)', 8.25, 0.25),
      whole('', 8.5, 0.5),
    ]);
    const { frames } = stacks;
    const places = Array.from(frames.name, (name, i) => [
      frames.strings[name],
      frames.strings[frames.file[i]],
      frames.line[i],
    ]);
    expect(places).toEqual([
      ['main', 'shop.py', 12],
      ['re.match', 'lib/re.py', 343],
      ['load', '', 0],
      ['go', 'shop.js', 3],
      ['V8 (GC:1)', '', 0],
      ['of (a)', 'lib/(b).py', 3],
      ['(unnamed)', '', 0],
    ]);
  });

  it('do not take for ever where names begin as if places were behind them', async () => {
    const text = `${' (.a'.repeat(250_000)}:1`;
    const [{ stacks }] = await read([whole(text, 0, 1)]);
    expect(stacks.frames.strings[1] === text).toBe(true);
  });

  it('are read without what has no stack, and not where there are samples', async () => {
    const none = ['b', 'e', 'n', 's', 't', 'f', 'i', 'C', 'N'].map((ph) => ({
      ...begin('x', 1),
      ph,
    }));
    expect(await linesOf([...none, whole('a', 1, 2), {}])).toEqual(['a 2000']);
    const data = { startTime: 0, cpuProfile: { nodes: [{ id: 1, callFrame: {} }], samples: [1] } };
    const sampled = on(7, 2, {
      ...{ ph: 'P', name: 'CpuProfile', ts: 0, args: { data: { ...data, timeDeltas: [0] } } },
    });
    expect((await read([whole('a', 1, 2), sampled]))[0].name).toBe('thread 2 of process 7');
  });

  it('weigh what a plain count gives, whatever overlaps whatever', async () => {
    const random = new Random(5);
    for (let round = 0; round < 40; round++) {
      const events = Array.from({ length: 30 }, (_, i) =>
        whole(`f${i % 7}`, random.below(60), random.below(20)),
      );
      const lines = new Map<string, number>();
      for (let time = 0; time < 100; time++) {
        const open = events
          .filter(({ ts, dur = 0 }) => ts <= time && time < ts + dur)
          .sort((a, b) => a.ts - b.ts || Number(b.dur) - Number(a.dur));
        const line = open.map(({ name }) => name).join(';');
        if (line !== '') lines.set(line, (lines.get(line) ?? 0) + 1000);
      }
      expect(await linesOf(events)).toEqual(
        [...lines].map(([line, weight]) => `${line} ${weight}`).sort(),
      );
    }
  });

  it('may be ten thousand deep', async () => {
    const depth = 10_000;
    const events = Array.from({ length: depth }, (_, i) => begin('f', i));
    const ends = Array.from({ length: depth }, (_, i) => end('f', depth + i));
    const [{ stacks }] = await read([...events, ...ends]);
    // Each lasts a microsecond before and after what it calls, and the last one calls nothing.
    expect([...stacks.weight].sort((a, b) => a - b)).toEqual([
      1000,
      ...Array<number>(depth - 1).fill(2000),
    ]);
  });

  it('are refused where putting them in order would take for ever', async () => {
    const inside = Array.from({ length: 100 }, (_, i) => begin('f', i / 100));
    const around = Array.from({ length: 100 }, (_, i) => whole('x', 2, 1000 - i));
    const ends = Array.from({ length: 100 }, (_, i) => end('f', 3 + i));
    const events = [...inside, ...around, ...ends];
    const budgetOf = (steps: number) => {
      const budget = new Budget();
      budget.go(2 ** 29 - steps, '');
      return budget;
    };
    expect(() => stackTablesFromEvents(events, budgetOf(2e6))).not.toThrow();
    expect(() => stackTablesFromEvents(events, budgetOf(2e5))).toThrow(
      expect.objectContaining({ kind: 'invalid-format', field: expect.stringMatching(/^traceE/) }),
    );
    // One that has no begin is not looked for among all that is open.
    const deep = Array.from({ length: 60_000 }, () => begin('f', 0));
    const lost = Array.from({ length: 20_000 }, () => end('lost', 1));
    expect((await read([...deep, ...lost]))[0].stacks.weight).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['a time that is missing', [whole('a', 1, 1), { ph: 'B', name: 'b' }], 'traceEvents[1].ts'],
    ['a time that is no number', [{ ph: 'E', ts: '1' }], 'traceEvents[0].ts'],
    ['a duration that is no number', [{ ...whole('a', 1), dur: '1' }], 'traceEvents[0].dur'],
    [
      'a time that says itself what number it is',
      [{ ...whole('a', 1, 1), ts: { valueOf: 1, toString: 1 } }],
      'traceEvents[0].ts',
    ],
    ['a name that is no text', [{ ...whole('a', 1, 1), name: 7 }], 'traceEvents[0].name'],
    ['times too far apart', [whole('a', -1e308, 1), whole('b', 1e308, 1)], 'traceEvents[1].ts'],
    ['nothing that has a stack', [{ ...begin('a', 1), ph: 'b' }], 'traceEvents'],
    ['nothing', { traceEvents: [] }, 'traceEvents'],
  ])('with %s are refused, naming the place', async (_, file, field) => {
    await expect(read(file)).rejects.toMatchObject({ kind: 'invalid-format', field });
  });
});

describe('a trace that is cut off', () => {
  const events = [whole('a]"\\', 0, 9), { ...whole('b', 1, 2), args: { list: [{}], text: '}' } }];
  const text = JSON.stringify(events);
  const both = ['a]"\\ 7000', 'a]"\\;b 2000'];

  it.each([
    ['without its bracket', text.slice(0, -1)],
    ['behind a comma', `${text.slice(0, -1)},\n`],
    ['in an event', `${text.slice(0, -1)},{"ph":"X","na`],
    ['in a number', `${text.slice(0, -1)}, {"ph": "X", "ts": 12`],
    ['in a text', `${text.slice(0, -1)},{"ph":"X","name":"a\\"`],
    ['behind a comma, but with its bracket', `${text.slice(0, -1)},\n]\n`],
  ])('%s has the events before', async (_, cut) => {
    expect(folded((await readText(cut))[0].stacks)).toEqual(both);
  });

  it.each([
    ['wrong in itself', text.replace('"ts":1,', '"ts":,')],
    ['no trace', '[{"a": 1}, {"b"'],
    ['nothing yet', '[{"ph": "X"'],
    ['of no end in a text', '[{"ph'],
  ])('is refused where it is %s', async (_, cut) => {
    await expect(readText(cut)).rejects.toMatchObject({
      kind: 'invalid-format',
      message: expect.stringContaining('This is not JSON'),
    });
  });
});
