import { CallTreeError } from '../model/errors.ts';
import { stackTablesFromTrace } from './chrome-trace.ts';
import { stackTablesFromFirefox } from './firefox.ts';
import type { JsonObject } from './guards.ts';
import { stackTablesFromHeapProfile } from './heapprofile.ts';
import type { NamedStacks } from './named-stacks.ts';

/** Reads JSON that few files are. Throws `invalid-format` for what is no profile. */
export function stackTablesFromOtherJson(json: object): NamedStacks[] {
  const first: unknown = Array.isArray(json) ? json[0] : undefined;
  if ('traceEvents' in json || (typeof first === 'object' && first !== null && 'ph' in first)) {
    return stackTablesFromTrace(json);
  }
  if ('head' in json) return stackTablesFromHeapProfile(json as JsonObject);
  if ('meta' in json && 'threads' in json) return stackTablesFromFirefox(json as JsonObject);
  throw new CallTreeError(
    'invalid-format',
    'This is JSON, but neither OTLP profiles, speedscope, a profile of V8 or Firefox, a trace nor a stack table',
  );
}
