import type { LabelSet } from '../build/label-sets.ts';
import type { FrameIndex } from '../model/frames.ts';
import type { StackTable, Unit } from '../model/stacks.ts';
import { BoundedStacks, Budget } from './budget.ts';
import { FirefoxTables, type FirefoxContext } from './firefox-tables.ts';
import { threadsOfGecko, type FirefoxThread } from './gecko.ts';
import {
  asArray,
  asNumber,
  asObject,
  asText,
  malformed,
  toNumber,
  type JsonObject,
} from './guards.ts';
import type { NamedStacks } from './named-stacks.ts';
import { Places } from './places.ts';
import { baseUnit } from '../model/base-unit.ts';

/**
 * Reads a profile of the Firefox Profiler, as profiler.firefox.com, samply and others write it, or as it
 * comes out of Firefox itself. What the profiler shows first comes first: samples, as the time between
 * two of them. Each kind of weight that a thread has is a table with all threads in it; their names and
 * processes, and the categories of stacks, are labels. As there, samples without a stack are left out.
 * Markers and counters have no stacks that weigh anything. Throws `invalid-format`, naming the place.
 * Source: https://github.com/firefox-devtools/profiler/blob/main/src/types/profile.ts
 */
export function stackTablesFromFirefox(root: JsonObject): NamedStacks[] {
  const meta = asObject(root.meta, 'meta');
  const context = contextOf(meta);
  const threads = withTables(root, context);
  const budget = new Budget();
  const tables = kindsOf(meta).flatMap(({ name, unit, samplesOf }) => {
    const columns = threads.flatMap((thread) => {
      const samples = samplesOf(thread);
      return samples ? [{ thread, samples }] : [];
    });
    if (columns.length === 0) return [];
    const stacks = new KindStacks(new BoundedStacks(unit, budget, name), context.categories);
    for (const { thread, samples } of columns) stacks.addThread(thread, samples);
    return stacks.length === 0 ? [] : [{ name, stacks: stacks.build() }];
  });
  if (tables.length === 0) {
    throw malformed('threads', 'none has a sample with a stack; markers and counters have none');
  }
  return tables;
}

interface Thread extends FirefoxThread {
  readonly tables: FirefoxTables;
}

/** A kind of weight. */
interface Kind {
  readonly name: string;
  readonly unit: Unit;
  /** The samples of a thread, if it has any of this kind. */
  readonly samplesOf: (thread: Thread) => Samples | undefined;
}

interface Samples {
  readonly stack: readonly unknown[];
  readonly place: string;
  /** What a sample weighs, or undefined for one that does not count. */
  readonly weightOf: (sample: number) => number | undefined;
  /** Samples behind one; 1 if not said. */
  readonly countOf?: (sample: number) => number;
}

function contextOf(meta: JsonObject): FirefoxContext {
  const categories = asArray(meta.categories ?? [], 'meta.categories').map((one, i) =>
    asObject(one, `meta.categories[${i}]`),
  );
  return {
    categories: categories.map(({ name }, i) => asText(name, `meta.categories[${i}].name`)),
    defaultCategory: categories.findIndex(({ color }) => color === 'grey'),
    places: new Places(),
  };
}

/** Threads have tables of their own up to version 59, and names of functions up to version 55. */
function withTables(root: JsonObject, context: FirefoxContext): Thread[] {
  const gecko = threadsOfGecko(root);
  if (gecko) {
    return gecko.map((one) => ({ ...one, tables: new FirefoxTables(one.parts, context) }));
  }
  const shared = asObject(root.shared ?? {}, 'shared');
  const common = { shared, libs: root.libs, strings: shared.stringArray };
  const ofAll =
    'stackTable' in shared
      ? new FirefoxTables({ ...common, tables: shared, place: 'shared.' }, context)
      : undefined;
  return asArray(root.threads, 'threads').map((value, i) => {
    const place = `threads[${i}].`;
    const thread = asObject(value, `threads[${i}]`);
    const own = {
      shared,
      tables: thread,
      strings: thread.stringArray ?? shared.stringArray,
      libs: thread.libs ?? root.libs,
      place,
    };
    return { thread, place, tables: ofAll ?? new FirefoxTables(own, context) };
  });
}

/** In the order in which they are shown. */
function kindsOf(meta: JsonObject): Kind[] {
  const interval = Math.round(toNumber(meta.interval) * 1e6);
  const isTimed = interval > 0 && Number.isFinite(interval);
  const units = asObject(meta.sampleUnits ?? {}, 'meta.sampleUnits');
  const cpuUnit = asText(units.threadCPUDelta, 'meta.sampleUnits.threadCPUDelta');
  const isCycles = cpuUnit.endsWith('cycles');
  const cpu = baseUnit(isCycles ? 'cycles' : cpuUnit);
  return [
    {
      name: 'Samples',
      unit: isTimed ? 'nanoseconds' : 'count',
      samplesOf: (thread) => weighted(thread, 'samples', isTimed ? interval : 1),
    },
    {
      name: 'Time',
      unit: 'nanoseconds',
      samplesOf: (thread) => weighted(thread, 'tracing-ms', 1e6),
    },
    { name: 'Size', unit: 'bytes', samplesOf: (thread) => weighted(thread, 'bytes', 1) },
    {
      name: isCycles ? 'CPU cycles' : 'CPU time',
      unit: cpu.unit,
      samplesOf: (thread) => cpuOf(thread, cpu.factor),
    },
    {
      name: 'JavaScript allocations',
      unit: 'bytes',
      samplesOf: (thread) => allocations(thread, 'jsAllocations'),
    },
    { name: 'Retained memory', unit: 'bytes', samplesOf: retained },
    {
      name: 'Allocations',
      unit: 'bytes',
      samplesOf: (thread) => allocations(thread, 'nativeAllocations'),
    },
    {
      name: 'Deallocations',
      unit: 'bytes',
      samplesOf: (thread) => allocations(thread, 'nativeAllocations', -1),
    },
  ];
}

const WEIGHT_TYPES: readonly unknown[] = ['samples', 'tracing-ms', 'bytes'];

/** Samples of one type of weight, which each thread has one of. */
function weighted(thread: Thread, type: string, factor: number): Samples | undefined {
  const { samples, stack, place } = samplesTable(thread, 'samples');
  const own = samples.weightType ?? 'samples';
  if (!WEIGHT_TYPES.includes(own)) {
    throw malformed(`${place}.weightType`, 'neither samples, tracing-ms nor bytes');
  }
  if (own !== type) return undefined;
  const weights = samples.weight ? asArray(samples.weight, `${place}.weight`) : undefined;
  const figure = (i: number) => (weights ? asNumber(weights[i], `${place}.weight[${i}]`) : 1);
  return {
    ...{ stack, place },
    // Fractions of a millisecond add up again only as whole nanoseconds.
    weightOf: (i) => (factor === 1 ? figure(i) : Math.round(figure(i) * factor)),
    // Below zero where two profiles are compared.
    ...(type === 'samples' && { countOf: (i: number) => Math.abs(figure(i)) }),
  };
}

/** The CPU time since the sample before: of the first one, nobody knows since when. */
function cpuOf(thread: Thread, factor: number): Samples | undefined {
  const { samples, stack, place } = samplesTable(thread, 'samples');
  if (!samples.threadCPUDelta) return undefined;
  const deltas = asArray(samples.threadCPUDelta, `${place}.threadCPUDelta`);
  return {
    ...{ stack, place },
    weightOf(i) {
      const delta = deltas[i];
      if (i === 0 || !delta) return undefined;
      return Math.round(asNumber(delta, `${place}.threadCPUDelta[${i}]`) * factor);
    },
  };
}

/** What was allocated, or freed where the sign is below zero: both are in one table. */
function allocations(thread: Thread, name: string, sign = 1): Samples | undefined {
  if (!thread.thread[name]) return undefined;
  const { stack, place, bytesOf } = allocationTable(thread, name);
  return {
    ...{ stack, place },
    weightOf(i) {
      const bytes = bytesOf(i) * sign;
      return bytes > 0 ? bytes : undefined;
    },
  };
}

/** What was allocated and not freed before the end. */
function retained(thread: Thread): Samples | undefined {
  if (!thread.thread.nativeAllocations) return undefined;
  const { samples, stack, place, bytesOf } = allocationTable(thread, 'nativeAllocations');
  if (!samples.memoryAddress) return undefined;
  const addresses = asArray(samples.memoryAddress, `${place}.memoryAddress`);
  const inUse = new Set<number>();
  const last = new Map<unknown, number>();
  stack.forEach((_, i) => {
    const before = last.get(addresses[i]);
    if (bytesOf(i) > 0) {
      inUse.add(i);
      last.set(addresses[i], i);
    } else if (before !== undefined) {
      inUse.delete(before);
      last.delete(addresses[i]);
    }
  });
  return { stack, place, weightOf: (i) => (inUse.has(i) ? bytesOf(i) : undefined) };
}

function samplesTable({ thread, place }: Thread, name: string) {
  const at = place + name;
  const samples = asObject(thread[name], at);
  return { samples, stack: asArray(samples.stack, `${at}.stack`), place: at };
}

function allocationTable(thread: Thread, name: string) {
  const table = samplesTable(thread, name);
  const { samples, place } = table;
  // Old versions called it by what it is in samples.
  const weights = asArray(samples.weight ?? samples.duration, `${place}.weight`);
  return { ...table, bytesOf: (i: number) => asNumber(weights[i], `${place}.weight[${i}]`) };
}

/** What the samples of one stack of a thread weigh, and where the first of them is. */
interface Sum {
  readonly place: string;
  weight: number;
  count: number;
}

/** The stacks of one kind of weight. */
class KindStacks {
  readonly #stacks: BoundedStacks;
  readonly #categories: readonly string[];
  /** Threads with common tables have common frames. */
  readonly #frames = new Map<FirefoxTables, Map<number, FrameIndex>>();
  length = 0;

  constructor(stacks: BoundedStacks, categories: readonly string[]) {
    this.#stacks = stacks;
    this.#categories = categories;
  }

  addThread({ thread, tables, place }: Thread, samples: Samples): void {
    const labels = labelsOf(thread, place);
    // By category, which most stacks share.
    const sets = new Map<number, LabelSet>();
    sumsOf(samples).forEach(({ place: at, weight, count }, index) => {
      const { frames, category } = tables.stack(index, at);
      let set = sets.get(category);
      if (set === undefined) {
        const text = this.#categories[category] ?? '';
        set = this.#stacks.addLabels({ ...labels, category: text }, at);
        sets.set(category, set);
      }
      const stack = frames.map((frame) => this.#frame(tables, frame, at));
      this.#stacks.addStack(stack, at, weight, count, set);
      this.length++;
    });
  }

  build(): StackTable {
    return this.#stacks.build();
  }

  #frame(tables: FirefoxTables, frame: number, place: string): FrameIndex {
    let known = this.#frames.get(tables);
    if (!known) this.#frames.set(tables, (known = new Map<number, FrameIndex>()));
    let index = known.get(frame);
    if (index === undefined) {
      known.set(frame, (index = this.#stacks.addFrame(tables.frame(frame), place)));
    }
    return index;
  }
}

/** Most samples are of few stacks, which may be deep. */
function sumsOf({ stack, place, weightOf, countOf }: Samples): ReadonlyMap<unknown, Sum> {
  const sums = new Map<unknown, Sum>();
  stack.forEach((index, i) => {
    if (index === null || index === undefined) return;
    const weight = weightOf(i);
    const count = countOf?.(i) ?? 1;
    if (weight === undefined || (weight === 0 && count === 0)) return;
    let sum = sums.get(index);
    if (!sum) sums.set(index, (sum = { place: `${place}.stack[${i}]`, weight: 0, count: 0 }));
    sum.weight += weight;
    sum.count += count;
  });
  return sums;
}

function labelsOf(thread: JsonObject, place: string): Record<string, string> {
  const text = (name: string) => {
    const value = thread[name];
    return typeof value === 'number' ? `${value}` : asText(value, place + name);
  };
  return {
    'thread.name': text('name'),
    'thread.id': text('tid'),
    'process.pid': text('pid'),
    'process.title': text('processName'),
  };
}
