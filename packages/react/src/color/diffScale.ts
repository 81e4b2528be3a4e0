import {
  diffConfidence,
  diffDelta,
  SURE_CONFIDENCE,
  type DiffForm,
  type DiffTree,
  type NodeIndex,
} from '@hyperflame/calltree';
import { DIVERGING } from '../theme/palette.ts';
import type { ColorScale } from './scales.ts';

const UNCHANGED = (DIVERGING.length - 1) / 2;
/** Less and more are told apart without colours, too. */
const SIGNS = DIVERGING.map((_, i) => (i < UNCHANGED ? '▼' : i > UNCHANGED ? '▲' : ''));

/**
 * True for a change that is no larger than chance may make it, going by the number of samples on
 * either side. Where a confidence is not known, neither is that.
 */
export function isWithinError(diff: DiffTree, node: NodeIndex, form: DiffForm): boolean {
  return diffConfidence(diff, node, { form }) < SURE_CONFIDENCE;
}

/** Blue for less, grey for (nearly) the same or within the error, orange for more. */
export function diffScale(diff: DiffTree, form: DiffForm): ColorScale {
  const thresholds = diffThresholds(diff, form);
  return {
    variables: DIVERGING.map((_, i) => `change-${i + 1}` as const),
    inks: (theme) => theme.diverging,
    signs: SIGNS,
    slotOf: (node) => {
      if (isWithinError(diff, node, form)) return UNCHANGED;
      const delta = diffDelta(diff, node, { form });
      let strength = 0;
      while (strength < thresholds.length && Math.abs(delta) >= thresholds[strength]) strength++;
      return UNCHANGED + Math.sign(delta) * strength;
    },
  };
}

/**
 * The changes at which a colour grows stronger, in the unit of the form: three of them, rising
 * fourfold, because changes in real profiles differ by orders of magnitude.
 *
 *     absolute      0.5 %, 2 % and 8 % of the heavier profile, as weights
 *     relative      5 %, 20 % and 80 % of the frame's own weight before
 *     normalised    0.5, 2 and 8 points of the whole
 */
export function diffThresholds(diff: DiffTree, form: DiffForm): readonly number[] {
  const whole = Math.max(Math.abs(diff.before.total[0]), Math.abs(diff.after.total[0]));
  const first = form === 'relative' ? 0.05 : form === 'absolute' ? 0.005 * (whole || 1) : 0.005;
  return [first, first * 4, first * 16];
}
