import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { stackTableFromFolded } from '../formats/folded.ts';
import { frameLabel } from '../frames/label.ts';
import type { Granularity } from '../model/tree.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { nodesOfTree } from '../testing/reference.ts';
import { buildCallTree } from './build-call-tree.ts';
import { invertTree } from './invert.ts';
import { stacksOfTree } from './stacks-of-tree.ts';

describe('invertTree', () => {
  it('makes the tree that its documentation draws', () => {
    const tree = invertTree(buildCallTree(stackTableFromFolded('main;hash 7\nmain;parse 3')));
    const lines = Array.from(
      tree.frame,
      (frame, node) =>
        '  '.repeat(tree.depth[node]) + frameLabel(tree.frames, frame) + ' ' + tree.total[node],
    );
    expect(lines).toEqual(['(all) 10', '  hash 7', '    main 7', '  parse 3', '    main 3']);
  });

  it('says the same as inverting the stacks, and keeps all weight', () => {
    forSeeds(100, (seed) => {
      const stacks = randomStacks(seed, { other: seed % 2 === 0, negative: seed % 3 === 0 });
      const tree = buildCallTree(stacks);
      const inverted = invertTree(tree);
      expect(inverted.inverted).toBe(true);
      expect(inverted.total[0]).toBe(tree.total[0]);
      expect(inverted.totalCount[0]).toBe(tree.totalCount[0]);
      expect(nodesOfTree(inverted)).toEqual(nodesOfTree(buildCallTree(stacks, { invert: true })));
    });
  });

  it('gives the first tree back when it is done again', () => {
    forSeeds(100, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { other: seed % 2 === 0 }));
      const { frames: _, ...back } = invertTree(invertTree(tree));
      const { frames: __, ...first } = tree;
      expect(back).toEqual(first);
    });
  });

  it('leaves out what has neither weight nor samples', () => {
    const stacks = makeStackTable([
      { frames: ['main', 'hash'], weight: 5 },
      { frames: ['main', 'seen'], weight: 0, count: 1 },
      { frames: ['main', 'never'], weight: 0, count: 0 },
    ]);
    const twice = invertTree(invertTree(buildCallTree(stacks)));
    expect(Array.from(twice.frame, (frame) => frameLabel(twice.frames, frame))).toEqual([
      ...['(all)', 'main', 'hash', 'seen'],
    ]);
    expect([twice.total[0], twice.totalCount[0]]).toEqual([5, 2]);
  });

  it('keeps what was left out of labels, which stand below it upside down', () => {
    const part = { labels: { thread: 'io' }, weight: 5, count: 2 };
    const stacks = {
      ...makeStackTable([{ frames: ['main'], weight: 3, labels: part.labels }], {
        otherWeight: 9,
        otherCount: 3,
      }),
      otherByLabels: [part],
    };
    const transforms = [{ type: 'group-by-label', label: 'thread' } as const];
    const tree = buildCallTree(stacks, { invert: true, transforms });
    expect(stacksOfTree(tree)).toMatchObject({ otherWeight: 9, otherCount: 3 });
  });

  it('leaves lines to the stacks where they are told apart, and names none elsewhere', () => {
    const at = (line: number) => ({ name: 'hash', file: 'auth.ts', line });
    const stacks = makeStackTable([
      { frames: [at(10)], weight: 1 },
      { frames: [at(99)], weight: 9 },
    ]);
    const linesOf = (granularity: Granularity) => {
      const { frames, frameIndex } = stacksOfTree(buildCallTree(stacks, { granularity }));
      return Array.from(frameIndex, (frame) => frames.line[frame]);
    };
    expect(linesOf('line')).toEqual([99, 10]);
    expect(linesOf('function')).toEqual([0]);
    expect(invertTree(buildCallTree(stacks)).frames).toBe(stacks.frames);
  });

  it('turns a stack 10 000 frames deep round', () => {
    const deep = Array.from({ length: 10_000 }, (_, i) => `f${i}`).join(';');
    const tree = invertTree(buildCallTree(stackTableFromFolded(`${deep} 1`)));
    expect(tree.maxDepth).toBe(10_000);
    expect(frameLabel(tree.frames, tree.frame[1])).toBe('f9999');
  });
});
