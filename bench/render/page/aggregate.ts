import type { StackTable } from '@hyperflame/calltree';

/** A call tree as most packages want it: objects in objects. */
export interface TreeNode {
  name: string;
  value: number;
  self: number;
  children: TreeNode[];
}

/** Beyond this many callees they are looked up by a map. */
const FEW = 8;

/**
 * Merges stacks into nested objects, as fast as that can be done: the package pays for a good
 * aggregation, not for a bad one.
 */
export function aggregate({ frames, stackOffset, frameIndex, weight }: StackTable): TreeNode {
  const { strings, name } = frames;
  const frameOf: number[][] = [[]];
  const childrenOf: number[][] = [[]];
  const byFrame: (Map<number, number> | undefined)[] = [undefined];
  const root: TreeNode = { name: 'all', value: 0, self: 0, children: [] };
  const nodes: TreeNode[] = [root];
  for (let stack = 0; stack < weight.length; stack++) {
    let at = 0;
    root.value += weight[stack];
    for (let i = stackOffset[stack]; i < stackOffset[stack + 1]; i++) {
      const frame = frameIndex[i];
      const known = byFrame[at];
      let next: number | undefined;
      if (known) next = known.get(frame);
      else {
        const place = frameOf[at].indexOf(frame);
        if (place !== -1) next = childrenOf[at][place];
      }
      if (next === undefined) {
        next = nodes.length;
        const node: TreeNode = { name: strings[name[frame]], value: 0, self: 0, children: [] };
        nodes.push(node);
        nodes[at].children.push(node);
        frameOf.push([]);
        childrenOf.push([]);
        byFrame.push(undefined);
        frameOf[at].push(frame);
        childrenOf[at].push(next);
        if (known) known.set(frame, next);
        else if (frameOf[at].length > FEW) {
          const own = childrenOf[at];
          byFrame[at] = new Map(frameOf[at].map((each, place) => [each, own[place]]));
        }
      }
      at = next;
      nodes[at].value += weight[stack];
    }
    nodes[at].self += weight[stack];
  }
  return root;
}

/** A node with its place: callers first, callees from left to right. */
export interface Placed {
  readonly node: TreeNode;
  readonly depth: number;
  readonly start: number;
}

/** Walks a tree depth first, without recursion. */
export function walk(root: TreeNode, visit: (placed: Placed) => void): void {
  const waiting: Placed[] = [{ node: root, depth: 0, start: 0 }];
  for (let placed = waiting.pop(); placed; placed = waiting.pop()) {
    visit(placed);
    const { node, depth } = placed;
    let start = placed.start + node.value;
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i];
      start -= child.value;
      waiting.push({ node: child, depth: depth + 1, start: start - node.self });
    }
  }
}
