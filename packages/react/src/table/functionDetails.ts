import {
  FRAME_KINDS,
  frameLabel,
  functionKey,
  type FrameKey,
  type FrameKind,
  type FunctionTable,
  type Unit,
} from '@hyperflame/calltree';

/** A function over all places it occurs in, as callbacks hand it to the host. */
export interface FunctionDetails {
  /** The same in every profile; the last entry of the paths that lead to the function. */
  readonly key: FrameKey;
  /** As the profiler sent it: hostile text until the host has escaped it. */
  readonly name: string;
  readonly file: string;
  readonly mapping: string;
  readonly kind: FrameKind;
  /** In `unit`. */
  readonly self: number;
  readonly total: number;
  /** Weight of the whole profile. */
  readonly whole: number;
  readonly selfCount: number;
  readonly totalCount: number;
  /** Number of places in the call tree. */
  readonly occurrences: number;
  readonly unit: Unit;
}

export function functionDetails(table: FunctionTable, row: number): FunctionDetails {
  const { frames } = table;
  const frame = table.frame[row];
  return {
    key: functionKey(table, row),
    name: frameLabel(frames, frame),
    file: frames.strings[frames.file[frame]],
    mapping: frames.strings[frames.mapping[frame]],
    kind: FRAME_KINDS[frames.kind[frame]] ?? 'unknown',
    self: table.self[row],
    total: table.total[row],
    whole: table.wholeTotal,
    selfCount: table.selfCount[row],
    totalCount: table.totalCount[row],
    occurrences: table.occurrences[row],
    unit: table.unit,
  };
}
