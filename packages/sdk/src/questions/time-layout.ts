import { checkCount, invalid, requireTimeRange } from './check.ts';
import type { HeatmapQuestion, TimelineQuestion } from './questions.ts';

const DAY_S = 86_400;
const MOST_BUCKETS = 20_000;
const BUCKETS = 120;

/** Lengths that a person can read off an axis, in seconds. */
const ROUND_SECONDS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60),
  ...[1, 2, 3, 6, 12].map((hours) => hours * 3_600),
  ...[1, 2, 5, 10].map((days) => days * DAY_S),
];

/** Where the buckets of a timeline lie: whole multiples of their length in Unix time. */
export interface TimelineLayout {
  readonly fromMs: number;
  readonly bucketMs: number;
  readonly buckets: number;
}

export function timelineLayout(question: TimelineQuestion): TimelineLayout {
  const { from, to } = requireTimeRange(question);
  const seconds = (to.getTime() - from.getTime()) / 1000;
  const bucketSeconds = checkCount(question.bucketSeconds, 'bucketSeconds', {
    most: 366 * DAY_S,
    otherwise:
      ROUND_SECONDS.find((length) => seconds / length <= BUCKETS) ??
      Math.ceil(seconds / BUCKETS / DAY_S) * DAY_S,
  });
  const bucketMs = bucketSeconds * 1000;
  const first = Math.floor(from.getTime() / bucketMs);
  const buckets = Math.ceil(to.getTime() / bucketMs) - first;
  if (buckets > MOST_BUCKETS) {
    throw invalid(
      'bucketSeconds',
      `That would be ${buckets} buckets; at most ${MOST_BUCKETS} are allowed.`,
      'Choose longer buckets or a shorter time range.',
    );
  }
  return { fromMs: first * bucketMs, bucketMs, buckets };
}

const MOST_SECONDS = 3_600;
const ROWS_PER_SECOND = 20;

/** Where the cells of a heatmap lie: a column for each second, cut into rows. */
export interface HeatmapLayout {
  readonly fromMs: number;
  readonly columns: number;
  readonly rows: number;
  readonly rowMs: number;
}

export function heatmapLayout(question: HeatmapQuestion): HeatmapLayout {
  const { from, to } = requireTimeRange(question);
  const seconds = (to.getTime() - from.getTime()) / 1000;
  if (seconds > MOST_SECONDS) {
    throw invalid(
      'timeRange',
      `It is ${seconds} seconds long; a heatmap's is at most ${MOST_SECONDS}.`,
      'Choose a shorter time range, or ask for a timeline.',
    );
  }
  // An hour that begins within a second touches one second more.
  const first = Math.floor(from.getTime() / 1000);
  const columns = Math.ceil(to.getTime() / 1000) - first;
  const rows = checkCount(question.rowsPerSecond, 'rowsPerSecond', {
    most: 1000,
    otherwise: ROWS_PER_SECOND,
  });
  if (1000 % rows !== 0) {
    throw invalid('rowsPerSecond', `A second can't be divided into ${rows} whole milliseconds.`);
  }
  return { fromMs: first * 1000, columns, rows, rowMs: 1000 / rows };
}
