import { startTextWorker } from '../hooks/textWorker.ts';

/** An expression was tried on a text for so long that the rest was given up. */
export class TooSlowError extends Error {
  override readonly name = 'TooSlowError';
}

/** Texts of most profiles take a few milliseconds; one with more ways to match than can be tried, years. */
const PATIENCE_MS = 2_000;

/** The same limit as of `searchFrames`: an expression may take the square of so many steps. */
const LONGEST_TRIED = 4096;

/**
 * What the worker runs. First it says that it begins, since a busy machine may take long to start it.
 */
const WORK = `onmessage = ({ data: { source, texts } }) => {
  postMessage(null);
  const expression = new RegExp(source, 'i');
  postMessage(Uint8Array.from(texts, (text) => expression.test(text)));
};`;

/**
 * 1 for each text that an expression, which compiles, is found in. A worker tries it, since nobody can
 * stop one that is being tried: `(a+)+$` takes twice as long with each `a` of a name that ends with
 * another letter. Where there are no workers, or none is allowed to be made of a text, it is tried here.
 *
 * @throws TooSlowError
 */
export function matchTexts(
  source: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  const tried = texts.map((text) => text.slice(0, LONGEST_TRIED));
  return new Promise((resolve, reject) => {
    const here = (): void => {
      const expression = new RegExp(source, 'i');
      resolve(Uint8Array.from(tried, (text) => Number(expression.test(text))));
    };
    const started = startTextWorker(WORK);
    if (!started) {
      here();
      return;
    }
    const { worker } = started;
    let patience: ReturnType<typeof setTimeout> | undefined;
    const end = (): void => {
      clearTimeout(patience);
      started.end();
      signal.removeEventListener('abort', end);
    };
    const giveUp = (): void => {
      end();
      reject(new TooSlowError(`Took longer than ${PATIENCE_MS / 1000} s`));
    };
    signal.addEventListener('abort', end);
    worker.onmessage = ({ data }: MessageEvent<Uint8Array | null>) => {
      if (data === null) {
        patience = setTimeout(giveUp, PATIENCE_MS);
        return;
      }
      end();
      resolve(data);
    };
    worker.onerror = () => {
      end();
      here();
    };
    worker.postMessage({ source, texts: tried });
  });
}
