import { useState } from 'react';
import { useEngineResult, type Compute } from './useEngineResult.ts';

/** What is known at once, or has to be waited for; until then, the answer before it. */
export function useAnswer<Value extends object>(
  asked: Value | Compute<Value> | null,
): { readonly value: Value | null; readonly error: Error | undefined } {
  const isWork = typeof asked === 'function';
  const { value, error, computing } = useEngineResult(isWork ? asked : undefined);
  const [before, setBefore] = useState<Value | null>(null);
  const answer = isWork ? (computing ? before : (value ?? null)) : asked;
  if (answer !== before) setBefore(answer);
  return { value: answer, error };
}
