import { MalformedDataError } from './errors.ts';

/** The string at a position of pprof's string table. */
export function text(strings: readonly string[], index: bigint, path: string): string {
  const found = strings[Number(index)];
  if (found === undefined) {
    throw malformed(path, `it refers to string ${index}, but there are ${strings.length}`);
  }
  return found;
}

export function malformed(path: string, reason: string): MalformedDataError {
  return new MalformedDataError('pprof', { path, reason });
}
