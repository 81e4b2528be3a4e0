export interface TextWorker {
  readonly worker: Worker;
  /** Ends it; what it was made of goes with it. */
  readonly end: () => void;
}

/**
 * A worker made of a text, because it has no file of its own that a host would have to serve. None where
 * there are no workers; where a policy forbids such, its first event is an error.
 */
export function startTextWorker(code: string): TextWorker | undefined {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const forget = (): void => URL.revokeObjectURL(url);
  try {
    const worker = new Worker(url);
    return {
      worker,
      end() {
        worker.terminate();
        forget();
      },
    };
  } catch {
    forget();
    return undefined;
  }
}
