import { CallTreeError, isCallTreeError } from '../model/errors.ts';
import { isCpuProfile, stackTablesFromCpuProfile } from './cpuprofile.ts';
import { stackTablesFromFolded } from './folded.ts';
import { malformed } from './guards.ts';
import { gunzip, isGzip } from './gzip.ts';
import { isStackTableJson, stackTableFromJson } from './json.ts';
import type { NamedStacks } from './named-stacks.ts';
import { parseJson } from './parse-json.ts';
import { stackTablesFromPprof } from './pprof.ts';
import { isSpeedscope, stackTablesFromSpeedscope } from './speedscope.ts';

export interface ReadProfileOptions {
  /** Told from time to time how much is done, from 0 to 1: unpacking is the first half. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Reads a profile file of any kind that this package knows, going by what is in it: pprof, OTLP (in
 * protobuf or JSON), speedscope, V8 CPU profile, stack table JSON or folded stacks, each gzipped or
 * not. A file may hold several profiles. Throws `invalid-format` for anything else.
 */
export async function readProfile(
  file: Uint8Array | ArrayBuffer,
  options: ReadProfileOptions = {},
): Promise<NamedStacks[]> {
  try {
    return await read(file, options);
  } catch (cause) {
    // A text or a list that is longer than they can be.
    if (cause instanceof RangeError) throw malformed('file', 'more than can be held', cause);
    throw cause;
  }
}

async function read(
  file: Uint8Array | ArrayBuffer,
  { onProgress }: ReadProfileOptions,
): Promise<NamedStacks[]> {
  const given = file instanceof Uint8Array ? file : new Uint8Array(file);
  const bytes = isGzip(given)
    ? await gunzip(given, { onProgress: onProgress && ((share) => onProgress(share / 2)) })
    : given;
  const samples = { onProgress: onProgress && ((share: number) => onProgress((1 + share) / 2)) };
  // Few texts begin so, but all OTLP in protobuf, whether with a field or with a length.
  if (bytes[0] < SPACE) {
    const { otlpFromBinary, stackTablesFromOtlp } = await import('./otlp.ts');
    const payloads = otlpFromBinary(bytes);
    if (payloads) return stackTablesFromOtlp(payloads, samples);
  }
  const text = asText(bytes);
  if (text === undefined) return stackTablesFromPprof(bytes, samples);
  // Text that is nothing else is taken for folded stacks. What it seemed to be first is what it is
  // called if it is none.
  let problem: CallTreeError | undefined;
  const attempt = async <Read>(read: () => Read | Promise<Read>): Promise<Read | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!isCallTreeError(error) || error.kind !== 'invalid-format') throw error;
      problem = error;
      return undefined;
    }
  };
  if (/[\0-\x08\x0e-\x1f]/.test(text.slice(0, 4096))) {
    // Such characters are rare in names but everywhere in protobuf, a small one of which may well
    // be valid text.
    const profiles = await attempt(() => stackTablesFromPprof(bytes, samples));
    if (profiles) return profiles;
  }
  const json = JSON_OBJECT.test(text) ? await attempt(() => parseJson(text) as object) : undefined;
  const payloads = json
    ? [json]
    : OTLP_LINES.test(text)
      ? await attempt(() => parseLines(text))
      : undefined;
  if (payloads && 'resourceProfiles' in payloads[0]) {
    return (await import('./otlp.ts')).stackTablesFromOtlp(payloads, samples);
  }
  if (json === undefined) {
    try {
      return stackTablesFromFolded(text);
    } catch (error) {
      throw problem ?? error;
    }
  }
  if (isSpeedscope(json)) return stackTablesFromSpeedscope(json);
  if (isCpuProfile(json)) return stackTablesFromCpuProfile(json);
  if (isStackTableJson(json)) return [{ name: '', stacks: stackTableFromJson(json) }];
  throw new CallTreeError(
    'invalid-format',
    'This is JSON, but neither OTLP profiles, speedscope, a V8 CPU profile nor a stack table',
  );
}

const SPACE = 0x20;

/** A folded stack may begin with a brace too, such as `{closure}` of PHP, but hardly with a key. */
const JSON_OBJECT = /^\s*\{\s*(["}]|$)/;

/** A Collector writes a payload on each line of a file. */
const OTLP_LINES = /^\s*\{"(resourceProfiles|dictionary)"/;

function parseLines(text: string): object[] {
  return text
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [parseJson(line, `Line ${i + 1}`) as object]));
}

/** The bytes as text, or undefined: most of protobuf is no UTF-8. */
function asText(bytes: Uint8Array): string | undefined {
  // Windows shells redirect into files of 16-bit characters.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
