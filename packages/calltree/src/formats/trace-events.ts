import type { FrameInput } from '../build/frame-table-builder.ts';
import type { LabelSet } from '../build/label-sets.ts';
import type { FrameIndex } from '../model/frames.ts';
import { BoundedStacks, Budget, checkDepth } from './budget.ts';
import { asNumber, asObject, asText, malformed, type JsonObject } from './guards.ts';
import type { NamedStacks } from './named-stacks.ts';

/**
 * Reads the events of a trace that begin and end on a thread: `B` and `E`, and `X` with a duration. The
 * stack at any moment is what is open then, in the order in which it began, and weighs the time that
 * nothing else begins or ends; an event counts once. Threads and processes are labels.
 *
 *     B main 0   X hash 2 to 5   E main 9      main weighs 6 µs, main;hash 3 µs
 *
 * Events may stand in any order. An `E` ends the last `B` of its name, or the last one where it has no
 * name, and with it each `B` inside, whose end is lost; it is left out where there is none. What never
 * ends, lasts until the last time of its thread. All others have no thread's stack: asynchronous events,
 * flows, counters, marks. Throws `invalid-format`, naming the place.
 * Source: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export function stackTablesFromEvents(
  list: readonly unknown[],
  budget = new Budget(),
): NamedStacks[] {
  const threads = new Map<string, TraceThread>();
  const processes = new Map<unknown, string>();
  const threadOf = ({ pid, tid }: JsonObject): TraceThread => {
    const key = JSON.stringify([pid, tid]);
    let thread = threads.get(key);
    if (!thread) threads.set(key, (thread = { pid, tid, name: '', events: [] }));
    return thread;
  };
  let first = Infinity;
  list.forEach((value, i) => {
    const place = `traceEvents[${i}]`;
    const event = asObject(value, place);
    if (event.ph === 'B' || event.ph === 'E' || event.ph === 'X') {
      first = Math.min(first, asNumber(event.ts, `${place}.ts`));
      threadOf(event).events.push({ event, place });
    } else if (event.ph === 'M' && event.name === 'thread_name') {
      threadOf(event).name = nameIn(event, place);
    } else if (event.ph === 'M' && event.name === 'process_name') {
      processes.set(event.pid, nameIn(event, place));
    }
  });
  if (first === Infinity) {
    throw malformed(
      'traceEvents',
      'this trace has neither a CPU profile nor events that begin and end on a thread; those that ' +
        'are asynchronous, counters and marks have no stacks',
    );
  }
  const stacks = new BoundedStacks('nanoseconds', budget, 'traceEvents');
  for (const { pid, tid, name, events } of threads.values()) {
    if (events.length === 0) continue;
    const [{ place }] = events;
    const labels = stacks.addLabels(
      {
        'thread.name': name,
        'thread.id': idOf(tid),
        'process.pid': idOf(pid),
        'process.title': processes.get(pid) ?? '',
      },
      place,
    );
    const calls = new Calls(stacks, budget);
    readThread(calls, inOrder(events, first));
    calls.addStacks(labels, place);
  }
  return [{ name: 'Time', stacks: stacks.build() }];
}

interface TraceThread {
  readonly pid: unknown;
  readonly tid: unknown;
  name: string;
  readonly events: { readonly event: JsonObject; readonly place: string }[];
}

/** An event in whole nanoseconds since the first of the trace, which add up without a fraction. */
interface TraceEvent {
  readonly event: JsonObject;
  readonly place: string;
  readonly at: number;
  /** When it ends if it says so itself, else never. */
  readonly end: number;
}

function nameIn(event: JsonObject, place: string): string {
  return asText(asObject(event.args, `${place}.args`).name, `${place}.args.name`);
}

/** A thread's or a process's. */
export function idOf(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? `${value}` : '';
}

/** Of those that begin at once, the one that lasts longer is around the other. */
function inOrder(events: TraceThread['events'], first: number): TraceEvent[] {
  const read = events.map(({ event, place }) => {
    const since = asNumber(event.ts, `${place}.ts`) - first;
    // One without a duration had not ended when the trace did.
    const lasts =
      event.ph === 'X' && event.dur !== undefined
        ? Math.max(0, asNumber(event.dur, `${place}.dur`))
        : Infinity;
    const at = Math.round(since * 1000);
    if (!Number.isFinite(at)) throw malformed(`${place}.ts`, 'too large a number');
    return {
      ...{ event, place, at },
      end: Math.round((since + lasts) * 1000),
    };
  });
  // Begins and ends at one time are as they were written, and before what says itself how long it is.
  const isWhole = ({ event }: TraceEvent) => Number(event.ph === 'X');
  return read.sort((a, b) => a.at - b.at || isWhole(a) - isWhole(b) || compareEnds(a, b));
}

function compareEnds({ end }: TraceEvent, other: TraceEvent): number {
  return end === other.end ? 0 : other.end - end;
}

function readThread(calls: Calls, events: readonly TraceEvent[]): void {
  let last = 0;
  for (const event of events) {
    calls.goTo(event.at);
    last = Math.max(last, event.at, event.end === Infinity ? 0 : event.end);
    if (event.event.ph === 'E') calls.close(event);
    else calls.open(event);
  }
  calls.goTo(last);
}

/** What a tracer of functions puts behind their names: `parse (shop/parse.py:12)` */
const PLACE = /^(.+\.\w+):(\d+)\)$/;

function frameOf({ event, place }: TraceEvent): FrameInput {
  const text = asText(event.name, `${place}.name`) || '(unnamed)';
  const { args } = event;
  // Only with a line is this where the function is, and not what it was called with.
  if (typeof args === 'object' && args !== null && 'line' in args) {
    const { line, filename, file, url } = args as JsonObject;
    const where = filename ?? file ?? url;
    if (typeof line === 'number' && typeof where === 'string') {
      return { name: text, file: where, line };
    }
  }
  const bracket = text.lastIndexOf(' (');
  const [, where, line] = (bracket > 0 && PLACE.exec(text.slice(bracket + 2))) || [];
  if (where === undefined) return { name: text };
  return { name: text.slice(0, bracket), file: where, line: Number(line) };
}

/** A call that has not ended yet. */
interface OpenCall {
  readonly event: TraceEvent;
  readonly frame: FrameIndex;
  /** The stack that it is the last frame of. */
  readonly node: number;
  /** When the first of those up to this one ends, as far as they say so. */
  readonly soonest: number;
}

/** Bytes that a stack takes while its calls go on. */
const PER_NODE = 100;

/** To take a call off and put it on again takes as long as to go through so many frames. */
const STEPS_PER_CALL = 64;

/**
 * The calls of a thread, as a tree of stacks: one of ten thousand frames, of which the last comes and goes, is
 * not gone through each time.
 */
class Calls {
  readonly #stacks: BoundedStacks;
  readonly #budget: Budget;
  readonly #open: OpenCall[] = [];
  /** How many of them wait for their end, by name. */
  readonly #waiting = new Map<unknown, number>();
  #now = 0;
  /** Open addressing by caller and frame; 0 is free. Node 0 is the thread itself, where nothing is open. */
  #slots = new Uint32Array(128);
  readonly #parent = [0];
  readonly #frame = [0];
  readonly #weight = [0];
  readonly #count = [0];

  constructor(stacks: BoundedStacks, budget: Budget) {
    this.#stacks = stacks;
    this.#budget = budget;
  }

  open(event: TraceEvent): void {
    checkDepth(this.#open.length + 1, event.place);
    if (isWaiting(event)) this.#addWaiting(event, 1);
    this.#push(event, this.#stacks.addFrame(frameOf(event), event.place));
    this.#count[this.#top().node]++;
  }

  /** What waits for its end inside of what ends has lost it. */
  close({ event: { name } }: TraceEvent): void {
    if (name && !this.#waiting.get(name)) return;
    const from = this.#open.findLastIndex(
      ({ event }) => isWaiting(event) && (!name || event.event.name === name),
    );
    if (from !== -1) this.#end(from, ({ event }) => isWaiting(event));
  }

  /** Gives the time until then to what is open, and ends what ends by then. */
  goTo(time: number): void {
    while (this.#top().soonest <= time) {
      const { soonest } = this.#top();
      this.#spend(soonest);
      let from = this.#open.length - 1;
      while (from > 0 && this.#open[from - 1].soonest <= soonest) from--;
      this.#end(from, ({ event }) => event.end <= soonest);
    }
    this.#spend(time);
  }

  addStacks(labels: LabelSet, place: string): void {
    for (let node = 1; node < this.#parent.length; node++) {
      // Frames that call the next one at once would be stacks without weight.
      if (this.#weight[node] === 0) continue;
      const stack: FrameIndex[] = [];
      for (let at = node; at !== 0; at = this.#parent[at]) stack.push(this.#frame[at]);
      this.#stacks.addStack(stack.reverse(), place, this.#weight[node], this.#count[node], labels);
    }
  }

  #top(): Pick<OpenCall, 'node' | 'soonest'> {
    return this.#open.at(-1) ?? { node: 0, soonest: Infinity };
  }

  #spend(until: number): void {
    if (this.#open.length > 0) this.#weight[this.#top().node] += until - this.#now;
    this.#now = until;
  }

  #push(event: TraceEvent, frame: FrameIndex): void {
    const { node: caller, soonest } = this.#top();
    const node = this.#nodeOf(caller, frame, event.place);
    this.#open.push({ event, frame, node, soonest: Math.min(soonest, event.end) });
  }

  #nodeOf(caller: number, frame: FrameIndex, place: string): number {
    const slot = this.#slotOf(caller, frame);
    if (this.#slots[slot] !== 0) return this.#slots[slot];
    this.#budget.memory.take(PER_NODE, place);
    const node = this.#parent.push(caller) - 1;
    this.#frame.push(frame);
    this.#weight.push(0);
    this.#count.push(0);
    this.#slots[slot] = node;
    if (node * 2 > this.#slots.length) this.#rehash();
    return node;
  }

  #slotOf(caller: number, frame: FrameIndex): number {
    const mask = this.#slots.length - 1;
    const mixed = Math.imul(Math.imul(caller, 0x9e3779b1) ^ frame, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (;;) {
      const node = this.#slots[slot];
      if (node === 0 || (this.#parent[node] === caller && this.#frame[node] === frame)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #rehash(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let node = 1; node < this.#parent.length; node++) {
      this.#slots[this.#slotOf(this.#parent[node], this.#frame[node])] = node;
    }
  }

  /** What goes on is called by what was open before. */
  #end(from: number, ends: (call: OpenCall) => boolean): void {
    const calls = this.#open.splice(from);
    this.#budget.go((calls.length - 1) * STEPS_PER_CALL, calls[0].event.place);
    for (const call of calls) {
      if (!ends(call)) this.#push(call.event, call.frame);
      else if (isWaiting(call.event)) this.#addWaiting(call.event, -1);
    }
  }

  #addWaiting({ event: { name } }: TraceEvent, calls: number): void {
    this.#waiting.set(name, (this.#waiting.get(name) ?? 0) + calls);
  }
}

/** Whether an event ends with another one. */
function isWaiting({ event }: TraceEvent): boolean {
  return event.ph === 'B';
}
