import { Session } from 'node:inspector/promises';
import { describe, expect, it } from 'vitest';
import { frameLabel } from '../frames/label.ts';
import { foldedLines } from '../testing/reference.ts';
import { functionTable } from '../tree/function-table.ts';
import { stackTablesFromCpuProfile } from './cpuprofile.ts';

const call = (functionName: string) => ({ functionName, url: '', lineNumber: -1 });
const nodes = [
  { id: 1, callFrame: call('(root)'), children: [2, 4] },
  { id: 2, callFrame: call('main'), children: [3] },
  { id: 3, callFrame: { functionName: '', url: 'file:///a.js', lineNumber: 4 } },
  { id: 4, callFrame: call('(idle)') },
];

describe('stackTablesFromCpuProfile', () => {
  it('gives each sample the time until the next one', () => {
    const [{ stacks }] = stackTablesFromCpuProfile({
      nodes,
      samples: [2, 3, 3, 4, 2],
      timeDeltas: [100, 10, 20, 30, 40],
    });
    expect(foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame))).toEqual([
      '(idle) 40000',
      'main 10000',
      'main;(anonymous) 50000',
    ]);
    expect(stacks.count.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(stacks.frames.line[2]).toBe(5);
  });

  it('lets the last sample last until the end, and gives no time twice when clocks run backwards', () => {
    const main = { nodes, samples: [2, 2, 3, 4], timeDeltas: [5, 100, -50, 100], startTime: 1000 };
    const lasting = (file: object) => {
      const [{ stacks }] = stackTablesFromCpuProfile(file);
      return foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame));
    };
    expect(lasting({ ...main, endTime: 1175 })).toEqual([
      '(idle) 20000',
      'main 100000',
      'main;(anonymous) 50000',
    ]);
    // An end before the last sample, or none, says nothing of it.
    const unknown = ['(idle) 0', 'main 100000', 'main;(anonymous) 50000'];
    expect(lasting({ ...main, endTime: 1100 })).toEqual(unknown);
    expect(lasting(main)).toEqual(unknown);
    expect(lasting({ ...main, samples: [2], timeDeltas: [0], endTime: 1_001_000 })).toEqual([
      'main 1000000000',
    ]);
  });

  it('reads nodes that name their parents', () => {
    const file = { samples: [2, 3, 4, 2], timeDeltas: [0, 10, 20, 30] };
    const linked = nodes.map(({ children: _, ...node }) => ({
      ...node,
      parent: nodes.find(({ children }) => children?.includes(node.id))?.id,
    }));
    const expected = stackTablesFromCpuProfile({ ...file, nodes });
    expect(stackTablesFromCpuProfile({ ...file, nodes: linked })).toEqual(expected);
    // Both say the same.
    const twice = nodes.map((node, i) => ({ ...node, parent: linked[i].parent ?? null }));
    expect(stackTablesFromCpuProfile({ ...file, nodes: twice })).toEqual(expected);
  });

  it('reads what V8 writes', async () => {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 100 });
    await session.post('Profiler.start');
    burnTime();
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    const [{ stacks }] = stackTablesFromCpuProfile(JSON.stringify(profile));
    const functions = functionTable(stacks);
    const names = Array.from(functions.frame, (frame) => frameLabel(functions.frames, frame));
    expect(names).toContain('burnTime');
    // All the time from the first sample to the end belongs to one of them.
    const { startTime, endTime, timeDeltas = [] } = profile;
    expect(stacks.weight.reduce((sum, weight) => sum + weight, 0)).toBe(
      (endTime - startTime - timeDeltas[0]) * 1000,
    );
  });

  it('tells functions of one name apart by their places, where a file has several', () => {
    const at = (functionName: string, url: string, lineNumber: number, columnNumber?: number) => ({
      functionName,
      url,
      lineNumber,
      columnNumber,
    });
    const frames = [
      at('', 'shop.min.js', 0, 140),
      at('', 'shop.min.js', 0, 389),
      at('', 'cart.js', 6, 2),
      at('load', 'shop.min.js', 0, 20),
      at('load', 'cart.js', 9, 0),
      at('get', 'cart.js', 1),
      at('get', 'cart.js', 2),
      at('get', 'cart.js', -1, -1),
      at('get', '', -1, -1),
    ];
    const [{ stacks }] = stackTablesFromCpuProfile({
      nodes: [
        { id: 0, callFrame: call('(root)'), children: frames.map((_, i) => i + 1) },
        ...frames.map((callFrame, i) => ({ id: i + 1, callFrame })),
      ],
      samples: frames.map((_, i) => i + 1),
      timeDeltas: frames.map((_, i) => i + 1),
    });
    const leaves = Array.from(stacks.frameIndex, (frame) => frameLabel(stacks.frames, frame));
    expect(leaves).toEqual([
      ...['(anonymous) 1:141', '(anonymous) 1:390', '(anonymous)', 'load', 'load'],
      ...['get 2', 'get 3', 'get', 'get'],
    ]);
  });

  it('reads profiles as they were: a tree, whose lines count from 1 on, and seconds', () => {
    const old = (id: number, functionName: string, children: object[]) => ({
      ...{ id, functionName, url: 'shop.js', lineNumber: id, columnNumber: 5, children },
    });
    const [{ stacks }] = stackTablesFromCpuProfile({
      head: old(0, '(root)', [old(1, 'main', [old(2, 'hash', []), old(3, 'hash', [])])]),
      samples: [1, 2, 3],
      timestamps: [7_000_100, 7_000_150, 7_000_170],
      startTime: 7,
      endTime: 7.0002,
    });
    expect(foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame))).toEqual([
      ...['main 50000', 'main;hash 2:5 20000', 'main;hash 3:5 30000'],
    ]);
    expect([...stacks.frames.line]).toEqual([0, 1, 2, 3]);
    expect(() => stackTablesFromCpuProfile({ head: old(0, '(root)', []), samples: [] })).toThrow(
      expect.objectContaining({ kind: 'invalid-format', field: 'timestamps' }),
    );
  });

  it('takes a text with a byte order mark', () => {
    const file = { nodes, samples: [2], timeDeltas: [0], startTime: 0, endTime: 5 };
    expect(stackTablesFromCpuProfile(`\ufeff${JSON.stringify(file)}`)).toEqual(
      stackTablesFromCpuProfile(file),
    );
  });

  it.each<[string, object, string]>([
    ['a sample of no node', { nodes, samples: [9], timeDeltas: [0] }, 'samples[0]'],
    [
      'a child that is not there',
      { nodes: [{ id: 1, callFrame: call('a'), children: [2] }], samples: [], timeDeltas: [] },
      'nodes[0].children[0]',
    ],
    [
      'a node with two parents',
      {
        nodes: [
          { id: 1, callFrame: call('a'), children: [2] },
          { id: 2, callFrame: call('b') },
          { id: 3, callFrame: call('c'), children: [2] },
        ],
        samples: [],
        timeDeltas: [],
      },
      'nodes[2].children[0]',
    ],
    [
      'a parent that is not there',
      { nodes: [{ id: 1, callFrame: call('a'), parent: 2 }], samples: [], timeDeltas: [] },
      'nodes[0].parent',
    ],
    [
      'a parent that says otherwise',
      {
        nodes: [
          { id: 1, callFrame: call('a'), children: [2] },
          { id: 2, callFrame: call('b') },
          { id: 3, callFrame: call('c'), parent: 1 },
        ],
        samples: [],
        timeDeltas: [],
      },
      'nodes[2].parent',
    ],
    [
      'parents in a circle',
      {
        nodes: [
          { id: 1, callFrame: call('a'), parent: 2 },
          { id: 2, callFrame: call('b'), parent: 1 },
        ],
        samples: [1],
        timeDeltas: [0],
      },
      'samples[0]',
    ],
    ['times that are missing', { nodes, samples: [2, 2], timeDeltas: [0] }, 'timeDeltas[1]'],
    [
      'a node that is its own ancestor',
      {
        nodes: [
          { id: 1, callFrame: call('a'), children: [2] },
          { id: 2, callFrame: call('b'), children: [1] },
        ],
        samples: [1],
        timeDeltas: [0],
      },
      'samples[0]',
    ],
  ])('refuses %s, naming the place', (_, file, field) => {
    expect(() => stackTablesFromCpuProfile(file)).toThrow(
      expect.objectContaining({ kind: 'invalid-format', field }),
    );
  });
});

/** Runs until the profiler must have seen it many times. */
function burnTime(): number {
  let sum = 0;
  const end = process.cpuUsage().user + 50_000;
  while (process.cpuUsage().user < end) for (let i = 0; i < 1e5; i++) sum += Math.sqrt(i);
  return sum;
}
