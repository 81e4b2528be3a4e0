import { proxy, wrap } from 'comlink';
import type { NamedStacks } from '../formats/named-stacks.ts';
import { aborted } from '../model/aborted.ts';
import { valueOf } from './answer.ts';
import type { FileReader } from './file-worker.ts';
import type { ProgressListener } from './protocol.ts';

export interface ReadProfileInWorkerOptions {
  /** Ends the reading, and the worker: it rejects with an error of kind `aborted`. */
  readonly signal?: AbortSignal;
  /** Told from time to time how much is done, from 0 to 1. */
  readonly onProgress?: ProgressListener;
}

/**
 * Reads a profile file as `readProfile` does, in a worker of its own: files come seldom, and what
 * reads them is large. Where there is no worker, or it fails, the file is read in place.
 */
export async function readProfileInWorker(
  file: Blob,
  { signal, onProgress }: ReadProfileInWorkerOptions = {},
): Promise<NamedStacks[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (signal?.aborted) throw aborted(signal);
  const worker = startWorker();
  if (!worker) return readInPlace(bytes, onProgress);
  let end = () => {};
  const ended = new Promise<'failed'>((resolve, reject) => {
    end = () => reject(aborted(signal));
    signal?.addEventListener('abort', end);
    worker.addEventListener('error', () => resolve('failed'));
    worker.addEventListener('messageerror', () => resolve('failed'));
  });
  try {
    // A copy goes there: if the worker dies, the file is read once more.
    const reading = wrap<FileReader>(worker).read(bytes, onProgress && proxy(onProgress));
    const answer = await Promise.race([reading, ended]);
    if (answer === 'failed') return await readInPlace(bytes, onProgress);
    return valueOf(answer);
  } finally {
    signal?.removeEventListener('abort', end);
    worker.terminate();
  }
}

function startWorker(): Worker | undefined {
  try {
    return new Worker(new URL('./file-worker.js', import.meta.url), { type: 'module' });
  } catch {
    return undefined;
  }
}

async function readInPlace(
  bytes: Uint8Array,
  onProgress: ProgressListener | undefined,
): Promise<NamedStacks[]> {
  const { readProfile } = await import('../formats/read-profile.ts');
  return readProfile(bytes, { onProgress });
}
