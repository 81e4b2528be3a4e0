import { frameKey, type Frame } from './frames.ts';
import { makePods, type Pod } from './pods.ts';
import { random, shuffled } from './random.ts';
import { runtimeOf, type Language, type Runtime } from './runtimes/index.ts';
import { services } from './services.ts';
import { CallGraph, makeStacks, type FleetStack } from './stacks.ts';

/** A stack in the fleet's list: its frames by number, leaf first. */
export interface NumberedStack {
  readonly service: number;
  readonly frames: readonly number[];
  readonly thread: { readonly name: string; readonly first: number; readonly count: number };
}

/**
 * Where one service's stacks of one kind (on CPU, off CPU) stand in the list.
 *
 * `count` stacks by falling popularity, then `late` more: from noon on a new version of the service
 * runs, in which every tenth stack looks different.
 */
export interface StackRange {
  readonly first: number;
  readonly count: number;
  readonly late: number;
}

/** Everything about a fleet but its samples. */
export interface Fleet {
  readonly frames: readonly Frame[];
  readonly stacks: readonly NumberedStack[];
  readonly pods: readonly Pod[];
  readonly ranges: readonly { readonly onCpu: StackRange; readonly offCpu: StackRange }[];
}

export function makeFleet(seed: string): Fleet {
  const runtimes = new Map<Language, Runtime>();
  const frames: Frame[] = [];
  const frameNumbers = new Map<string, number>();
  const stacks: NumberedStack[] = [];

  const number = (frame: Frame): number => {
    const key = frameKey(frame);
    let known = frameNumbers.get(key);
    if (known === undefined) {
      known = frames.push(frame) - 1;
      frameNumbers.set(key, known);
    }
    return known;
  };

  const ranges = services.map((service, index) => {
    const next = random(`${seed}/service/${service.name}`);
    const language = service.language;
    const runtime =
      runtimes.get(language) ?? runtimeOf(language, random(`${seed}/runtime/${language}`));
    runtimes.set(language, runtime);
    const graph = new CallGraph(service.name, runtime, service.stacks / 5, next);

    const add = (count: number, offCpu: boolean): StackRange => {
      const first = stacks.length;
      const late = Math.ceil(count / 10);
      const made = makeStacks(graph, runtime, { count: count + late, offCpu }, number, next);
      for (const stack of shuffled(next, made)) {
        stacks.push({ service: index, frames: stack.frames, thread: threadOf(runtime, stack) });
      }
      return { first, count, late };
    };
    return { onCpu: add(service.stacks, false), offCpu: add(Math.ceil(service.stacks / 4), true) };
  });

  return { frames, stacks, pods: makePods(seed), ranges };
}

function threadOf(runtime: Runtime, stack: FleetStack): NumberedStack['thread'] {
  const group = runtime.threads[stack.threadGroup];
  if (!group) throw new RangeError(`No thread group ${stack.threadGroup}`);
  return { name: group.name, first: group.first, count: group.count };
}
