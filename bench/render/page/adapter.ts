import type { StackTable } from '@hyperflame/calltree';

/** Where rows stand on the page, in CSS pixels of the viewport. */
export interface RowsOnPage {
  readonly left: number;
  readonly width: number;
  /** Edge of the first row that is nearest to the root. */
  readonly top: number;
  readonly rowHeight: number;
  /** -1 where callees stand above their callers. */
  readonly direction: 1 | -1;
}

/**
 * What a package's page does. Stacks are the same for all; whatever a package wants to be given
 * instead is made from them by the page, in its time, except for a form that is not merged yet.
 */
export interface Adapter<Input, Data> {
  /** Before the clock starts: what an application would have on the page already. */
  start?(container: HTMLElement): void | Promise<void>;
  /** Before the clock starts: the same stacks in a form that is not merged, for those who merge. */
  accept(stacks: StackTable): Input;
  /** Merges and whatever else comes before drawing. The clock runs. */
  merge(input: Input): Data | Promise<Data>;
  /** Draws; also a second time, after `clear`, to time drawing alone. */
  draw(container: HTMLElement, data: Data): void;
  clear(container: HTMLElement): void;
  rows(container: HTMLElement): RowsOnPage;
}

/** Size of every picture: a laptop's window beside a navigation bar. */
export const WIDTH = 1200;
export const HEIGHT = 640;
