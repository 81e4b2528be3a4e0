import { frameKey, framePath, layoutTree, makeStackTable, sandwich } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import { dropRoot } from './dropRoot.ts';

const stacks = makeStackTable([
  { frames: ['main', 'hash', 'mix'], weight: 3, count: 30 },
  { frames: ['gc', 'hash'], weight: 2, count: 20 },
]);

it('draws each side from the function on', () => {
  const { callers, callees } = sandwich(stacks, 'hash');
  const names = (tree: typeof callers) =>
    Array.from(tree.frame, (frame) => frameKey(tree.frames, frame));
  const above = dropRoot(callers);
  expect(names(above)).toEqual(['hash', 'main', 'gc']);
  expect([...above.total]).toEqual([5, 3, 2]);
  expect([...above.totalCount]).toEqual([50, 30, 20]);
  expect([...above.parent]).toEqual([-1, 0, 0]);
  expect([...above.end]).toEqual([3, 2, 3]);

  const below = dropRoot(callees);
  expect([...below.self]).toEqual([2, 3]);
  expect([...below.selfCount]).toEqual([20, 30]);
  expect(framePath(below, 1)).toEqual(['mix']);
  expect(layoutTree(below, { width: 100 }).rows).toBe(2);
});

it('leaves an empty side as it is', () => {
  const { callees } = sandwich(stacks, 'unheard of');
  expect(dropRoot(callees).length).toBe(1);
});
