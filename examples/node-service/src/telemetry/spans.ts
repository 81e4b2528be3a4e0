import { SpanStatusCode, trace, type Span, type SpanOptions } from '@opentelemetry/api';

/**
 * Milliseconds since 1970, with their fractions. Left to itself, the SDK begins every span on a
 * whole millisecond, and of two short spans the second can seem to begin before the first.
 */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Runs `work` as a span of its own, which ends when the work does and says when it failed. */
export function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => T | Promise<T>,
): Promise<T> {
  return trace
    .getTracer('shop')
    .startActiveSpan(name, { ...options, startTime: preciseNow() }, async function runInSpan(span) {
      try {
        return await work(span);
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        span.recordException(failure);
        span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
        throw error;
      } finally {
        span.end(preciseNow());
      }
    });
}
