import type { DiffForm, Unit } from '@hyperflame/calltree';
import { shareOf } from '../format/numbers.ts';
import type { AllSettings } from '../theme/allSettings.ts';

/** A change in words of its form: `-701 ms`, `-42.9%`, `+7.4 pp`. */
export function changeText(
  delta: number,
  form: DiffForm,
  { unit }: { readonly unit: Unit },
  { format, messages }: Pick<AllSettings, 'messages' | 'format'>,
): string {
  switch (form) {
    case 'absolute':
      return format.change(delta, unit);
    case 'relative':
      return format.shareChange(delta);
    case 'normalised':
      // Kept together, as a figure is, whichever way its unit runs.
      return `\u2068${messages.percentagePoints(format.points(delta))}\u2069`;
  }
}

/** What one profile has, in terms that {@link changeText} can be seen in: `701 ms`, or `19.4%` of all. */
export function sideText(
  weight: number,
  whole: number,
  form: DiffForm,
  { unit }: { readonly unit: Unit },
  { format }: AllSettings,
): string {
  return form === 'normalised' ? format.share(shareOf(weight, whole)) : format.weight(weight, unit);
}
