import { expect, it } from 'vitest';
import { frameLabel } from '../frames/label.ts';
import { foldedLines } from '../testing/reference.ts';
import { readProfile } from './read-profile.ts';

const read = async (file: unknown) => {
  const tables = await readProfile(new TextEncoder().encode(JSON.stringify(file)));
  return tables.map(({ name, stacks }) => [
    name,
    ...foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame)),
  ]);
};

const thread = (tid: number, name: string, pid = 7) => ({
  ...{ name: 'thread_name', ph: 'M', ts: 0, pid, tid, args: { name } },
});
const begin = (id: string, tid: number, ts: number, pid = 7) => ({
  ...{ name: 'Profile', ph: 'P', ts, pid, tid, id, args: { data: { startTime: ts } } },
});
const node = (id: number, functionName: string, parent?: number) => ({
  ...{ id, parent, callFrame: { functionName, url: 'shop.js', lineNumber: id } },
});
interface Chunk {
  readonly nodes?: object[];
  readonly samples?: number[];
  readonly timeDeltas?: number[];
  readonly endTime?: number;
}
const chunk = (id: string, ts: number, { nodes, samples, ...data }: Chunk, pid = 7) => ({
  ...{ name: 'ProfileChunk', ph: 'P', ts, pid, tid: 99, id },
  args: { data: { ...data, cpuProfile: { nodes, samples } } },
});
const root = node(1, '(root)');

it('joins the parts of each recording, in the order in which they came about', async () => {
  const events = [
    thread(3, 'DedicatedWorker thread'),
    thread(2, 'CrRendererMain'),
    begin('0x1', 3, 1000),
    begin('0x2', 2, 1000),
    chunk('0x2', 1400, { samples: [3, 2], timeDeltas: [200, 300], endTime: 1700 }),
    chunk('0x1', 1100, { nodes: [root, node(2, 'work', 1)], samples: [2, 2], timeDeltas: [0, 5] }),
    chunk('0x2', 1100, {
      nodes: [root, node(2, 'main', 1), node(3, 'hash', 2)],
      samples: [2],
      timeDeltas: [100],
    }),
    { name: 'ProfileChunk', ph: 'P', ts: 1900, pid: 7, tid: 99, id: '0x2', args: {} },
    { name: 'Paint', ph: 'X', ts: 5, pid: 7, tid: 2, dur: 3 },
  ];
  const tables = [
    ['CrRendererMain', 'main 300000', 'main;hash 300000'],
    ['DedicatedWorker thread', 'work 5000'],
  ];
  expect(await read({ traceEvents: events })).toEqual(tables);
  expect(await read(events)).toEqual(tables);
});

it('keeps recordings of one number in two processes apart, and those of one thread', async () => {
  const part = { nodes: [root, node(2, 'main', 1)], samples: [2, 2], timeDeltas: [0, 5] };
  const events = [
    ...[begin('0x1', 2, 1), chunk('0x1', 2, part)],
    ...[begin('0x1', 2, 1, 8), chunk('0x1', 2, part, 8)],
    ...[begin('0x2', 2, 3), chunk('0x2', 4, part)],
    begin('0x3', 2, 9),
  ];
  expect(await read(events)).toEqual([
    ['thread 2 of process 7', 'main 5000'],
    ['thread 2 of process 8', 'main 5000'],
    ['thread 2 of process 7', 'main 5000'],
  ]);
});

it('reads recordings that are whole, as old versions wrote them', async () => {
  const cpuProfile = {
    nodes: [{ ...root, children: [2] }, node(2, 'main')],
    samples: [2, 2],
    timeDeltas: [0, 5],
    startTime: 0,
    endTime: 9,
  };
  const event = {
    name: 'CpuProfile',
    ph: 'I',
    ts: 1,
    pid: 7,
    tid: 2,
    args: { data: { cpuProfile } },
  };
  expect(await read([thread(2, 'CrRendererMain'), event])).toEqual([
    ['CrRendererMain', 'main 9000'],
  ]);
});

it('puts under the root what hangs on parts that are lost', async () => {
  const events = [
    begin('0x1', 2, 1),
    chunk('0x1', 2, {
      nodes: [root, node(8, 'hash', 5), node(9, 'inner', 8)],
      samples: [9, 5, 8, 1],
      timeDeltas: [0, 3, 4, 5],
    }),
    chunk('0x9', 2, { nodes: [node(2, 'main', 1)], samples: [2], timeDeltas: [1] }),
  ];
  expect(await read(events)).toEqual([
    ['thread 2 of process 7', ' 4000', 'hash 5000', 'hash;inner 3000'],
  ]);
});

it('takes what is neither a number nor a text for no id', async () => {
  const id = { toString: 1 };
  const strange = (event: object) => ({ ...event, id, pid: id, tid: [id], ts: id });
  const events = [
    begin('0x1', 2, 1),
    chunk('0x1', 2, { nodes: [root], samples: [1], timeDeltas: [1] }),
  ];
  expect(await read(events.map(strange))).toEqual([['thread  of process ', ' 0']]);
});

it.each<[string, unknown, string]>([
  ['without a CPU profile', [{ ph: 'I', name: 'Paint' }], 'traceEvents'],
  ['whose only profile has no beginning', [{ ph: 'P', name: 'ProfileChunk' }], 'traceEvents'],
  ['whose events are no list', { traceEvents: {} }, 'traceEvents'],
  ['with an event that is none', { traceEvents: [7] }, 'traceEvents[0]'],
  [
    'whose nodes are no list',
    [begin('0x1', 2, 1), { ...chunk('0x1', 2, {}), args: { data: { cpuProfile: { nodes: 7 } } } }],
    'traceEvents[1].nodes',
  ],
  [
    'with fewer times than samples',
    [begin('0x1', 2, 1), chunk('0x1', 2, { nodes: [root], samples: [1] })],
    'timeDeltas[0]',
  ],
])('refuses a trace %s, naming the place', async (_, file, field) => {
  await expect(read(file)).rejects.toMatchObject({ kind: 'invalid-format', field });
});
