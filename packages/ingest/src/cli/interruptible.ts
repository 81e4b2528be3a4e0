import type { Terminal } from './program.ts';

/** Does some work that a first Ctrl-C asks to end in good order. */
export async function interruptible<T>(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  terminal.once('SIGINT', stop);
  terminal.once('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    terminal.off('SIGINT', stop);
    terminal.off('SIGTERM', stop);
  }
}
