import type { StackTable } from '../model/stacks.ts';
import { gunzip, isGzip } from './gzip.ts';
import type { NamedStacks } from './named-stacks.ts';
import type { ReadProfileOptions } from './read-profile.ts';

/**
 * Reads every sample type of a pprof profile, gzipped or not: first the one that the file names as its
 * default, else the last, as pprof shows it; the others in their order. Times become nanoseconds. The sample
 * type that counts (`samples/count`, or `alloc_objects/count` before `alloc_space/bytes`) gives the
 * others their sample counts. Throws `invalid-format`, naming the place.
 * Source: https://github.com/google/pprof/blob/main/proto/profile.proto
 */
export async function stackTablesFromPprof(
  bytes: Uint8Array,
  { onProgress }: ReadProfileOptions = {},
): Promise<NamedStacks[]> {
  const { readPprof } = await import('./pprof-reader.ts');
  return readPprof(isGzip(bytes) ? await gunzip(bytes) : bytes, onProgress);
}

export interface PprofOptions {
  /** What the weights are, in pprof's words, such as `cpu` or `inuse_space`. `weight` if not said. */
  readonly type?: string;
}

/**
 * Writes a gzipped pprof profile with two sample types: the number of samples, and the weights in
 * their unit. pprof holds whole numbers of 64 bits only, so weights are rounded, and larger ones
 * throw `invalid-stacks`. What the table leaves out becomes a function `(other)`, which is read as
 * such again; labels become texts. Frame kinds, addresses of frames with symbols, files of those
 * without, and the sampling rate are lost.
 */
export async function pprofFromStackTable(
  stacks: StackTable,
  options?: PprofOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { writePprof } = await import('./pprof-writer.ts');
  return writePprof(stacks, options);
}
