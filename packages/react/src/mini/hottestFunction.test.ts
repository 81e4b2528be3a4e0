import { buildCallTree, frameLabel, makeStackTable } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import { hottestFunction } from './hottestFunction.ts';

it('counts all places of a function, and neither the root nor "(other)"', () => {
  const tree = buildCallTree(
    makeStackTable(
      [
        { frames: ['main', 'parse'], weight: 5 },
        { frames: ['main', 'hash'], weight: 4 },
        { frames: ['test', 'hash'], weight: 4 },
      ],
      { otherWeight: 50 },
    ),
  );
  const hottest = hottestFunction(tree);
  expect(hottest?.self).toBe(8);
  expect(frameLabel(tree.frames, tree.frame[hottest!.node])).toBe('hash');
});

it('is the same function in a tree that is upside down', () => {
  const stacks = makeStackTable([
    { frames: ['main', 'parse'], weight: 5 },
    { frames: ['main', 'hash'], weight: 9 },
  ]);
  const tree = buildCallTree(stacks, { invert: true });
  const hottest = hottestFunction(tree);
  expect(hottest?.self).toBe(9);
  expect(frameLabel(tree.frames, tree.frame[hottest!.node])).toBe('hash');
});

it('is nothing where there are no functions', () => {
  expect(hottestFunction(buildCallTree(makeStackTable([])))).toBeUndefined();
});
