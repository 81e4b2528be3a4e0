/** One frame as the exporter flattens it: a stack is five parallel arrays of these fields. */
export interface Frame {
  readonly functionName: string;
  readonly fileName: string;
  readonly line: number;
  readonly mapping: string;
  readonly address: number;
}

/** A function before a call site gives it a line. Without a name it is a frame without symbols. */
export interface Fn {
  readonly name: string;
  readonly file: string;
  readonly mapping: string;
  /** The line it starts at; 0 where the producer sends none (kernel, native). */
  readonly line: number;
  /** Where its code starts, relative to its mapping. */
  readonly address: number;
}

/** The frame of `fn` while it executes its `offset`-th line. */
export function frameAt(fn: Fn, offset: number): Frame {
  return {
    functionName: fn.name,
    fileName: fn.file,
    line: fn.line === 0 ? 0 : fn.line + offset,
    mapping: fn.mapping,
    address: fn.address + offset * 12,
  };
}

export function frameKey(frame: Frame): string {
  return `${frame.mapping}\n${frame.functionName}\n${frame.fileName}\n${frame.line}\n${frame.address}`;
}
