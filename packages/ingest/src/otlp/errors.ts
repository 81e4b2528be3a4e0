/** Formats that this package reads. */
export type DataFormat = 'otlp-profiles' | 'otlp-traces' | 'otlp-logs' | 'pprof';

/**
 * The bytes are not what they should be. Says what was read, where it stopped and why:
 *
 *     OTLP profiles: byte 1834 (resource_profiles.scope_profiles): the field is 900 bytes long, but only 12 are left
 */
export class MalformedDataError extends Error {
  override readonly name = 'MalformedDataError';
  readonly format: DataFormat;
  /** Byte offset into the (decompressed) data; undefined where the fault has no single place. */
  readonly offset: number | undefined;
  /** Field names down to the fault, e.g. `dictionary.location_table`; empty at the top. */
  readonly path: string;
  /** The fault alone, without its place. */
  readonly reason: string;

  constructor(format: DataFormat, fault: { offset?: number; path?: string; reason: string }) {
    const place = [
      fault.offset === undefined ? '' : `byte ${fault.offset}`,
      fault.path === undefined || fault.path === '' ? '' : `(${fault.path})`,
    ]
      .filter(Boolean)
      .join(' ');
    super(`${FORMAT_NAMES[format]}: ${place === '' ? '' : `${place}: `}${fault.reason}`);
    this.format = format;
    this.offset = fault.offset;
    this.path = fault.path ?? '';
    this.reason = fault.reason;
  }
}

const FORMAT_NAMES: Record<DataFormat, string> = {
  'otlp-profiles': 'OTLP profiles',
  'otlp-traces': 'OTLP traces',
  'otlp-logs': 'OTLP logs',
  pprof: 'pprof',
};
