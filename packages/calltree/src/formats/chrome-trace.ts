import { Budget } from './budget.ts';
import { stacksOfCpuProfile } from './cpuprofile.ts';
import { asArray, asObject, asText, toNumber, type JsonObject } from './guards.ts';
import type { NamedStacks } from './named-stacks.ts';
import { idOf, stackTablesFromEvents } from './trace-events.ts';

/** A CPU profile in a trace, put together from its parts. */
interface Recording {
  /** What its thread is called. */
  readonly name: string;
  readonly profile: JsonObject;
}

/** A profile that is being put together. */
interface Parts extends JsonObject {
  /** Of the process and the thread that it is of. */
  readonly thread: string;
  nodes: JsonObject[];
  samples: unknown[];
  readonly timeDeltas: unknown[];
  startTime?: unknown;
  endTime?: unknown;
}

/**
 * Reads the CPU profiles in a trace as the Performance panel of Chromium saves it, that of the page first.
 * An event `Profile` begins one, and each `ProfileChunk` with its id adds nodes and samples, wherever in the
 * file they stand; old versions have it whole, as `CpuProfile`. A trace without any is read as its events.
 *
 * A trace that has run full lacks chunks: nodes whose callers are lost stand below the root, samples whose
 * nodes are lost belong to the root itself, and a recording whose beginning is lost is left out. Throws
 * `invalid-format`, naming the place.
 * Source: https://chromium.googlesource.com/v8/v8/+/main/src/profiler/profile-generator.cc
 */
export function stackTablesFromTrace(root: object): NamedStacks[] {
  const list = asArray(
    Array.isArray(root) ? root : asObject(root, 'file').traceEvents,
    'traceEvents',
  );
  const recordings = recordingsOfTrace(list);
  if (recordings.length === 0) return stackTablesFromEvents(list);
  const budget = new Budget();
  return recordings.map(({ name, profile }) => ({
    name,
    stacks: stacksOfCpuProfile(profile, budget),
  }));
}

function recordingsOfTrace(list: readonly unknown[]): Recording[] {
  const threads = new Map<unknown, string>();
  const events: { readonly event: JsonObject; readonly place: string }[] = [];
  list.forEach((value, i) => {
    const place = `traceEvents[${i}]`;
    const event = asObject(value, place);
    if (event.name === 'thread_name') {
      const { name } = asObject(event.args, `${place}.args`);
      threads.set(threadOf(event), asText(name, `${place}.args.name`));
    } else if (PARTS.has(event.name)) events.push({ event, place });
  });
  // Threads write their events when they get to it.
  events.sort((a, b) => toNumber(a.event.ts) - toNumber(b.event.ts));
  const recordings = new Map<string, Parts>();
  for (const { event, place } of events) addEvent(recordings, event, place);
  return [...recordings.values()]
    .filter(({ samples }) => samples.length > 0)
    .map((profile) => {
      mend(profile);
      return { name: threads.get(profile.thread) ?? `thread ${profile.thread}`, profile };
    })
    .sort((a, b) => Number(b.name === PAGE) - Number(a.name === PAGE));
}

const PARTS: ReadonlySet<unknown> = new Set(['Profile', 'ProfileChunk', 'CpuProfile']);

/** The thread that runs the scripts of a page, and draws it. */
const PAGE = 'CrRendererMain';

function threadOf({ pid, tid }: JsonObject): string {
  return `${idOf(tid)} of process ${idOf(pid)}`;
}

function addEvent(recordings: Map<string, Parts>, event: JsonObject, place: string): void {
  const thread = threadOf(event);
  // Processes number their recordings alike.
  const id = event.id === undefined ? thread : `${idOf(event.id)} of ${idOf(event.pid)}`;
  const data = asObject(asObject(event.args ?? {}, `${place}.args`).data ?? {}, `${place}.data`);
  if (event.name !== 'ProfileChunk') {
    recordings.set(id, { thread, nodes: [], samples: [], timeDeltas: [] });
  }
  const recording = recordings.get(id);
  if (!recording) return;
  const profile: JsonObject = {
    ...asObject(data.cpuProfile ?? {}, `${place}.cpuProfile`),
    ...data,
  };
  const each = (list: string, add: (value: unknown) => void) => {
    asArray(profile[list] ?? [], `${place}.${list}`).forEach(add);
  };
  each('nodes', (node) => recording.nodes.push(asObject(node, `${place}.nodes`)));
  each('samples', (sample) => recording.samples.push(sample));
  each('timeDeltas', (delta) => recording.timeDeltas.push(delta));
  recording.startTime ??= profile.startTime;
  recording.endTime = profile.endTime ?? recording.endTime;
}

/** Hangs on the root what hangs on nothing. */
function mend(recording: Parts): void {
  const ids = new Set(recording.nodes.map(({ id }) => id));
  const root = { id: 'root', callFrame: {} };
  recording.nodes = recording.nodes.map((node) =>
    node.parent === undefined || ids.has(node.parent) ? node : { ...node, parent: root.id },
  );
  recording.nodes.push(root);
  recording.samples = recording.samples.map((id) => (ids.has(id) ? id : root.id));
}
