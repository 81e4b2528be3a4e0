import { frameKey } from '../frames/key.ts';
import type { StackTable } from '../model/stacks.ts';
import { OTHER_FRAME, type CallTree, type Granularity } from '../model/tree.ts';
import { framePath } from '../tree/frame-path.ts';

/** Weights of a node, by the path of frame keys that leads to it. */
export type NodesByPath = Map<
  string,
  [self: number, total: number, selfCount: number, totalCount: number]
>;

const pathText = (keys: readonly string[]) => keys.map((key) => JSON.stringify(key)).join(' > ');

/** The tree as the definition has it: every prefix of every stack is a node. Slow and plain. */
export function nodesOfStacks(
  stacks: StackTable,
  options: { granularity?: Granularity; invert?: boolean } = {},
): NodesByPath {
  const nodes: NodesByPath = new Map();
  const add = (keys: readonly string[], weight: number, count: number) => {
    for (let depth = 0; depth <= keys.length; depth++) {
      const path = pathText(keys.slice(0, depth));
      const node = nodes.get(path) ?? [0, 0, 0, 0];
      node[1] += weight;
      node[3] += count;
      if (depth === keys.length) {
        node[0] += weight;
        node[2] += count;
      }
      nodes.set(path, node);
    }
  };
  add([], 0, 0);
  for (const { frames, weight, count } of stacksOf(stacks)) {
    const keys = frames.map((frame) => frameKey(stacks.frames, frame, options.granularity));
    add(options.invert ? keys.reverse() : keys, weight, count);
  }
  if (stacks.otherWeight !== 0 || stacks.otherCount !== 0) {
    add([frameKey(stacks.frames, OTHER_FRAME)], stacks.otherWeight, stacks.otherCount);
  }
  return nodes;
}

export function nodesOfTree(tree: CallTree): NodesByPath {
  const nodes: NodesByPath = new Map();
  for (let node = 0; node < tree.length; node++) {
    const path = pathText(framePath(tree, node));
    if (nodes.has(path)) throw new Error(`Two nodes for ${path}`);
    nodes.set(path, [
      tree.self[node],
      tree.total[node],
      tree.selfCount[node],
      tree.totalCount[node],
    ]);
  }
  return nodes;
}

/** The stacks of a table as plain values, ROOT FIRST. */
export function stacksOf(
  stacks: StackTable,
): { frames: number[]; weight: number; count: number }[] {
  return Array.from(stacks.weight, (weight, stack) => ({
    frames: [
      ...stacks.frameIndex.subarray(stacks.stackOffset[stack], stacks.stackOffset[stack + 1]),
    ],
    weight,
    count: stacks.count[stack],
  }));
}

/** The stacks of a table as lines of labels, sorted: what a person would write down. */
export function foldedLines(stacks: StackTable, label: (frame: number) => string): string[] {
  const lines = new Map<string, number>();
  for (const { frames, weight } of stacksOf(stacks)) {
    const line = frames.map(label).join(';');
    lines.set(line, (lines.get(line) ?? 0) + weight);
  }
  return [...lines].map(([line, weight]) => `${line} ${weight}`).sort();
}
