import type { FrameIndex } from '../model/frames.ts';
import { BoundedStacks, Budget, checkDepth } from './budget.ts';
import { framesOfV8 } from './call-frames.ts';
import { asArray, asIndex, asNumber, asObject, malformed, type JsonObject } from './guards.ts';
import { parseJson } from './parse-json.ts';
import type { NamedStacks } from './named-stacks.ts';

/** Whether a value out of JSON is a CPU profile of V8. */
export function isCpuProfile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'nodes' in value && 'timeDeltas' in value;
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
  const stacks = new BoundedStacks('nanoseconds', new Budget(), 'file');
  const nodes = asArray(root.nodes, 'nodes').map((value, i) => asObject(value, `nodes[${i}]`));
  const indexOfId = new Map(nodes.map((node, i) => [node.id, i]));
  const frames = framesOfV8(nodes, 'nodes').map((frame, i) =>
    stacks.addFrame(frame, `nodes[${i}].callFrame`),
  );

  const parent = parentsOf(nodes, indexOfId);
  const samples = asArray(root.samples, 'samples').map((id, i) =>
    asIndex(indexOfId.get(id), nodes.length, `samples[${i}]`),
  );
  const micros = durations(root, samples.length);
  // Most samples are of few nodes, whose stacks may be deep.
  const sums = new Map<number, { first: number; micros: number; count: number }>();
  samples.forEach((node, i) => {
    let sum = sums.get(node);
    if (!sum) sums.set(node, (sum = { first: i, micros: 0, count: 0 }));
    sum.micros += micros[i];
    sum.count++;
  });
  sums.forEach(({ first, micros, count }, node) => {
    const place = `samples[${first}]`;
    const stack: FrameIndex[] = [];
    for (let at = node; at !== -1; at = parent[at]) {
      if (stack.length > nodes.length) throw malformed(place, 'its callers go in a circle');
      checkDepth(stack.length, place);
      if (parent[at] !== -1) stack.push(frames[at]);
    }
    stacks.addStack(stack.reverse(), place, micros * 1000, count);
  });
  return [{ name: 'CPU', stacks: stacks.build() }];
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
