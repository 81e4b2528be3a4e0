import type { DiffSide, DiffTree } from '../model/diff.ts';
import type { NodeIndex } from '../model/tree.ts';
import { selfWeight } from './self.ts';
import { treeWidths } from './widths.ts';

/**
 * How a change is told:
 *
 * - `absolute`: after − before, in the profile's unit;
 * - `relative`: that, as a share of before (1 = doubled, −1 = gone, Infinity = new);
 * - `normalised`: share of the whole after − share of the whole before, which is the form to take
 *   when one profile is longer or busier than the other.
 */
export type DiffForm = 'absolute' | 'relative' | 'normalised';

/**
 * Whether the change is that of a node alone, or of all that it calls as well. Also upside down, a
 * node alone is the samples that end in its frame: see `selfWeight`.
 */
export type DiffMeasure = 'self' | 'total';

export interface DiffDeltaOptions {
  /** `normalised` if not said. */
  readonly form?: DiffForm;
  /** `total` if not said. */
  readonly of?: DiffMeasure;
}

/** The change at a node. 0 where both sides are 0. */
export function diffDelta(diff: DiffTree, node: NodeIndex, options: DiffDeltaOptions = {}): number {
  const weight = (side: DiffSide) =>
    options.of === 'self' ? selfWeight(diff, node, side) : side.total[node];
  return changeOf(
    weight(diff.before),
    weight(diff.after),
    diff.before.total[0],
    diff.after.total[0],
    options.form ?? 'normalised',
  );
}

/** The change of any figure; the wholes are what shares are taken of. */
export function changeOf(
  before: number,
  after: number,
  wholeBefore: number,
  wholeAfter: number,
  form: DiffForm,
): number {
  switch (form) {
    case 'absolute':
      return after - before;
    case 'relative':
      return relativeChange(before, after);
    case 'normalised':
      return shareOf(after, wholeAfter) - shareOf(before, wholeBefore);
  }
}

/** {@link diffDelta} for every node at once. */
export function diffDeltas(diff: DiffTree, options: DiffDeltaOptions = {}): Float64Array {
  const deltas = new Float64Array(diff.length);
  for (let node = 0; node < diff.length; node++) deltas[node] = diffDelta(diff, node, options);
  return deltas;
}

/**
 * Weights to draw a diff's widths from, for `layoutTree`. `normalised` gives each profile half of
 * the picture however long it is; the other forms draw the sum of both as it is.
 */
export function diffWidths(diff: DiffTree, form: DiffForm = 'normalised'): Float64Array {
  const before = treeWidths(diff, diff.before);
  const after = treeWidths(diff, diff.after);
  if (form !== 'normalised' && before === diff.before.total && after === diff.after.total) {
    return diff.total;
  }
  const ofWhole = form === 'normalised' ? shareOf : (weight: number) => weight;
  const widths = new Float64Array(diff.length);
  for (let node = 0; node < diff.length; node++) {
    widths[node] = ofWhole(before[node], before[0]) + ofWhole(after[node], after[0]);
  }
  return widths;
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function relativeChange(before: number, after: number): number {
  if (before === 0) return after === 0 ? 0 : after > 0 ? Infinity : -Infinity;
  return (after - before) / Math.abs(before);
}
