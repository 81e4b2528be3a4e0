import { frameKey, type FrameKey, type FunctionTable } from '@hyperflame/calltree';
import { withoutLine } from '../frames/withoutLine.ts';

/** What one line of a function weighs. */
export interface LineRow {
  /** 0 where samples do not say the line. */
  readonly line: number;
  readonly self: number;
  readonly total: number;
}

/**
 * The lines of one function out of a table that tells lines apart, in the order of the file. A call
 * on a line is in the line's total, so totals add up to more than the function's where it recurs.
 * A key that says a line is that of its function.
 */
export function lineRows(byLine: FunctionTable, key: FrameKey): LineRow[] {
  const { frames } = byLine;
  const ofFunction = withoutLine(key);
  const rows: LineRow[] = [];
  for (let row = 0; row < byLine.length; row++) {
    const frame = byLine.frame[row];
    if (frameKey(frames, frame, 'function') !== ofFunction) continue;
    rows.push({ line: frames.line[frame], self: byLine.self[row], total: byLine.total[row] });
  }
  return rows.sort((a, b) => a.line - b.line);
}
