import type { StackTable } from '../model/stacks.ts';

/** A profile out of a file. Files may hold several, such as CPU time and allocations. */
export interface NamedStacks {
  /** What the file calls it; empty when it has no name. */
  readonly name: string;
  readonly stacks: StackTable;
}
