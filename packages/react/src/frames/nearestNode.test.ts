import { describe, expect, it } from 'vitest';
import { buildCallTree, framePath, makeStackTable } from '@hyperflame/calltree';
import { nearestNode } from './nearestNode.ts';

const tree = buildCallTree(
  makeStackTable([
    { frames: ['main', 'handle', 'hash'], weight: 30 },
    { frames: ['main', 'idle'], weight: 10 },
  ]),
);

describe('the node nearest to a path', () => {
  it('is the node itself where it exists', () => {
    for (let node = 0; node < tree.length; node++) {
      expect(nearestNode(tree, framePath(tree, node))).toBe(node);
    }
  });

  it('is the last caller that exists', () => {
    const at = (...path: string[]) => framePath(tree, nearestNode(tree, path));
    expect(at('main', 'handle', 'gone', 'hash')).toEqual(['main', 'handle']);
    expect(at('main', 'idle', 'hash')).toEqual(['main', 'idle']);
    expect(at('other', 'handle')).toEqual([]);
  });

  it('is found in 10 000 levels', () => {
    const deep = buildCallTree(
      makeStackTable([{ frames: Array.from({ length: 10_000 }, () => 'f'), weight: 1 }]),
    );
    const path = Array.from({ length: 10_000 }, (_, depth) => (depth < 7321 ? 'f' : 'g'));
    expect(nearestNode(deep, path)).toBe(7321);
  });
});
