import { decodeStacks } from '../wire.ts';
import { HEIGHT, WIDTH, type Adapter, type RowsOnPage } from './adapter.ts';

/** What the benchmark asks a page to do; times are milliseconds. */
export interface BenchPage {
  load(url: string): Promise<void>;
  /** Stacks to pixels. */
  show(): Promise<number>;
  /** The same picture once more, from what has been merged. */
  redraw(): Promise<number>;
  rows(): RowsOnPage;
  /** Differs where the picture does. */
  fingerprint(): string;
  memory(): Promise<number>;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
  interface Performance {
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
  }
}

/** Pictures in WebGL that have been drawn into, with the fence behind what was drawn. */
const drawnWebGl = new WeakMap<
  HTMLCanvasElement,
  { gl: WebGL2RenderingContext; fence?: WebGLSync }
>();

// A picture in WebGL can otherwise be looked at in the task that drew it only, and looking would
// make the page wait for the GPU. So it is kept, and a fence tells when the GPU is done with it.
const getContext = HTMLCanvasElement.prototype.getContext as (...args: unknown[]) => unknown;
HTMLCanvasElement.prototype.getContext = function (
  this: HTMLCanvasElement,
  kind: string,
  options?: object,
) {
  if (!kind.startsWith('webgl')) return getContext.call(this, kind, options);
  const gl = getContext.call(this, kind, { ...options, preserveDrawingBuffer: true });
  if (gl instanceof WebGL2RenderingContext && !drawnWebGl.has(this)) {
    for (const draw of [
      'drawArrays',
      'drawElements',
      'drawArraysInstanced',
      'drawElementsInstanced',
    ] as const) {
      const original = gl[draw].bind(gl) as (...args: unknown[]) => void;
      gl[draw] = (...args: unknown[]) => {
        original(...args);
        drawnWebGl.set(this, { gl });
      };
    }
  }
  return gl;
} as typeof HTMLCanvasElement.prototype.getContext;

/** True once the GPU has drawn what it was asked to; at once for what is not drawn by it. */
function isDone(canvas: HTMLCanvasElement): boolean {
  const drawn = drawnWebGl.get(canvas);
  if (!drawn) return true;
  const { gl } = drawn;
  if (!drawn.fence) {
    drawn.fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0) ?? undefined;
    gl.flush();
    return false;
  }
  return gl.getSyncParameter(drawn.fence, gl.SYNC_STATUS) === gl.SIGNALED;
}

/** Runs a package's adapter under the benchmark's clock. */
export function runPage<Input, Data>(adapter: Adapter<Input, Data>): void {
  document.body.style.margin = '0';
  // The first number that a page writes takes 15 ms. Pages with graphs on them have written others.
  new Intl.NumberFormat('en', { style: 'percent' }).format(0.5);
  const container = document.createElement('div');
  container.style.cssText = `width:${WIDTH}px;height:${HEIGHT}px;overflow:hidden;background:#fff`;
  document.body.append(container);
  const started = adapter.start?.(container);
  let input: Input | undefined;
  let data: Data | undefined;

  window.bench = {
    async load(url) {
      const answer = await fetch(url);
      input = adapter.accept(decodeStacks(await answer.arrayBuffer()));
      await started;
    },
    async show() {
      performance.mark('bench-start');
      const start = performance.now();
      data = await adapter.merge(input!);
      adapter.draw(container, data);
      return await drawn(container, start);
    },
    async redraw() {
      adapter.clear(container);
      await nextFrame();
      await nextFrame();
      const start = performance.now();
      adapter.draw(container, data!);
      return await drawn(container, start);
    },
    rows: () => adapter.rows(container),
    fingerprint: () =>
      [...container.querySelectorAll('canvas')].map(inSmall).join() +
      [...container.querySelectorAll('rect, [style*="left"]')]
        .map(({ outerHTML }) => outerHTML)
        .join(),
    async memory() {
      return (await performance.measureUserAgentSpecificMemory()).bytes;
    },
  };
}

/** Waits for the frame with the picture to be painted; the time from `start` to then. */
async function drawn(container: HTMLElement, start: number): Promise<number> {
  for (;;) {
    await nextFrame();
    const end = performance.now();
    if (!hasPicture(container)) continue;
    // Looking is ours, not the package's: its time is not counted.
    performance.mark('bench-end', { startTime: end });
    return end - start;
  }
}

/** Ends just after the next frame: what runs before a frame is painted has run by then. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  });
}

const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
probe.canvas.width = 60;
probe.canvas.height = 32;
/** A picture has several colours over a good part of it; an empty one has one. */
const LEAST_SHARE = 0.05;
const LEAST_COLOURS = 4;
/** So many boxes with a size of their own are a picture made of elements. */
const LEAST_BOXES = 40;

function hasPicture(container: HTMLElement): boolean {
  for (const canvas of container.querySelectorAll('canvas')) {
    if (canvas.width >= 300 && canvas.height >= 100 && isDone(canvas) && isPainted(canvas)) {
      return true;
    }
  }
  const boxes = container.querySelectorAll('svg rect, svg + div, [data-box], div[style*="left"]');
  if (boxes.length < LEAST_BOXES) return false;
  const { width, height } = boxes[LEAST_BOXES - 1].getBoundingClientRect();
  return width > 0 && height > 0;
}

function isPainted(canvas: HTMLCanvasElement): boolean {
  const counts = new Map<number, number>();
  let most = 0;
  const pixels = inSmall(canvas);
  for (const pixel of pixels) {
    const count = (counts.get(pixel) ?? 0) + 1;
    counts.set(pixel, count);
    if (count > most) most = count;
  }
  return counts.size >= LEAST_COLOURS && 1 - most / pixels.length >= LEAST_SHARE;
}

/** What a canvas shows, in few pixels. */
function inSmall(canvas: HTMLCanvasElement): Uint32Array {
  const { width, height } = probe.canvas;
  probe.clearRect(0, 0, width, height);
  probe.drawImage(canvas, 0, 0, WIDTH, Math.min(canvas.height, HEIGHT), 0, 0, width, height);
  return new Uint32Array(probe.getImageData(0, 0, width, height).data.buffer);
}
