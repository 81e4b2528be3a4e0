import type { Transform } from '@hyperflame/calltree';
import { sameTransforms } from '../state/flameState.ts';

type Chain = readonly Transform[];

/** The chains there were before the current one, and those that were gone back from; newest last. */
export interface TransformHistory {
  readonly current: Chain;
  readonly past: readonly Chain[];
  readonly future: readonly Chain[];
}

/** As if its transforms had been added one by one, so that a chain out of a link can be undone. */
export function historyOf(current: Chain): TransformHistory {
  return { current, past: current.map((_, length) => current.slice(0, length)), future: [] };
}

/**
 * The history once the chain is `next`, whoever changed it. A chain that is the one before counts
 * as undone, the one after as done again: the browser's back button does the same as "Undo".
 */
export function historyAfter(history: TransformHistory, next: Chain): TransformHistory {
  const { current, past, future } = history;
  if (sameTransforms(current, next)) return history;
  const [before, after] = [past.at(-1), future.at(-1)];
  if (before && sameTransforms(before, next)) {
    return { current: next, past: past.slice(0, -1), future: [...future, current] };
  }
  const isRedo = after !== undefined && sameTransforms(after, next);
  return { current: next, past: [...past, current], future: isRedo ? future.slice(0, -1) : [] };
}
