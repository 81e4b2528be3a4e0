import type { SpanLink } from '../otlp/dictionary.ts';
import type { PprofLabels } from '../otlp/pprof-labels.ts';

/**
 * The span that a pprof sample's labels name. pprof has no convention for it; profilers that set
 * spans on samples use one of these keys, with hexadecimal ids.
 */
const TRACE_KEYS = ['trace_id', 'traceId', 'trace.id', 'trace id'];
const SPAN_KEYS = ['span_id', 'spanId', 'span.id', 'span id'];

export function spanOfLabels(labels: PprofLabels): SpanLink | undefined {
  const traceId = firstId(labels, TRACE_KEYS, 32);
  const spanId = firstId(labels, SPAN_KEYS, 16);
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
}

function firstId(labels: PprofLabels, keys: readonly string[], digits: number): string | undefined {
  for (const key of keys) {
    const value = labels[key];
    if (typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/i.test(value)) {
      return value.toLowerCase();
    }
  }
  return undefined;
}
