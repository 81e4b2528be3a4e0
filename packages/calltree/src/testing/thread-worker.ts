import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker as Thread } from 'node:worker_threads';

/** Gives a thread the global scope of a web worker, then runs the worker's script in it. */
const BOOTSTRAP = `
  const { parentPort, workerData } = require('node:worker_threads');
  const listeners = new Set();
  globalThis.addEventListener = (type, listener) => type === 'message' && listeners.add(listener);
  globalThis.removeEventListener = (_, listener) => listeners.delete(listener);
  globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
  const early = [];
  let deliver = (data) => early.push(data);
  parentPort.on('message', (data) => deliver(data));
  import(workerData).then(() => {
    deliver = (data) => {
      const event = Object.assign(new Event('message'), { data });
      for (const listener of listeners) (listener.handleEvent ?? listener).call(listener, event);
    };
    early.forEach(deliver);
  });
`;

/** The `Worker` of a browser on a thread of Node: the same script really runs beside the caller. */
export class ThreadWorker extends EventTarget {
  static readonly running = new Set<ThreadWorker>();
  readonly #thread: Thread;

  constructor(url: URL) {
    super();
    const path = fileURLToPath(url);
    const script = existsSync(path) ? url.href : url.href.replace(/\.js$/, '.ts');
    this.#thread = new Thread(BOOTSTRAP, { eval: true, workerData: script });
    this.#thread.on('message', (data) => {
      this.dispatchEvent(Object.assign(new Event('message'), { data }));
    });
    this.#thread.on('error', () => this.dispatchEvent(new Event('error')));
    ThreadWorker.running.add(this);
  }

  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void {
    this.#thread.postMessage(message, transfer);
  }

  terminate(): void {
    ThreadWorker.running.delete(this);
    void this.#thread.terminate();
  }

  /** What a browser does when it kills a worker, for instance for want of memory. */
  die(): void {
    this.terminate();
    this.dispatchEvent(new Event('error'));
  }
}

/** One that ends before it has said anything. */
export class StillBornWorker extends ThreadWorker {
  constructor(url: URL) {
    super(url);
    queueMicrotask(() => this.die());
  }
}
