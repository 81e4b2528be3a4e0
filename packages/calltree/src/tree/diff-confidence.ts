import type { DiffTree } from '../model/diff.ts';
import type { NodeIndex } from '../model/tree.ts';
import type { DiffDeltaOptions, DiffForm } from './diff-deltas.ts';
import { selfCount } from './self.ts';

/** Samples behind a figure, and behind the whole profile it is part of. */
export interface SampleCounts {
  readonly count: number;
  /** 0 of a profile without samples, NaN of one that does not say how many it has. */
  readonly of: number;
  /**
   * Which part of them was really looked at, where both are estimated from a part: what was seen of 100
   * at 0.04 is 4. All of them if not said.
   */
  readonly samplingRate?: number;
}

/**
 * How sure it is that a change is more than chance, from 0 to 1, going by the number of samples on
 * either side. 0.95 means that chance alone would make a change as large in 5 of 100 comparisons of
 * one program with itself.
 *
 * - `normalised` compares two shares (a pooled test of two proportions);
 * - `absolute` and `relative` compare two counts (Poisson), so both profiles should have been taken
 *   for the same time at the same rate. A profile without samples has counted 0 of everything.
 *
 * NaN where it is not known: when a profile does not say how many samples it has, when neither has
 * any, and for shares of a profile without samples.
 */
export function changeConfidence(
  before: SampleCounts,
  after: SampleCounts,
  form: DiffForm = 'normalised',
): number {
  const fewer = Math.min(before.of, after.of);
  if (!(fewer > 0 || (fewer === 0 && form !== 'normalised' && before.of !== after.of))) return NaN;
  const b = Math.max(before.count, 0);
  const a = Math.max(after.count, 0);
  const { samplingRate: seenBefore = 1 } = before;
  const { samplingRate: seenAfter = 1 } = after;
  if (form !== 'normalised') {
    // A count that n seen samples stand for, each 1 / rate times, has the variance n / rate².
    const variance = b / seenBefore + a / seenAfter;
    return a === b ? 0 : betweenErrors(Math.abs(a - b) / Math.sqrt(variance));
  }
  const ofBefore = before.of * seenBefore;
  const ofAfter = after.of * seenAfter;
  const pooled = (b * seenBefore + a * seenAfter) / (ofBefore + ofAfter);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / ofBefore + 1 / ofAfter));
  const difference = Math.abs(a / after.of - b / before.of);
  return error > 0 && difference > 0 ? betweenErrors(difference / error) : 0;
}

/** Chance alone makes a change as large as one this sure in one comparison out of twenty. */
export const SURE_CONFIDENCE = 0.95;

/** {@link changeConfidence} for a node of a diff. */
export function diffConfidence(
  diff: DiffTree,
  node: NodeIndex,
  options: DiffDeltaOptions = {},
): number {
  const counts = (side: 'before' | 'after'): SampleCounts =>
    sampleCounts(
      diff,
      side,
      options.of === 'self' ? selfCount(diff, node, diff[side]) : diff[side].totalCount[node],
    );
  return changeConfidence(counts('before'), counts('after'), options.form);
}

/** What one side of a diff says of the samples behind a figure. */
export function sampleCounts(
  diff: DiffTree,
  side: 'before' | 'after',
  count: number,
): SampleCounts {
  const { total, totalCount } = diff[side];
  // Weight without samples was not counted; without either, there was nothing to count.
  const of = totalCount[0] || (total[0] === 0 ? 0 : NaN);
  return { count, of, samplingRate: diff.samplingRate[side] };
}

/**
 * Probability that a normally distributed figure lies within `z` standard errors of its mean: the
 * error function at z / √2, to 7 digits.
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26
 */
function betweenErrors(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(Math.max(1 - series * Math.exp(-x * x), 0), 1);
}
