import { CallTreeError, isCallTreeError } from '../model/errors.ts';
import { isCpuProfile, stackTablesFromCpuProfile } from './cpuprofile.ts';
import { linesOf, stackTablesFromFolded } from './folded.ts';
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
 * protobuf or JSON), speedscope, CPU and heap profiles of V8, profiles of Firefox, traces of events (of
 * Chromium and others), stack table JSON, what `perf script` prints or folded stacks, each gzipped or
 * not. A file may hold several profiles. Throws `invalid-format` for anything else.
 */
export async function readProfile(
  file: Uint8Array | ArrayBuffer,
  { onProgress }: ReadProfileOptions = {},
): Promise<NamedStacks[]> {
  const given = file instanceof Uint8Array ? file : new Uint8Array(file);
  const bytes = isGzip(given)
    ? await gunzip(given, { onProgress: onProgress && ((share) => onProgress(share / 2)) })
    : given;
  const samples = { onProgress: onProgress && ((share: number) => onProgress((1 + share) / 2)) };
  try {
    return await read(bytes, samples);
  } catch (cause) {
    // A text or a list that is longer than they can be.
    if (cause instanceof RangeError) throw malformed('file', 'more than can be held', cause);
    const known = (await import('./other-formats.ts')).unreadFormat(bytes);
    throw known ? new CallTreeError('invalid-format', known, { cause }) : cause;
  }
}

async function read(bytes: Uint8Array, samples: ReadProfileOptions): Promise<NamedStacks[]> {
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
  const json = JSON_BEGINS.test(text) ? await attempt(() => parseJson(text) as object) : undefined;
  const payloads = json
    ? [json]
    : OTLP_LINES.test(text)
      ? await attempt(() => parseLines(text))
      : undefined;
  if (payloads && 'resourceProfiles' in payloads[0]) {
    return (await import('./otlp.ts')).stackTablesFromOtlp(payloads, samples);
  }
  if (json !== undefined) return readJson(json);
  if (problem && LIST_BEGINS.test(text)) {
    return (await import('./other-formats.ts')).stackTablesFromCutTrace(text, problem);
  }
  try {
    if (/:(\s|$)/.test(firstLine(text))) {
      const { isPerfScript, stackTablesFromPerfScript } = await import('./other-formats.ts');
      if (isPerfScript(text)) return stackTablesFromPerfScript(text);
    }
    return stackTablesFromFolded(text);
  } catch (error) {
    throw problem ?? error;
  }
}

async function readJson(json: object): Promise<NamedStacks[]> {
  if (isSpeedscope(json)) return stackTablesFromSpeedscope(json);
  if (isCpuProfile(json)) return stackTablesFromCpuProfile(json);
  if (isStackTableJson(json)) return [{ name: '', stacks: stackTableFromJson(json) }];
  return (await import('./other-formats.ts')).stackTablesFromOtherJson(json);
}

const SPACE = 0x20;

/** A folded stack may begin with a bracket too, such as `{closure}` of PHP, but hardly with a key. */
const JSON_BEGINS = /^\s*(\{\s*(["}]|$)|\[\s*([[{"\]\d-]|$))/;

/** No folded stack does. */
const LIST_BEGINS = /^\s*\[\s*\{\s*"/;

/** A Collector writes a payload on each line of a file. */
const OTLP_LINES = /^\s*\{"(resourceProfiles|dictionary)"/;

function parseLines(text: string): object[] {
  return text
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [parseJson(line, `Line ${i + 1}`) as object]));
}

/** Without comments, of which some have no space. */
function firstLine(text: string): string {
  for (const { line } of linesOf(text)) if (!line.startsWith('#')) return line;
  return '';
}

/** The bytes as text, or undefined: most of protobuf is no UTF-8. */
function asText(bytes: Uint8Array): string | undefined {
  // Windows shells redirect into files of 16-bit characters.
  const mark = (bytes[0] << 8) | bytes[1];
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
