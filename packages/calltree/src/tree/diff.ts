import { concatStackTables } from '../build/concat-stack-tables.ts';
import type { DiffSide, DiffTree } from '../model/diff.ts';
import type { StackTable } from '../model/stacks.ts';
import { OTHER_FRAME, type CallTree, type NodeIndex } from '../model/tree.ts';
import { applyTransforms } from '../transforms/apply.ts';
import { startCallTree, type CallTreeOptions } from './build-call-tree.ts';
import type { Merge } from './merge.ts';
import { validateStacks } from './validate-stacks.ts';

/**
 * Merges two profiles into one tree with the weights of both on every node. Throws `invalid-stacks`
 * when their units differ.
 */
export function diffCallTrees(
  before: StackTable,
  after: StackTable,
  options: CallTreeOptions = {},
): DiffTree {
  const { merge, finish } = startDiff(before, after, options);
  merge.run();
  return finish();
}

/** The same, to be run a piece at a time: `finish` makes the tree once the merge has run. */
export function startDiff(
  before: StackTable,
  after: StackTable,
  { transforms = [], ...options }: CallTreeOptions = {},
): { readonly merge: Merge; finish(): DiffTree } {
  validateStacks(before);
  validateStacks(after);
  const first = applyTransforms(before, transforms);
  const second = applyTransforms(after, transforms);
  const merge = startCallTree(concatStackTables([first, second]), options);
  const finish = (): DiffTree => {
    const tree = merge.tree();
    return {
      ...tree,
      before: side(tree, first, merge.lastNode, 0),
      after: side(tree, second, merge.lastNode, first.weight.length),
    };
  };
  return { merge, finish };
}

/** Puts the weights of one profile, whose stacks start at `offset`, onto the nodes they ended in. */
function side(tree: CallTree, stacks: StackTable, lastNode: Uint32Array, offset: number): DiffSide {
  const self = new Float64Array(tree.length);
  const selfCount = new Float64Array(tree.length);
  for (let stack = 0; stack < stacks.weight.length; stack++) {
    const node = lastNode[offset + stack];
    self[node] += stacks.weight[stack];
    selfCount[node] += stacks.count[stack];
  }
  const other = otherNode(tree);
  if (other !== -1) {
    self[other] = stacks.otherWeight;
    selfCount[other] = stacks.otherCount;
  }
  const total = self.slice();
  const totalCount = selfCount.slice();
  // Children stand behind their parents: backwards, each total is complete before it is passed on.
  for (let node = tree.length - 1; node > 0; node--) {
    total[tree.parent[node]] += total[node];
    totalCount[tree.parent[node]] += totalCount[node];
  }
  return { self, total, selfCount, totalCount };
}

/** The node of what was left out of the stacks, or -1. */
export function otherNode(tree: CallTree): NodeIndex | -1 {
  for (let child = 1; child < tree.length; child = tree.end[child]) {
    if (tree.frame[child] === OTHER_FRAME) return child;
  }
  return -1;
}
