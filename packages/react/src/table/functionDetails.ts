import { functionKey, type FunctionTable } from '@hyperflame/calltree';
import { frameInfo, type FrameDetails } from '../frames/frameDetails.ts';

/**
 * A function over all places it occurs in, as callbacks hand it to the host. `path` is empty and
 * `line` is 0: both are as many as it has places.
 */
export interface FunctionDetails extends FrameDetails {
  /** Number of places in the call tree. */
  readonly occurrences: number;
}

export function functionDetails(table: FunctionTable, row: number): FunctionDetails {
  const { frames, granularity } = table;
  return {
    ...frameInfo(frames, table.frame[row], granularity),
    key: functionKey(table, row),
    line: granularity === 'line' ? frames.line[table.frame[row]] : 0,
    path: [],
    self: table.self[row],
    total: table.total[row],
    whole: table.wholeTotal,
    selfCount: table.selfCount[row],
    totalCount: table.totalCount[row],
    occurrences: table.occurrences[row],
    unit: table.unit,
  };
}
