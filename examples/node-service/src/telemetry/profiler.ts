import { time } from '@datadog/pprof';
import type { SampleContext } from './span-context.ts';

/** What {@link time.stop} answers: pprof as objects. */
export type PprofProfile = ReturnType<typeof time.stop>;

/** Labels that every pprof sample carries here; the two ids only inside a span. */
export const LABEL_TRACE_ID = 'trace_id';
export const LABEL_SPAN_ID = 'span_id';
/** When the sample was taken, microseconds since 1970: a number still exact in a double. */
export const LABEL_TIME_MICROS = 'time_us';

/** One collection window, and when it was. */
export interface CollectedWindow {
  readonly pprof: PprofProfile;
  readonly startUnixMillis: number;
  readonly endUnixMillis: number;
}

/**
 * Samples the main thread's stack and says for each sample which span it belongs to.
 *
 * A sample is taken every `intervalMicros` of wall time while JavaScript runs; an idle event loop
 * yields none. CPU time is measured between samples.
 */
export class Profiler {
  #startUnixMillis = 0;

  /** @throws Error when this Node cannot carry contexts through async code */
  start(options: { readonly intervalMicros: number; readonly windowSeconds: number }): void {
    time.start({
      intervalMicros: options.intervalMicros,
      // Only sizes a buffer: twice the window, as a busy event loop may collect late.
      durationMillis: options.windowSeconds * 2000,
      withContexts: true,
      collectCpuTime: true,
      useCPED: true,
    });
    this.#startUnixMillis = Date.now();
  }

  /** Ends the window and begins the next one at once. */
  collect(): CollectedWindow {
    return this.#end(true);
  }

  /** Ends the last window. */
  stop(): CollectedWindow {
    return this.#end(false);
  }

  #end(restart: boolean): CollectedWindow {
    const startUnixMillis = this.#startUnixMillis;
    const next = Date.now();
    const pprof = time.stop(restart, ({ node, context }) =>
      // Idle time is no work: without labels it adds no wall time and no row for each tick.
      node.name === '(idle)' ? {} : labels(context),
    );
    this.#startUnixMillis = next;
    // Samples are timed in microseconds and the window in milliseconds, so round outwards.
    return { pprof, startUnixMillis, endUnixMillis: Date.now() + 1 };
  }
}

function labels(sample: { context?: SampleContext; timestamp: bigint } | undefined) {
  const result: Record<string, string | number> = {};
  if (sample === undefined) return result;
  // What is measured for a window as a whole (CPU time of other threads) has no time of its own.
  if (sample.timestamp > 0n) result[LABEL_TIME_MICROS] = Number(sample.timestamp);
  const { traceId, spanId } = sample.context ?? {};
  if (traceId !== undefined && spanId !== undefined) {
    result[LABEL_TRACE_ID] = traceId;
    result[LABEL_SPAN_ID] = spanId;
  }
  return result;
}
