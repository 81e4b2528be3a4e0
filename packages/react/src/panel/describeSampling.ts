import type { SamplingError } from '@hyperflame/sdk';
import type { NumberFormat } from '../format/numbers.ts';
import type { Messages } from '../messages/messages.ts';

/** From which part of the samples figures are, and how far off they may be, in a sentence. */
export function describeSampling(
  { rate, expectedError }: SamplingError,
  messages: Messages,
  format: NumberFormat,
): string {
  // Two standard errors: nineteen times in twenty the exact figure is no further away.
  const error = Number.isFinite(expectedError) ? `±${format.share(2 * expectedError)}` : undefined;
  return messages.sampled(format.share(rate), error);
}
