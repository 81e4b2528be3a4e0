import { useState } from 'react';
import { withPartsOf, type FlameState } from './flameState.ts';

/**
 * The state `next`, with the parts of the one before that are alike: a state that was read out of
 * a text has new ones, and every tree would be computed again for a frame that is selected.
 */
export function useSteadyParts(next: FlameState): FlameState {
  const [last, setLast] = useState({ given: next, steady: next });
  if (last.given === next) return last.steady;
  const steady = withPartsOf(last.steady, next);
  setLast({ given: next, steady });
  return steady;
}
