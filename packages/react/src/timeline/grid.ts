import type { Unit } from '@hyperflame/calltree';
import type { TimeWindow } from '../state/flameState.ts';

/**
 * Weight over time: columns side by side, each divided into rows of equal length, first row first.
 * Cell `column * rows + row` is what was sampled from `from + column * columnMs + row * rowMs` on.
 *
 *     two columns of a second, with four rows of 250 ms
 *     weight = [0, 5, 0, 0,   1, 0, 0, 9]       5 between 0.25 s and 0.5 s
 */
export interface TimeGrid {
  /** Begin of the first column, in milliseconds since 1970. */
  readonly from: number;
  readonly columnMs: number;
  readonly columns: number;
  readonly rows: number;
  readonly weight: Float64Array;
  readonly unit: Unit;
}

/** The same with at most `most` columns: so many of them as need be are added up to one. */
export function regroup(grid: TimeGrid, most: number): TimeGrid {
  const factor = Math.ceil(grid.columns / Math.max(1, Math.floor(most)));
  if (factor <= 1) return grid;
  const { rows } = grid;
  const columns = Math.ceil(grid.columns / factor);
  const weight = new Float64Array(columns * rows);
  for (let column = 0; column < grid.columns; column++) {
    const into = Math.floor(column / factor) * rows;
    for (let row = 0; row < rows; row++) weight[into + row] += grid.weight[column * rows + row];
  }
  return { ...grid, columnMs: grid.columnMs * factor, columns, weight };
}

export function columnWeight({ weight, rows }: TimeGrid, column: number): number {
  let sum = 0;
  for (let cell = column * rows; cell < (column + 1) * rows; cell++) sum += weight[cell];
  return sum;
}

export interface WindowWeight {
  readonly weight: number;
  /** The window begins or ends within a cell, which says only how much it holds in all. */
  readonly isEstimate: boolean;
}

/**
 * Weight of a window, cell by cell: of one that it cuts, the part that is inside, as if what it holds
 * were spread over it evenly.
 */
export function windowWeight(
  { from: start, columnMs, columns, rows, weight }: TimeGrid,
  { from, to }: TimeWindow,
): WindowWeight {
  const cellMs = columnMs / rows;
  const first = Math.max(0, (from - start) / cellMs);
  const end = Math.min(columns * rows, (to - start) / cellMs);
  let sum = 0;
  for (let cell = Math.floor(first); cell < end; cell++) {
    sum += weight[cell] * (Math.min(end, cell + 1) - Math.max(first, cell));
  }
  return { weight: sum, isEstimate: !Number.isInteger(first) || !Number.isInteger(end) };
}

/** The time that columns `first` to `last` take, both included and in either order. */
export function windowOf(grid: TimeGrid, first: number, last: number): TimeWindow {
  const [begin, end] = first <= last ? [first, last] : [last, first];
  return { from: grid.from + begin * grid.columnMs, to: grid.from + (end + 1) * grid.columnMs };
}

export function largestCell({ weight }: TimeGrid): number {
  let most = 0;
  for (const cell of weight) if (cell > most) most = cell;
  return most;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
];

/** Times along the axis that are round where they are told, at most `most` of them. */
export function ticks(
  { from, columnMs, columns }: TimeGrid,
  most: number,
  timeZone?: string,
): number[] {
  const length = columnMs * columns;
  const days = Math.ceil(length / (24 * HOUR) / Math.max(1, most));
  const step = STEPS.find((one) => length / one <= most) ?? days * 24 * HOUR;
  const offsetAt = offsetsOf(timeZone);
  const times: number[] = [];
  // On the clock of the zone, which may be put forward or back on the way.
  for (let onClock = Math.ceil((from + offsetAt(from)) / step) * step; ; onClock += step) {
    const time = onClock - offsetAt(onClock - offsetAt(from));
    if (!(time < from + length)) return times;
    if (time >= from) times.push(time);
  }
}

/** How far clocks of a time zone, the reader's own if none is said, are ahead of UTC, in milliseconds. */
function offsetsOf(timeZone: string | undefined): (time: number) => number {
  if (timeZone === undefined) return (time) => -new Date(time).getTimezoneOffset() * MINUTE;
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (time) => {
    // `GMT`, `GMT+05:30`
    const [, sign, hours, minutes] = /([+-])(\d+):(\d+)/.exec(format.format(time)) ?? [];
    const offset = sign ? Number(hours) * HOUR + Number(minutes) * MINUTE : 0;
    return sign === '-' ? -offset : offset;
  };
}

/** A mark with a lane of its own among those that are there at the same time. */
export interface InLane<Mark> {
  readonly mark: Mark;
  readonly lane: number;
}

/** Marks on as few lanes as keep them apart; those that find no room on `most` lanes are left out. */
export function lanesOf<Mark extends TimeWindow>(
  marks: readonly Mark[],
  most: number,
): InLane<Mark>[] {
  const ends: number[] = [];
  const placed: InLane<Mark>[] = [];
  for (const mark of [...marks].sort((a, b) => a.from - b.from || b.to - a.to)) {
    let lane = ends.findIndex((end) => end <= mark.from);
    if (lane === -1) lane = ends.length;
    if (lane >= most) continue;
    ends[lane] = mark.to;
    placed.push({ mark, lane });
  }
  return placed;
}
