import { expect, it } from 'vitest';
import { randomStacks } from '../testing/random-stacks.ts';
import { createHost } from './host.ts';
import type { Job } from './protocol.ts';

const options = { transforms: [{ type: 'group-by', by: 'module' } as const] };

it.each<[string, Job]>([
  ['a tree', { kind: 'tree', table: 1, options: {} }],
  ['a changed tree', { kind: 'tree', table: 1, options }],
  ['a diff', { kind: 'diff', table: 1, after: 1, options }],
  ['functions', { kind: 'function-table', table: 1, options: {} }],
  ['what changed', { kind: 'diff-functions', table: 1, after: 1, options: {}, change: {} }],
  ['modules', { kind: 'module-tree', table: 1, options: {}, names: {} }],
  ['a sandwich', { kind: 'sandwich', table: 1, frame: 'f1', options: {} }],
  ['a search in what is changed', { kind: 'search', table: 1, query: 'f1', options }],
])('hears that %s is no longer wanted, however little there is to merge', async (_, job) => {
  const host = createHost();
  const { frames, ...stacks } = randomStacks(1, { other: true });
  host.loadFrames(1, frames);
  host.load(1, stacks, 1);
  const answer = host.run(1, job, false);
  host.cancel(1);
  expect(await answer).toMatchObject({ ok: false, error: { kind: 'superseded' } });
});
