import type { DiffSide, DiffTree } from '../model/diff.ts';
import type { StackTable } from '../model/stacks.ts';
import type { CallTree } from '../model/tree.ts';
import { allAtOnce, type Steps } from '../sort/steps.ts';
import { applyTransforms } from '../transforms/apply.ts';
import { withLabelsOf } from '../transforms/labels.ts';
import { mergeOf, type CallTreeOptions } from './build-call-tree.ts';
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
  validateStacks(before);
  validateStacks(after);
  const { transforms = [] } = options;
  const sides: DiffTables = [
    applyTransforms(withLabelsOf(before, after), transforms),
    applyTransforms(withLabelsOf(after, before), transforms),
  ];
  const merge = allAtOnce(mergeOf(sides, options));
  merge.run();
  return allAtOnce(diffOf(merge, sides));
}

/** The tables of a diff as they are merged. */
export type DiffTables = readonly [before: StackTable, after: StackTable];

/** The tree of a merge of both tables that has run. */
export function* diffOf(merge: Merge, [before, after]: DiffTables): Steps<DiffTree> {
  const tree = merge.tree();
  yield 1;
  const first = side(tree, before, merge, 0);
  yield 1;
  return {
    ...tree,
    before: first,
    after: side(tree, after, merge, before.weight.length),
    samplingRate: { before: before.samplingRate ?? 1, after: after.samplingRate ?? 1 },
  };
}

/** Puts the weights of one profile, whose stacks start at `offset`, onto the nodes they ended in. */
function side(tree: CallTree, stacks: StackTable, { lastNode }: Merge, offset: number): DiffSide {
  const self = new Float64Array(tree.length);
  const selfCount = new Float64Array(tree.length);
  for (let stack = 0; stack < stacks.weight.length; stack++) {
    const node = lastNode[offset + stack];
    self[node] += stacks.weight[stack];
    selfCount[node] += stacks.count[stack];
  }
  const { otherWeight, otherCount } = stacks;
  if (otherWeight !== 0 || otherCount !== 0) {
    // More of it may have come with labels.
    const otherNode = lastNode[lastNode.length - 1];
    self[otherNode] += otherWeight;
    selfCount[otherNode] += otherCount;
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
