import { SURE_CONFIDENCE } from '@hyperflame/calltree';
import type { AllSettings } from '../theme/allSettings.ts';

/** How sure a change is, in words: `99.7%`, `Within error` or `Not known`. */
export function confidenceText(confidence: number, { messages, format }: AllSettings): string {
  if (Number.isNaN(confidence)) return messages.confidenceUnknown;
  if (confidence < SURE_CONFIDENCE) return messages.withinError;
  // Never 100 %: no number of samples makes a change certain.
  return format.share(Math.min(0.999, Math.floor(confidence * 1000) / 1000));
}
