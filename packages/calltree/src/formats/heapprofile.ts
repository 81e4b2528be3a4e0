import { Budget } from './budget.ts';
import { asArray, asNumber, asObject, type JsonObject } from './guards.ts';
import type { NamedStacks } from './named-stacks.ts';
import { flattened, stacksOfNodes, type NodeSum } from './v8-nodes.ts';

/**
 * Reads a sampling heap profile as Node (`--heap-prof`) and Chromium write it (`.heapprofile`): the bytes
 * that functions have allocated, as far as they are still in use. V8's `(root)` is left out. Throws
 * `invalid-format`, naming the place; nodes are counted callers first, level by level.
 * Source: https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile
 */
export function stackTablesFromHeapProfile(root: JsonObject): NamedStacks[] {
  const { nodes, parent } = flattened(root.head, 'head');
  const counts = new Map<unknown, number>();
  asArray(root.samples ?? [], 'samples').forEach((sample, i) => {
    const { nodeId } = asObject(sample, `samples[${i}]`);
    counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1);
  });
  const sums = new Map<number, NodeSum>();
  nodes.forEach(({ id, selfSize }, i) => {
    const place = `nodes[${i}].selfSize`;
    const weight = asNumber(selfSize, place);
    // Old versions do not have the samples.
    if (weight !== 0) sums.set(i, { place, weight, count: counts.get(id) ?? 1 });
  });
  return [{ name: 'Heap', stacks: stacksOfNodes(nodes, parent, sums, 'bytes', new Budget()) }];
}
