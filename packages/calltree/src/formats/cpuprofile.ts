import type { StackTable } from '../model/stacks.ts';
import { Budget } from './budget.ts';
import { asArray, asIndex, asNumber, asObject, malformed, type JsonObject } from './guards.ts';
import { parseJson } from './parse-json.ts';
import type { NamedStacks } from './named-stacks.ts';
import { flattened, stacksOfNodes, type NodeSum } from './v8-nodes.ts';

/** Whether a value out of JSON is a CPU profile of V8, of now or as it was. */
export function isCpuProfile(value: object): boolean {
  return ('nodes' in value && 'timeDeltas' in value) || ('head' in value && 'timestamps' in value);
}

/**
 * Reads a CPU profile as Node (`--cpu-prof`) and Chromium write it (`.cpuprofile`), as CPU time in
 * nanoseconds. A sample lasts until the next one, the last until the end of the profile. V8's `(root)`
 * is left out; `(program)`, `(idle)` and `(garbage collector)` stay. Functions of one name in one file are
 * named by their places as well. Throws `invalid-format`, naming the place.
 * Source: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 */
export function stackTablesFromCpuProfile(file: string | object): NamedStacks[] {
  const root = asObject(typeof file === 'string' ? parseJson(file) : file, 'file');
  const profile = 'head' in root ? withNodes(root) : root;
  return [{ name: 'CPU', stacks: stacksOfCpuProfile(profile, new Budget()) }];
}

/** The stacks of one profile of a file. */
export function stacksOfCpuProfile(root: JsonObject, budget: Budget): StackTable {
  const nodes = asArray(root.nodes, 'nodes').map((value, i) => asObject(value, `nodes[${i}]`));
  const indexOfId = new Map(nodes.map((node, i) => [node.id, i]));
  const samples = asArray(root.samples, 'samples').map((id, i) =>
    asIndex(indexOfId.get(id), nodes.length, `samples[${i}]`),
  );
  const micros = durations(root, samples.length);
  // Most samples are of few nodes, whose stacks may be deep.
  const sums = new Map<number, NodeSum>();
  samples.forEach((node, i) => {
    let sum = sums.get(node);
    if (!sum) sums.set(node, (sum = { place: `samples[${i}]`, weight: 0, count: 0 }));
    sum.weight += micros[i] * 1000;
    sum.count++;
  });
  return stacksOfNodes(nodes, parentsOf(nodes, indexOfId), sums, 'nanoseconds', budget);
}

/**
 * A profile as it was before nodes were a list: a tree below `head`, where lines and columns count from
 * 1 on, samples have times, and the whole has seconds.
 */
function withNodes(root: JsonObject): JsonObject {
  const { nodes, parent } = flattened(root.head, 'head');
  const times = asArray(root.timestamps, 'timestamps').map((time, i) =>
    asNumber(time, `timestamps[${i}]`),
  );
  const fromZero = (place: unknown) => (typeof place === 'number' ? place - 1 : undefined);
  return {
    nodes: nodes.map((node, i) => ({
      id: node.id,
      parent: parent[i] === -1 ? undefined : nodes[parent[i]].id,
      callFrame: {
        functionName: node.functionName,
        url: node.url,
        lineNumber: fromZero(node.lineNumber),
        columnNumber: fromZero(node.columnNumber),
      },
    })),
    samples: root.samples,
    timeDeltas: times.map((time, i) => (i === 0 ? 0 : time - times[i - 1])),
    startTime: 0,
    endTime: typeof root.endTime === 'number' ? root.endTime * 1e6 - times[0] : undefined,
  };
}

/**
 * The node that called each, or -1. Nodes have lists of their children, but in a profile put together
 * from the chunks in a trace of Chromium each names its parent.
 */
function parentsOf(
  nodes: readonly JsonObject[],
  indexOfId: ReadonlyMap<unknown, number>,
): Int32Array {
  const parent = new Int32Array(nodes.length).fill(-1);
  nodes.forEach((node, i) => {
    asArray(node.children ?? [], `nodes[${i}].children`).forEach((id, c) => {
      const place = `nodes[${i}].children[${c}]`;
      const child = indexOfId.get(id);
      if (child === undefined) throw malformed(place, 'there is no such node');
      if (parent[child] !== -1) throw malformed(place, 'the node has a parent already');
      parent[child] = i;
    });
  });
  const haveChildren = parent.some((above) => above !== -1);
  nodes.forEach((node, i) => {
    const id = node.parent ?? undefined;
    if (id === undefined) return;
    const place = `nodes[${i}].parent`;
    const above = indexOfId.get(id);
    if (above === undefined) throw malformed(place, 'there is no such node');
    if (haveChildren && parent[i] !== above) {
      throw malformed(place, 'that node does not have it among its children');
    }
    parent[i] = above;
  });
  return parent;
}

/**
 * Microseconds that each sample lasts. `timeDeltas[i]` is the time from the sample before to this one,
 * of the first from `startTime` on.
 *
 *     timeDeltas   0  100  -50  100    endTime 170
 *     at           0  100   50  150
 *     never back   0  100  100  150
 *     lasts      100    0   50   20
 *
 * Clocks of threads may run backwards by a little: time that has been given to one sample is not
 * given to another again.
 */
function durations({ timeDeltas, startTime, endTime }: JsonObject, length: number): Float64Array {
  const deltas = asArray(timeDeltas, 'timeDeltas');
  const lasts = new Float64Array(length);
  let at = 0;
  let latest = -Infinity;
  for (let i = 0; i < length; i++) {
    at += asNumber(deltas[i], `timeDeltas[${i}]`);
    if (i > 0) lasts[i - 1] = Math.max(at - latest, 0);
    latest = Math.max(at, latest);
  }
  if (length > 0 && typeof startTime === 'number' && typeof endTime === 'number') {
    lasts[length - 1] = Math.max(endTime - startTime - latest, 0);
  }
  return lasts;
}
