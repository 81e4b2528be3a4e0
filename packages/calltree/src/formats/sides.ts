import type { DiffSide, DiffTree } from '../model/diff.ts';

/** What there is a figure of: a tree or a table by itself, or both sides of a diff. */
export function sidesOf(one: DiffSide | Pick<DiffTree, 'before' | 'after'>): readonly DiffSide[] {
  return 'before' in one ? [one.before, one.after] : [one];
}
