import { StackTableBuilder } from '../build/stack-table-builder.ts';
import type { FrameIndex } from '../model/frames.ts';
import { asArray, asIndex, asNumber, asObject, asText, malformed, parseJson } from './guards.ts';
import type { NamedStacks } from './named-stacks.ts';

/** Whether a value out of JSON is a CPU profile of V8. */
export function isCpuProfile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'nodes' in value && 'timeDeltas' in value;
}

/**
 * Reads a CPU profile as Node (`--cpu-prof`) and Chromium write it (`.cpuprofile`), as CPU time in
 * nanoseconds. A sample lasts until the next one. V8's `(root)` is left out; `(program)`, `(idle)` and
 * `(garbage collector)` stay. Throws `invalid-format`, naming the place.
 * Source: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 */
export function stackTablesFromCpuProfile(file: string | object): NamedStacks[] {
  const root = asObject(typeof file === 'string' ? parseJson(file) : file, 'file');
  const builder = new StackTableBuilder({ unit: 'nanoseconds' });
  const nodes = asArray(root.nodes, 'nodes').map((value, i) => asObject(value, `nodes[${i}]`));
  const indexOfId = new Map(nodes.map((node, i) => [node.id, i]));
  const frames = nodes.map((node, i): FrameIndex => {
    const place = `nodes[${i}].callFrame`;
    const frame = asObject(node.callFrame, place);
    const line = typeof frame.lineNumber === 'number' ? frame.lineNumber + 1 : 0;
    return builder.addFrame({
      name: asText(frame.functionName, `${place}.functionName`) || '(anonymous)',
      file: asText(frame.url, `${place}.url`),
      line,
      kind: 'v8js',
    });
  });

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

  const deltas = asArray(root.timeDeltas, 'timeDeltas');
  const samples = asArray(root.samples, 'samples').map((id, i) =>
    asIndex(indexOfId.get(id), nodes.length, `samples[${i}]`),
  );
  samples.forEach((node, i) => {
    // timeDeltas[i] is the time from the sample before to this one, so the next one ends it.
    const micros = i + 1 < samples.length ? asNumber(deltas[i + 1], `timeDeltas[${i + 1}]`) : 0;
    const stack: FrameIndex[] = [];
    for (let at = node; at !== -1; at = parent[at]) {
      if (stack.length > nodes.length)
        throw malformed(`samples[${i}]`, 'its callers go in a circle');
      if (parent[at] !== -1) stack.push(frames[at]);
    }
    // Clocks of threads may run backwards by a little.
    builder.addStack(stack.reverse(), Math.max(micros, 0) * 1000);
  });
  return [{ name: 'CPU', stacks: builder.build() }];
}
