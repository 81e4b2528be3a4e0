import { picked } from '../build/picked.ts';
import type { FrameTable } from '../model/frames.ts';
import type { DiffSide, DiffTree } from '../model/diff.ts';
import type { Unit } from '../model/stacks.ts';
import type { Granularity } from '../model/tree.ts';
import { changeConfidence, sampleCounts } from './diff-confidence.ts';
import { changeOf, type DiffDeltaOptions, type DiffForm } from './diff-deltas.ts';
import { sortFunctions } from './sort-functions.ts';
import { occurringFrames, sumFunctions } from './sum-functions.ts';

/** Every function of two profiles and how it changed, over all the places it occurs in. */
export interface DiffFunctionTable {
  readonly length: number;
  readonly frames: FrameTable;
  readonly frame: Uint32Array;
  readonly before: DiffSide;
  readonly after: DiffSide;
  /** Weight of either whole profile, to take shares of. */
  readonly whole: { readonly before: number; readonly after: number };
  /** How the change is said. */
  readonly form: DiffForm;
  /** The change of each function, in `form`. */
  readonly delta: Float64Array;
  /** How sure it is that the change is more than chance, from 0 to 1; NaN where that is not known. */
  readonly confidence: Float64Array;
  readonly unit: Unit;
  readonly granularity: Granularity;
}

/**
 * What changed, greatest change first, whether for better or for worse. Recursion counts once. By
 * default a function's change is that of its own weight, in shares of the whole.
 */
export function diffFunctionTable(
  diff: DiffTree,
  { form = 'normalised', of = 'self' }: DiffDeltaOptions = {},
): DiffFunctionTable {
  const { frames } = diff;
  const before = sumFunctions(diff, diff.before);
  const after = sumFunctions(diff, diff.after);
  const counts = of === 'self' ? 'selfCount' : 'totalCount';
  const delta = new Float64Array(frames.length);
  const confidence = new Float64Array(frames.length);
  const size = new Float64Array(frames.length);
  const functions = occurringFrames(before);
  for (const frame of functions) {
    delta[frame] = changeOf(
      before[of][frame],
      after[of][frame],
      diff.before.total[0],
      diff.after.total[0],
      form,
    );
    size[frame] = Math.abs(delta[frame]);
    confidence[frame] = changeConfidence(
      sampleCounts(diff, 'before', before[counts][frame]),
      sampleCounts(diff, 'after', after[counts][frame]),
      form,
    );
  }
  const order = sortFunctions(frames, functions, [size]);
  const side = (sums: DiffSide): DiffSide => ({
    self: picked(sums.self, order),
    total: picked(sums.total, order),
    selfCount: picked(sums.selfCount, order),
    totalCount: picked(sums.totalCount, order),
  });
  return {
    length: order.length,
    frames,
    frame: order,
    before: side(before),
    after: side(after),
    whole: { before: diff.before.total[0], after: diff.after.total[0] },
    form,
    delta: picked(delta, order),
    confidence: picked(confidence, order),
    unit: diff.unit,
    granularity: diff.granularity,
  };
}
