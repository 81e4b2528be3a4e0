import type { Fn } from '../frames.ts';
import { hash32, integer, type Random } from '../random.ts';

/** Threads of one name pattern, and the frames that all their stacks begin with (root first). */
export interface ThreadGroup {
  /**
   * As the kernel keeps it, at most 15 characters. `%` stands for the thread's number in its group,
   * `$` for the executable.
   */
  readonly name: string;
  /** The group's first thread, counted from the process's main thread, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** Share of the service's stacks that run on these threads. */
  readonly share: number;
  readonly roots: readonly Fn[];
  /** Whether the application's own functions run here, or only the runtime's (GC, compiler). */
  readonly application: boolean;
}

/** How functions of one language look in a profile: names, files, mappings, threads. */
export interface Runtime {
  readonly threads: readonly ThreadGroup[];
  /** Functions that every service of this language shares: runtime and libraries. */
  readonly library: readonly Fn[];
  /** Frames without symbols come from these mappings. */
  readonly unsymbolised: readonly string[];
  application(next: Random, service: string, layer: number): Fn;
}

/**
 * A function whose address, and first line unless `next` draws it, follow from its name.
 * Without a file there are no lines.
 */
export function fn(name: string, file: string, mapping: string, next?: Random): Fn {
  const hash = hash32(name + file + mapping);
  const line = file === '' ? 0 : next ? integer(next, 12, 900) : 20 + (hash % 3000);
  return { name, file, mapping, line, address: 0x1000 + (hash % 0x200_0000) * 16 };
}

/** A frame without symbols. */
export function unnamed(mapping: string): Fn {
  return fn('', '', mapping);
}

/** `get` → `Get`. */
export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
