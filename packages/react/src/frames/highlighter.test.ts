import { describe, expect, it, vi } from 'vitest';
import { buildCallTree, makeStackTable } from '@hyperflame/calltree';
import { highlighter } from './highlighter.ts';

describe('frames of the host’s choice', () => {
  it('are asked for once, not once for each place', () => {
    const tree = buildCallTree(
      makeStackTable([
        { frames: ['main', 'hash', 'hash'], weight: 3 },
        { frames: ['hash'], weight: 1 },
      ]),
    );
    const wanted = vi.fn(({ name }: { name: string }) => name === 'hash');
    const isWanted = highlighter(tree, wanted);
    const answers = () => Array.from({ length: tree.length }, (_, node) => isWanted(node));
    expect(answers()).toEqual([false, false, true, true, true]);
    answers();
    expect(wanted).toHaveBeenCalledTimes(2);
  });
});
