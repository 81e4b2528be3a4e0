import type { DiffSide } from '@hyperflame/calltree';
import type { Messages } from '../messages/messages.ts';

interface Sides {
  readonly before: DiffSide;
  readonly after: DiffSide;
}

/** What became of a frame between two profiles. */
export type Fate = 'removed' | 'new' | 'kept';

/** @param at a node of a diff, or a row of its functions */
export function fateOf({ before, after }: Sides, at: number): Fate {
  const was = before.totalCount[at] !== 0 || before.total[at] !== 0;
  const is = after.totalCount[at] !== 0 || after.total[at] !== 0;
  if (was && !is) return 'removed';
  return is && !was ? 'new' : 'kept';
}

/** The same in a word, and nothing of what is in both. */
export function fateText(sides: Sides, at: number, messages: Messages): string {
  const fate = fateOf(sides, at);
  return fate === 'kept' ? '' : fate === 'new' ? messages.newFrame : messages.removedFrame;
}
