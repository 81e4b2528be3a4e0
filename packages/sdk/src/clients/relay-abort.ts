/** How often a late listener is looked for, once the caller has given up. */
const LOOK_MS = 10;

/**
 * A signal of its own for one request, which fires when `signal` does.
 *
 * `@clickhouse/client-web` listens by assigning `signal.onabort`. So two requests on one signal
 * would leave the first without a listener, and an abort that comes before the assignment (HyperDX's
 * client first looks up the server's settings) would be missed, and the query would run on. Here
 * each request has its own signal, and a listener that comes late is still called.
 *
 * `done` is to be called when the request has settled.
 */
export function relayAbort(signal: AbortSignal): { signal: AbortSignal; done: () => void } {
  const controller = new AbortController();
  let looking: ReturnType<typeof setInterval> | undefined;

  const abort = () => {
    const heard = controller.signal.onabort !== null;
    controller.abort(signal.reason);
    if (heard) return;
    looking = setInterval(() => {
      if (controller.signal.onabort === null) return;
      clearInterval(looking);
      controller.signal.onabort.call(controller.signal, new Event('abort'));
    }, LOOK_MS);
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });

  return {
    signal: controller.signal,
    done: () => {
      signal.removeEventListener('abort', abort);
      clearInterval(looking);
    },
  };
}
