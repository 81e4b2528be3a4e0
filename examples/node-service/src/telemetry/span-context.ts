import { time } from '@datadog/pprof';
import { ROOT_CONTEXT, isSpanContextValid, trace, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

/** What the profiler writes beside every sample that it takes. */
export interface SampleContext {
  readonly traceId?: string;
  readonly spanId?: string;
}

/**
 * Keeps the profiler's idea of "the current span" equal to OpenTelemetry's.
 *
 * The profiler is started with `useCPED`: its context then lives in V8's continuation-preserved
 * data, which V8 itself saves at every `await` and restores when the code after it runs. Setting
 * the context once, where a span becomes active, is therefore enough:
 *
 *     request A   ▇▇▇ await ········ ▇▇▇        samples carry A
 *     request B           ▇▇▇▇ await     ▇▇     samples carry B
 *
 * A plain `time.setContext()` would need a hook on every continuation and be wrong where one is
 * missed.
 */
export class ProfiledContextManager extends AsyncLocalStorageContextManager {
  override with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    if (!time.isStarted()) return super.with(context, fn, thisArg, ...args);
    const run = (): ReturnType<F> => super.with(context, fn, thisArg, ...args);
    return time.runWithContext(sampleContext(context), run);
  }
}

function sampleContext(context: Context): SampleContext {
  const span = context === ROOT_CONTEXT ? undefined : trace.getSpanContext(context);
  if (span === undefined || !isSpanContextValid(span)) return {};
  return { traceId: span.traceId, spanId: span.spanId };
}
