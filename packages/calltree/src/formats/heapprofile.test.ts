import { Session } from 'node:inspector/promises';
import { expect, it } from 'vitest';
import { frameLabel } from '../frames/label.ts';
import { foldedLines } from '../testing/reference.ts';
import { readProfile } from './read-profile.ts';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const node = (id: number, functionName: string, selfSize: unknown, children?: unknown) => ({
  ...{ id, callFrame: { functionName, url: 'shop.js', lineNumber: 9 }, selfSize, children },
});
const head = node(1, '(root)', 0, [
  node(2, 'main', 100, [node(3, 'load', 4096, []), node(4, '', 0, [])]),
  node(5, 'load', 8, []),
]);

it('reads bytes by the functions that allocated them', async () => {
  const samples = [
    { size: 2048, nodeId: 3, ordinal: 1 },
    { size: 2048, nodeId: 3, ordinal: 2 },
  ];
  const [{ name, stacks }] = await readProfile(bytes({ head, samples }));
  expect([name, stacks.unit]).toEqual(['Heap', 'bytes']);
  expect(foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame))).toEqual([
    ...['load 8', 'main 100', 'main;load 4096'],
  ]);
  expect(stacks.count.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect([...stacks.frames.line]).toContain(10);
});

it('reads what V8 writes', async () => {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', { samplingInterval: 1024 });
  const kept = fillMemory();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  const [{ stacks }] = await readProfile(bytes(profile));
  const names = Array.from(stacks.frameIndex, (frame) => frameLabel(stacks.frames, frame));
  expect(names).toContain('fillMemory');
  let size = 0;
  const left = [profile.head];
  for (let one = left.pop(); one; one = left.pop()) {
    size += one.selfSize;
    left.push(...one.children);
  }
  expect(stacks.weight.reduce((sum, weight) => sum + weight, 0)).toBe(size);
  expect(kept).toHaveLength(20_000);
});

function fillMemory(): unknown[] {
  return Array.from({ length: 20_000 }, (_, i) => ({ name: `thing ${i}` }));
}

it('takes a stack of 65 536 frames, and none deeper', async () => {
  const deep = (depth: number) => {
    let nested = '';
    for (let i = 0; i <= depth; i++) {
      nested += `{"callFrame":{"functionName":"f"},"selfSize":${Number(i === depth)},"children":[`;
    }
    return new TextEncoder().encode(`{"head":${nested}${']}'.repeat(depth + 1)}}`);
  };
  expect((await readProfile(deep(65_536)))[0].stacks.frameIndex).toHaveLength(65_536);
  await expect(readProfile(deep(65_537))).rejects.toMatchObject({ kind: 'invalid-format' });
});

it.each<[string, unknown, string]>([
  ['no tree', 7, 'head'],
  ['a size that is no number', node(1, '(root)', '8', []), 'nodes[0].selfSize'],
  [
    'a function without a name',
    { ...head, callFrame: { functionName: 7 } },
    'nodes[0].callFrame.functionName',
  ],
  ['children that are no list', node(1, '(root)', 0, {}), 'head: children of node 0'],
])('refuses %s, naming the place', async (_, tree, field) => {
  await expect(readProfile(bytes({ head: tree }))).rejects.toMatchObject({
    kind: 'invalid-format',
    field,
  });
});
