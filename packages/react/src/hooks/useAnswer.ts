import { useEngineResult, type Compute } from './useEngineResult.ts';

/** What is known at once, or has to be waited for; until then, the answer before it. */
export function useAnswer<Value extends object>(
  asked: Value | Compute<Value> | null,
): { readonly value: Value | null; readonly error: Error | undefined } {
  const isWork = typeof asked === 'function';
  const { value, error } = useEngineResult(isWork ? asked : undefined);
  return { value: isWork ? (value ?? null) : asked, error };
}
