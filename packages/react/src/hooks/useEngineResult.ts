import { startTransition, useEffect, useState } from 'react';

export interface EngineResult<Value> {
  /** The newest value; that of an older question while a newer one is being computed. */
  readonly value: Value | undefined;
  readonly error: Error | undefined;
  /** True while `value` is missing or stale. */
  readonly computing: boolean;
  /** How much of the newest question is done, from 0 to 1, once it takes long. */
  readonly progress: number | undefined;
}

/** Nobody wonders before. */
const LONG_MS = 200;
const TELL_EVERY_MS = 100;

/** Told how much of a computation is done, from 0 to 1. */
export type ProgressListener = (share: number) => void;

export type Compute<Value> = (signal: AbortSignal, onProgress: ProgressListener) => Promise<Value>;

/**
 * Runs a computation of the engine and keeps its result. `compute` must be stable while its
 * question is: its identity is what tells a new question from an old one. `undefined` asks nothing.
 */
export function useEngineResult<Value>(compute: Compute<Value> | undefined): EngineResult<Value> {
  const [result, setResult] = useState<{
    compute: typeof compute;
    value: Value | undefined;
    error: Error | undefined;
  }>();
  const [progress, setProgress] = useState<{ compute: typeof compute; share: number }>();
  useEffect(() => {
    if (!compute) return;
    const abort = new AbortController();
    let nextAt = performance.now() + LONG_MS;
    const onProgress: ProgressListener = (share) => {
      const now = performance.now();
      if (abort.signal.aborted || now < nextAt) return;
      nextAt = now + TELL_EVERY_MS;
      setProgress({ compute, share });
    };
    compute(abort.signal, onProgress).then(
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
  if (!compute) {
    return { value: undefined, error: undefined, computing: false, progress: undefined };
  }
  const computing = result?.compute !== compute;
  return {
    value: result?.value,
    error: computing ? undefined : result?.error,
    computing,
    progress: computing && progress?.compute === compute ? progress.share : undefined,
  };
}
