import type { LabelColumn, Labels, StackIndex } from '../model/stacks.ts';
import { grown } from './grow.ts';

/** Number of a set of labels. */
export type LabelSet = number;

/** The set of a stack without labels. */
export const NO_LABELS: LabelSet = 0;

/** Distinct sets of labels, each under a number, and which stack has which. */
export class LabelSets {
  readonly #number = new Map<string, number>([['[]', NO_LABELS]]);
  readonly #sets: (readonly (readonly [key: string, value: string])[])[] = [[]];
  #ofStack = new Uint32Array(0);

  /** Number of a set, the same for the same labels in any order. */
  add(labels: Labels): LabelSet {
    const entries = Object.entries(labels)
      .filter(([, value]) => value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const text = JSON.stringify(entries);
    let number = this.#number.get(text);
    if (number === undefined) {
      number = this.#sets.push(entries) - 1;
      this.#number.set(text, number);
    }
    return number;
  }

  assign(stack: StackIndex, set: LabelSet): void {
    if (set === NO_LABELS) return;
    this.#ofStack = grown(this.#ofStack, stack + 1);
    this.#ofStack[stack] = set;
  }

  of(stack: StackIndex): LabelSet {
    return this.#ofStack[stack] ?? NO_LABELS;
  }

  /** The labels of the first `length` stacks as columns; nothing where no stack has any. */
  build(length: number): { labels?: readonly LabelColumn[] } {
    if (this.#sets.length === 1) return {};
    const columns = new Map<
      string,
      { values: string[]; value: Uint32Array; known: Map<string, number> }
    >();
    // Of each set, the columns and the values in them, worked out once for all its stacks.
    const cells = this.#sets.map((entries) =>
      entries.map(([key, text]) => {
        let column = columns.get(key);
        if (!column) {
          column = { values: [''], value: new Uint32Array(length), known: new Map() };
          columns.set(key, column);
        }
        let value = column.known.get(text);
        if (value === undefined) {
          value = column.values.push(text) - 1;
          column.known.set(text, value);
        }
        return { column: column.value, value };
      }),
    );
    for (let stack = 0; stack < length; stack++) {
      for (const { column, value } of cells[this.of(stack)]) column[stack] = value;
    }
    return { labels: Array.from(columns, ([key, { values, value }]) => ({ key, values, value })) };
  }
}
