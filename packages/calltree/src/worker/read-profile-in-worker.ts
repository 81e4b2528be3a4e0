import { proxy, transfer } from 'comlink';
import type { NamedStacks } from '../formats/named-stacks.ts';
import { aborted } from '../model/aborted.ts';
import { valueOf } from './answer.ts';
import type { FileReader } from './file-worker.ts';
import { inOwnWorker } from './own-worker.ts';
import type { ProgressListener } from './protocol.ts';

export interface ReadProfileInWorkerOptions {
  /** Ends the reading, and the worker: it rejects with an error of kind `aborted`. */
  readonly signal?: AbortSignal;
  /** Told from time to time how much is done, from 0 to 1. */
  readonly onProgress?: ProgressListener;
}

/**
 * Reads a profile file as `readProfile` does, in a worker of its own: files come seldom, and what
 * reads them is large. Where no worker starts, the file is read in place; one that dies over a file
 * throws `invalid-format`, for the page would die over it too.
 */
export async function readProfileInWorker(
  file: Blob,
  options: ReadProfileInWorkerOptions = {},
): Promise<NamedStacks[]> {
  const { signal, onProgress } = options;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (signal?.aborted) throw aborted(signal);
  return inOwnWorker<FileReader, NamedStacks[]>({
    worker: startWorker(),
    async ask(reader) {
      const listener = onProgress && proxy(onProgress);
      return valueOf(await reader.read(transfer(bytes, [bytes.buffer]), listener));
    },
    inPlace: () => readInPlace(bytes, options),
    death: {
      kind: 'invalid-format',
      message: 'The worker died over the file, which may take more memory than there is',
    },
    signal,
  });
}

function startWorker(): Worker | undefined {
  try {
    return new Worker(new URL('./file-worker.js', import.meta.url), { type: 'module' });
  } catch {
    return undefined;
  }
}

/** Heeds the signal wherever the reading pauses. */
async function readInPlace(
  bytes: Uint8Array,
  { signal, onProgress }: ReadProfileInWorkerOptions,
): Promise<NamedStacks[]> {
  const endIfAborted = () => {
    if (signal?.aborted) throw aborted(signal);
  };
  const { readProfile } = await import('../formats/read-profile.ts');
  const profiles = await readProfile(bytes, {
    onProgress(share) {
      endIfAborted();
      onProgress?.(share);
    },
  });
  endIfAborted();
  return profiles;
}
