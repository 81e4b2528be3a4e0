import type { CallTree } from '../model/tree.ts';
import { buildCallTree } from './build-call-tree.ts';
import { stacksOfTree } from './stacks-of-tree.ts';

/**
 * Turns a tree round: under the root stand the functions that samples ended in, under each of them
 * its callers. Inverting again gives the first tree back, without the nodes that have neither weight nor
 * samples, which are in no total.
 *
 *     top-down           inverted
 *     main      10       hash      7
 *       hash     7         main    7
 *       parse    3       parse     3
 *                          main    3
 *
 * From stacks, `buildCallTree(stacks, { invert: true })` gets there directly.
 */
export function invertTree(tree: CallTree): CallTree {
  const { frames, granularity, inverted } = tree;
  return buildCallTree({ ...stacksOfTree(tree), frames }, { granularity, invert: !inverted });
}
