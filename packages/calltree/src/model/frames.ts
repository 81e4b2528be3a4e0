/**
 * Frame kinds, in the words of the OpenTelemetry `profile.frame.type` attribute.
 * Source: https://opentelemetry.io/docs/specs/semconv/registry/attributes/profile/
 * The position in this list is what `FrameTable.kind` stores, so only ever append.
 */
export const FRAME_KINDS = [
  'unknown',
  'native',
  'kernel',
  'jvm',
  'cpython',
  'v8js',
  'dotnet',
  'go',
  'php',
  'ruby',
  'perl',
  'beam',
  'luajit',
  'rust',
  'abort-marker',
] as const;

export type FrameKind = (typeof FRAME_KINDS)[number];

/** Position of a frame in a {@link FrameTable}. */
export type FrameIndex = number;

/** Position of a text in {@link FrameTable.strings}. 0 is always the empty string. */
export type StringIndex = number;

/**
 * Every distinct frame of a profile, as columns of one length.
 *
 * Texts are stored once in `strings` and referred to by position, so that the table moves to a
 * worker as a few typed arrays and one string list.
 *
 *     strings  = ['', 'hashPassword', 'auth.ts']
 *     name     = [1]      frame 0 is hashPassword
 *     file     = [2]      … in auth.ts
 *     line     = [42]     … at line 42
 *     mapping  = [0]      … of no known binary
 */
export interface FrameTable {
  readonly length: number;
  readonly strings: readonly string[];
  /** Function name; 0 (the empty string) for a frame without symbols. */
  readonly name: Uint32Array;
  readonly file: Uint32Array;
  /** Binary, shared object or module the frame was loaded from. */
  readonly mapping: Uint32Array;
  /** 1-based; 0 when unknown. */
  readonly line: Uint32Array;
  /** Index into {@link FRAME_KINDS}; anything else stands for no kind. */
  readonly kind: Uint8Array;
  /** Address inside the mapping; 0 when the frame has symbols and the address says nothing more. */
  readonly address: BigUint64Array;
}
