import { isAbsolute, relative, sep } from 'node:path';
import {
  encodeProfiles,
  pprofToOtlp,
  type Attributes,
  type PprofFrame,
  type ProfilesDictionary,
} from '@hyperflame/ingest/otlp';
import {
  LABEL_SPAN_ID,
  LABEL_TIME_MICROS,
  LABEL_TRACE_ID,
  type CollectedWindow,
} from './profiler.ts';

const NANOS_PER_MILLI = 1_000_000n;

/**
 * One window as the bytes of an OTLP profiles request, or undefined when nothing was sampled.
 *
 * @param root folder that file paths are shown relative to
 */
export function profilePayload(
  window: CollectedWindow,
  resource: Attributes,
  root: string,
): Uint8Array<ArrayBuffer> | undefined {
  if (window.pprof.sample.length === 0) return undefined;
  const start = BigInt(window.startUnixMillis) * NANOS_PER_MILLI;
  const data = pprofToOtlp(window.pprof, {
    resource,
    scopeName: '@datadog/pprof',
    timeUnixNano: start,
    durationNano: BigInt(window.endUnixMillis) * NANOS_PER_MILLI - start,
    // 'sample' only counts what 'wall' already says in nanoseconds.
    sampleTypes: ({ type }) => type === 'wall' || type === 'cpu',
    frameType,
    attributes: () => ({}),
    link: ({ [LABEL_TRACE_ID]: traceId, [LABEL_SPAN_ID]: spanId }) =>
      typeof traceId === 'string' && typeof spanId === 'string' ? { traceId, spanId } : undefined,
    timestamp: ({ [LABEL_TIME_MICROS]: micros }) =>
      typeof micros === 'bigint' ? micros * 1000n : undefined,
  });
  if (data.dictionary !== undefined) shortenPaths(data.dictionary, root);
  return encodeProfiles(data);
}

/** V8's own parts (`stringify`, the garbage collector) come without a script. */
function frameType({ file }: PprofFrame): string {
  return file === '' ? 'native' : 'v8js';
}

/**
 * The same on every machine:
 *
 *     '/home/ann/shop/src/search/rank.ts'            → 'src/search/rank.ts'
 *     '/home/ann/node_modules/pprof-format/index.js' → 'node_modules/pprof-format/index.js'
 *     'node:internal/timers'                         → as it is
 */
function shortenPaths(dictionary: ProfilesDictionary, root: string): void {
  const { functionTable, stringTable } = dictionary;
  for (const index of new Set(functionTable.map((fn) => fn.filenameStrindex))) {
    stringTable[index] = shortPath(stringTable[index], root);
  }
}

function shortPath(file: string, root: string): string {
  if (!isAbsolute(file)) return file;
  const dependency = file.lastIndexOf(`${sep}node_modules${sep}`);
  const short = dependency === -1 ? relative(root, file) : file.slice(dependency + 1);
  return short.replaceAll(sep, '/');
}
