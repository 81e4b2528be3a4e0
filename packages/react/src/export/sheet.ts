import { startTextWorker } from '../hooks/textWorker.ts';

/** A picture that is put together from bands. Lengths are device pixels. */
export interface Sheet {
  /** The band may be painted anew afterwards. */
  put(band: CanvasRenderingContext2D, top: number): void;
  toPng(): Promise<Blob>;
  /** Gives its memory back; once it is not needed, whatever has come of it. */
  end(): void;
}

/**
 * What the worker runs. First it says that it has begun; in the end comes the file, or nothing where
 * there is none. Bands come as pixels: an `ImageBitmap` would be less to copy, but where a GPU holds it,
 * WebKit (GTK, 2.50) hands over memory that the next band is painted to meanwhile, and the file would
 * have bands of other places without a word.
 */
const WORK = `let context;
const options = { alpha: false, willReadFrequently: true };
onmessage = async ({ data: { width, height, band, top } }) => {
  try {
    if (band) {
      context.putImageData(new ImageData(band, width), 0, top);
    } else if (width) {
      context = new OffscreenCanvas(width, height).getContext('2d', options);
      postMessage('ready');
    } else {
      postMessage(await context.canvas.convertToBlob({ type: 'image/png' }));
    }
  } catch {
    postMessage(undefined);
  }
};`;

/**
 * A sheet in a worker: to clear the memory of a large picture and to write its file takes a page
 * many times as long as to paint a band. On the page where there is no worker to be had.
 */
export async function newSheet(width: number, height: number): Promise<Sheet> {
  return (await sheetInWorker(width, height)) ?? sheetOnPage(width, height);
}

async function sheetInWorker(width: number, height: number): Promise<Sheet | undefined> {
  const started = startTextWorker(WORK);
  if (!started) return undefined;
  const { worker, end } = started;
  /** What it says next; nothing where it has failed. */
  const answer = () =>
    new Promise<unknown>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => resolve(undefined);
    });
  const begun = answer();
  worker.postMessage({ width, height });
  if ((await begun) !== 'ready') {
    end();
    return undefined;
  }
  // A band that could not be put there is an answer too.
  const written = answer();
  return {
    put(context, top) {
      const { width, height } = context.canvas;
      const { data: band } = context.getImageData(0, 0, width, height);
      worker.postMessage({ width, band, top }, [band.buffer]);
    },
    async toPng() {
      worker.postMessage({});
      const file = await written;
      return file instanceof Blob ? file : noPicture();
    },
    end,
  };
}

function sheetOnPage(width: number, height: number): Sheet {
  const { canvas, context } = newCanvas(width, height);
  return {
    put(band, top) {
      context.drawImage(band.canvas, 0, top);
    },
    async toPng() {
      const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      return file ?? noPicture();
    },
    end: () => freeCanvas(canvas),
  };
}

/** A canvas off the screen, in memory that is read from rather than a GPU's. */
export function newCanvas(
  width: number,
  height: number,
): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('This browser gave no canvas to paint on');
  return { canvas, context };
}

/** A canvas's memory is the browser's own and is given back late otherwise. */
export function freeCanvas(canvas: HTMLCanvasElement): void {
  canvas.width = canvas.height = 0;
}

/**
 * Whether what is painted can be read again, or written to a file. Tor, and Firefox with
 * `privacy.resistFingerprinting`, give pages noise for it; browsers that change a bit of some pixels
 * give a picture all the same.
 */
export function givesPixels(): boolean {
  const { canvas, context } = newCanvas(8, 1);
  context.fillStyle = 'rgb(80 160 80)';
  context.fillRect(0, 0, 8, 1);
  const { data } = context.getImageData(0, 0, 8, 1);
  freeCanvas(canvas);
  return data.every((value, i) => Math.abs(value - [80, 160, 80, 255][i % 4]) < 8);
}

function noPicture(): never {
  throw new Error('This browser could not write the picture');
}
