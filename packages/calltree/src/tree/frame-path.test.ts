import { describe, expect, it } from 'vitest';
import { stackTableFromFolded } from '../formats/folded.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { buildCallTree } from './build-call-tree.ts';
import { findPath, framePath } from './frame-path.ts';

describe('framePath and findPath', () => {
  it('lead from every node and back to it', () => {
    forSeeds(30, (seed) => {
      for (const granularity of ['function', 'line'] as const) {
        const tree = buildCallTree(randomStacks(seed, { other: true }), { granularity });
        for (let node = 0; node < tree.length; node++) {
          expect(findPath(tree, framePath(tree, node))).toBe(node);
        }
      }
    });
  });

  it('find the same frame in other data', () => {
    const before = buildCallTree(stackTableFromFolded('main;a;b 3\nmain;c 1'));
    const after = buildCallTree(stackTableFromFolded('gc 9\nmain;c 8\nmain;a;b 1'));
    const path = framePath(before, 3);
    expect(path).toEqual(['main', 'a', 'b']);
    expect(framePath(after, findPath(after, path))).toEqual(path);
  });

  it('say -1 for a path that is not there', () => {
    const tree = buildCallTree(stackTableFromFolded('main;a 1'));
    expect(findPath(tree, ['main', 'b'])).toBe(-1);
    expect(findPath(tree, ['main', 'a', 'a'])).toBe(-1);
    expect(findPath(tree, [])).toBe(0);
  });
});
