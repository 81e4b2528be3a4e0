import { frameAt, type Fn, type Frame } from './frames.ts';
import { asleepKernelPaths, busyKernelPaths } from './kernel.ts';
import { integer, logNormal, pick, pickEarly, type Random } from './random.ts';
import type { Runtime, ThreadGroup } from './runtimes/index.ts';
import { layers } from './words.ts';

/** A stack that a service can be caught in. */
export interface FleetStack {
  /** By number, leaf first, as OTLP has it. */
  readonly frames: readonly number[];
  readonly threadGroup: number;
}

/** A call site: the function called, from which line of the caller, and how deep into the layers. */
interface Call {
  readonly to: Fn;
  readonly line: number;
  readonly layer: number;
}

const LIBRARY = layers.length;
const MAX_DEPTH = 71;

/**
 * Invents the call graph of one service and walks it.
 *
 * Functions call only a few others, and the first of them most, so walks that start at one thread's
 * root stay together for a while and then part: they share prefixes as real stacks do. A caller's
 * line belongs to the call, a leaf's line is any of the few that cost time, so one path of functions
 * is several stacks:
 *
 *     serve:40 ▸ placeOrder:81 ▸ reserveStock:15      one path of functions,
 *     serve:40 ▸ placeOrder:81 ▸ reserveStock:17      two stacks
 */
export class CallGraph {
  readonly #runtime: Runtime;
  readonly #next: Random;
  readonly #layers: readonly (readonly Fn[])[];
  readonly #calls = new Map<Fn, readonly Call[]>();
  readonly #unsymbolised: readonly Fn[];

  constructor(service: string, runtime: Runtime, size: number, next: Random) {
    this.#runtime = runtime;
    this.#next = next;
    const perLayer = Math.ceil(size / layers.length);
    this.#layers = layers.map((_, layer) =>
      Array.from({ length: perLayer }, () => runtime.application(next, service, layer)),
    );
    this.#unsymbolised = Array.from({ length: 200 }, () => ({
      name: '',
      file: '',
      mapping: pick(next, runtime.unsymbolised),
      line: 0,
      address: 0x1_0000 + integer(next, 0, 0x18_0000) * 16,
    }));
  }

  #callsOf(fn: Fn, layer: number): readonly Call[] {
    const known = this.#calls.get(fn);
    if (known) return known;
    const next = this.#next;
    const calls = Array.from({ length: integer(next, 2, 5) }, (): Call => {
      const line = integer(next, 1, 40);
      if (next() < 0.03) return { to: fn, line, layer };
      // The deeper the layer, the more of what it calls is a library.
      if (layer >= LIBRARY - 1 || next() < 0.08 + 0.09 * layer) {
        return { to: pick(next, this.#runtime.library), line, layer: LIBRARY };
      }
      const to = Math.min(LIBRARY - 1, layer + integer(next, 0, 2));
      return { to: pick(next, this.#layers[to] as readonly Fn[]), line, layer: to };
    });
    this.#calls.set(fn, calls);
    return calls;
  }

  /** One path of functions with every line but the leaf's, root first. */
  path(group: ThreadGroup, offCpu: boolean): { frames: Frame[]; leaf: Fn } {
    const next = this.#next;
    const frames = group.roots.map((fn) => frameAt(fn, 0));
    const kernel = offCpu
      ? pickEarly(next, asleepKernelPaths)
      : next() < 0.25
        ? this.#cut(pickEarly(next, busyKernelPaths))
        : [];
    const unsymbolised =
      next() < 0.075
        ? Array.from({ length: integer(next, 1, 7) }, () => pickEarly(next, this.#unsymbolised))
        : [];
    const depth = Math.min(MAX_DEPTH, Math.round(logNormal(next, 6, 1.2)));
    const walk = Math.max(1, depth - frames.length - kernel.length - unsymbolised.length);

    let at: Call = group.application
      ? { to: pickEarly(next, this.#layers[0] as readonly Fn[]), line: 0, layer: 0 }
      : { to: pickEarly(next, this.#runtime.library), line: 0, layer: LIBRARY };
    const path: Fn[] = [at.to];
    for (let i = 1; i < walk; i++) {
      const call = pickEarly(next, this.#callsOf(at.to, at.layer));
      frames.push(frameAt(at.to, call.line));
      path.push(call.to);
      at = call;
    }
    let leaf = at.to;
    for (const fn of [...unsymbolised, ...kernel]) {
      frames.push(frameAt(leaf, leaf.line === 0 ? 0 : 1 + (fn.address % 7)));
      leaf = fn;
    }
    return { frames, leaf };
  }

  /** A busy kernel path is caught at any depth. */
  #cut(path: readonly Fn[]): readonly Fn[] {
    return path.slice(0, integer(this.#next, 2, path.length));
  }
}

/**
 * `count` different stacks of one service, the order random.
 *
 * @param number gives a frame its number in the fleet's list; the same frame, the same number
 */
export function makeStacks(
  graph: CallGraph,
  runtime: Runtime,
  { count, offCpu }: { readonly count: number; readonly offCpu: boolean },
  number: (frame: Frame) => number,
  next: Random,
): FleetStack[] {
  const stacks = new Map<string, FleetStack>();
  while (stacks.size < count) {
    const threadGroup = drawGroup(next, runtime.threads);
    const { frames, leaf } = graph.path(runtime.threads[threadGroup] as ThreadGroup, offCpu);
    const callers = frames.map(number).reverse();
    const lines = leaf.line === 0 ? 1 : integer(next, 1, 4);
    for (let i = 0; i < lines && stacks.size < count; i++) {
      const offset = leaf.line === 0 ? 0 : integer(next, 1, 30);
      const whole = [number(frameAt(leaf, offset)), ...callers];
      stacks.set(whole.join(), { frames: whole, threadGroup });
    }
  }
  return [...stacks.values()];
}

function drawGroup(next: Random, groups: readonly ThreadGroup[]): number {
  let u = next();
  for (let i = 0; i < groups.length; i++) {
    u -= (groups[i] as ThreadGroup).share;
    if (u < 0) return i;
  }
  return 0;
}
