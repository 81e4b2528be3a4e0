import { describe, expect, it } from 'vitest';
import { stackTableFromFolded } from '../formats/folded.ts';
import { frameLabel } from '../frames/label.ts';
import type { CallTree } from '../model/tree.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { functionKey, functionTable } from './function-table.ts';
import { sandwich } from './sandwich.ts';

const outline = (tree: CallTree) =>
  Array.from(
    tree.frame,
    (frame, node) =>
      '  '.repeat(tree.depth[node]) + frameLabel(tree.frames, frame) + ' ' + tree.total[node],
  ).slice(1);

describe('sandwich', () => {
  it('makes the trees that its documentation draws', () => {
    const { callers, callees } = sandwich(stackTableFromFolded('main;a;b;a;c 2\ngc;a 3'), 'a');
    expect(outline(callers)).toEqual(['  a 5', '    gc 3', '    main 2']);
    expect(outline(callees)).toEqual(['  a 5', '    b 2', '      a 2', '        c 2']);
    expect([callers.inverted, callees.inverted]).toEqual([true, false]);
  });

  it('has the total of the function on both sides', () => {
    forSeeds(50, (seed) => {
      const stacks = randomStacks(seed, { other: true });
      const functions = functionTable(stacks);
      for (let row = 0; row < functions.length; row++) {
        const { callers, callees } = sandwich(stacks, functionKey(functions, row));
        for (const tree of [callers, callees]) {
          expect(tree.total[0]).toBe(functions.total[row]);
          expect(tree.totalCount[0]).toBe(functions.totalCount[row]);
          // Below the root stands the function alone.
          expect(tree.end[1]).toBe(tree.length);
          expect(tree.frame[1]).toBe(functions.frame[row]);
        }
      }
    });
  });

  it('looks at the stacks as transforms left them', () => {
    const stacks = stackTableFromFolded('main;lib;a 1\nmain;a 2');
    const { callers } = sandwich(stacks, 'a', {
      transforms: [{ type: 'merge-function', frame: 'lib' }],
    });
    expect(outline(callers)).toEqual(['  a 3', '    main 3']);
  });

  it('is empty for a function that does not occur', () => {
    const { callers, callees } = sandwich(stackTableFromFolded('main 1'), 'a');
    expect([callers.length, callees.length]).toEqual([1, 1]);
  });
});
