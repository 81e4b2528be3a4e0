import { CallTreeError } from '../model/errors.ts';
import { isCpuProfile, stackTablesFromCpuProfile } from './cpuprofile.ts';
import { stackTableFromFolded } from './folded.ts';
import { gunzip, isGzip } from './gzip.ts';
import { isStackTableJson, stackTableFromJson } from './json.ts';
import type { NamedStacks } from './named-stacks.ts';
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
  { onProgress }: ReadProfileOptions = {},
): Promise<NamedStacks[]> {
  const given = file instanceof Uint8Array ? file : new Uint8Array(file);
  const bytes = isGzip(given)
    ? await gunzip(given, { onProgress: onProgress && ((share) => onProgress(share / 2)) })
    : given;
  const text = asText(bytes);
  const samples = { onProgress: onProgress && ((share: number) => onProgress((1 + share) / 2)) };
  if (bytes[0] === FIELD_1 || bytes[0] === FIELD_2) {
    const { isOtlpBinary, stackTablesFromOtlp } = await import('./otlp.ts');
    if (isOtlpBinary(bytes)) return stackTablesFromOtlp(bytes, samples);
  }
  if (text === undefined) return stackTablesFromPprof(bytes, samples);
  if (/[\0-\x08\x0e-\x1f]/.test(text.slice(0, 4096))) {
    // Such characters are rare in names but everywhere in protobuf, a small one of which may well
    // be valid text.
    const profiles = await stackTablesFromPprof(bytes, samples).catch(() => undefined);
    if (profiles) return profiles;
  }
  const json = text.trimStart().startsWith('{') ? tryJson(text) : undefined;
  const payloads = json ? [json] : OTLP_LINES.test(text) ? tryLines(text) : undefined;
  if (payloads && 'resourceProfiles' in payloads[0]) {
    return (await import('./otlp.ts')).stackTablesFromOtlp(payloads, samples);
  }
  if (json === undefined) return [{ name: '', stacks: stackTableFromFolded(text) }];
  if (isSpeedscope(json)) return stackTablesFromSpeedscope(json);
  if (isCpuProfile(json)) return stackTablesFromCpuProfile(json);
  if (isStackTableJson(json)) return [{ name: '', stacks: stackTableFromJson(json) }];
  throw new CallTreeError(
    'invalid-format',
    'This is JSON, but neither OTLP profiles, speedscope, a V8 CPU profile nor a stack table',
  );
}

/** How fields of messages begin that have a length, in protobuf: what pprof and OTLP begin with. */
const FIELD_1 = 0x0a;
const FIELD_2 = 0x12;

/** A Collector writes a payload on each line of a file. */
const OTLP_LINES = /^\s*\{"(resourceProfiles|dictionary)"/;

function tryLines(text: string): object[] | undefined {
  const payloads = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(tryJson);
  return payloads.every((one) => one !== undefined) ? payloads : undefined;
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

/** A folded stack may begin with a brace too. */
function tryJson(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
