import type { DiffForm, Unit } from '@hyperflame/calltree';
import type { Settings } from '../theme/settings.ts';

/** A change in words of its form: `-701ms`, `-42.9%`, `+7.4 pp`. */
export function changeText(
  delta: number,
  form: DiffForm,
  { unit }: { readonly unit: Unit },
  { format, messages }: Settings,
): string {
  switch (form) {
    case 'absolute':
      return format.change(delta, unit);
    case 'relative':
      return format.shareChange(delta);
    case 'normalised':
      return messages.percentagePoints(format.points(delta));
  }
}
