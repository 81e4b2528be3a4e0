import { startTransition, useEffect, useState } from 'react';

export interface EngineResult<Value> {
  /** The newest value; that of an older question while a newer one is being computed. */
  readonly value: Value | undefined;
  readonly error: Error | undefined;
  /** True while `value` is missing or stale. */
  readonly computing: boolean;
}

/**
 * Runs a computation of the engine and keeps its result. `compute` must be stable while its
 * question is: its identity is what tells a new question from an old one. `undefined` asks nothing.
 */
export function useEngineResult<Value>(
  compute: ((signal: AbortSignal) => Promise<Value>) | undefined,
): EngineResult<Value> {
  const [result, setResult] = useState<{
    compute: typeof compute;
    value: Value | undefined;
    error: Error | undefined;
  }>();
  useEffect(() => {
    if (!compute) return;
    const abort = new AbortController();
    compute(abort.signal).then(
      (value) => {
        if (abort.signal.aborted) return;
        // A new picture may take a moment to build: in pieces, so that the page goes on reacting.
        startTransition(() => setResult({ compute, value, error: undefined }));
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        const reason = error instanceof Error ? error : new Error(String(error));
        setResult({ compute, value: undefined, error: reason });
      },
    );
    return () => abort.abort();
  }, [compute]);
  if (!compute) return { value: undefined, error: undefined, computing: false };
  return {
    value: result?.value,
    error: result?.compute === compute ? result.error : undefined,
    computing: result?.compute !== compute,
  };
}
