import type { DiffSide } from '../model/diff.ts';
import { OTHER_FRAME, type CallTree } from '../model/tree.ts';

/** Weight of the stacks that a tree leaves out, in all or on one side of a diff. */
export function leftOutWeight(tree: CallTree, { total }: Pick<DiffSide, 'total'> = tree): number {
  let weight = 0;
  for (let node = 1; node < tree.length; node++) {
    if (tree.frame[node] === OTHER_FRAME) weight += total[node];
  }
  return weight;
}
