import type { FrameIndex } from '../model/frames.ts';
import type { StackTable, Unit } from '../model/stacks.ts';
import { BoundedStacks, checkDepth, type Budget } from './budget.ts';
import { asArray, asObject, asText, malformed, type JsonObject } from './guards.ts';
import { Places } from './places.ts';

/** The nodes of a tree, callers before what they call, and the place of its caller for each, or -1. */
export function flattened(
  head: unknown,
  place: string,
): { readonly nodes: readonly JsonObject[]; readonly parent: readonly number[] } {
  const nodes = [asObject(head, place)];
  const parent = [-1];
  for (let at = 0; at < nodes.length; at++) {
    for (const child of asArray(nodes[at].children ?? [], `${place}: children of node ${at}`)) {
      nodes.push(asObject(child, `${place}: a child of node ${at}`));
      parent.push(at);
    }
  }
  return { nodes, parent };
}

/** What the samples of a node weigh, and where the file has the first of them. */
export interface NodeSum {
  readonly place: string;
  weight: number;
  count: number;
}

/**
 * The stacks of nodes that have samples, without the root. Functions of one name in one file are named by
 * their places as well. Throws `invalid-format`, naming the place in the list `nodes`.
 * Source: https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-CallFrame
 */
export function stacksOfNodes(
  nodes: readonly JsonObject[],
  parent: ArrayLike<number>,
  sums: ReadonlyMap<number, NodeSum>,
  unit: Unit,
  budget: Budget,
): StackTable {
  const stacks = new BoundedStacks(unit, budget, 'file');
  const frames = framesOf(nodes, stacks);
  sums.forEach(({ place, weight, count }, node) => {
    const stack: FrameIndex[] = [];
    for (let at = node; at !== -1; at = parent[at]) {
      if (stack.length > nodes.length) throw malformed(place, 'its callers go in a circle');
      checkDepth(stack.length, place);
      if (parent[at] !== -1) stack.push(frames[at]);
    }
    stacks.addStack(stack.reverse(), place, weight, count);
  });
  return stacks.build();
}

/** Lines and columns of V8 count from 0 on; what is in no file has -1. */
function framesOf(nodes: readonly JsonObject[], stacks: BoundedStacks): readonly FrameIndex[] {
  const places = new Places();
  const functions = nodes.map((node, i) => {
    const place = `nodes[${i}].callFrame`;
    const frame = asObject(node.callFrame, place);
    const read = {
      name: asText(frame.functionName, `${place}.functionName`) || '(anonymous)',
      file: asText(frame.url, `${place}.url`),
      line: fromOne(frame.lineNumber),
      column: fromOne(frame.columnNumber),
    };
    places.add(read);
    return read;
  });
  return functions.map((read, i) => {
    const { file, line } = read;
    const name = places.nameOf(read);
    return stacks.addFrame({ name, file, line, kind: 'v8js' }, `nodes[${i}].callFrame`);
  });
}

function fromOne(fromZero: unknown): number {
  return typeof fromZero === 'number' ? fromZero + 1 : 0;
}
