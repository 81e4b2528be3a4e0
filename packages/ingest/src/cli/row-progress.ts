import { count, duration } from '../text.ts';
import type { Terminal } from './program.ts';
import { progressLine } from './progress.ts';

export interface RowProgress {
  readonly done: number;
  readonly total: number;
  /** What it is at; empty when it is done. */
  readonly at: string;
}

/** A line a step where output goes to a file; on a terminal, one line that is written over. */
const PRINT_EVERY_MS = 10_000;

/** Shows how far work over rows is: how many, how fast, how long it will take. */
export function rowProgress(
  { stderr }: Terminal,
  now: () => number = Date.now,
): { show: (progress: RowProgress) => void; clear: () => void } {
  const started = now();
  const line = progressLine(stderr);
  let printed = started;
  return {
    clear: line.clear,
    show(progress) {
      const text = progressText(progress, now() - started);
      line.show(text);
      if (stderr.isTTY === true || now() - printed < PRINT_EVERY_MS) return;
      printed = now();
      stderr.write(`${text}\n`);
    },
  };
}

/** `12 500 of 50 000 rows (25 %), 2 500 rows/s, 15 s left, at 2026-09-01 13:00` */
export function progressText({ done, total, at }: RowProgress, elapsedMs: number): string {
  const share = total === 0 ? 100 : Math.floor((done / total) * 100);
  const parts = [`${count(done)} of ${count(total)} rows (${share} %)`];
  if (done > 0 && elapsedMs > 0) {
    const perMs = done / elapsedMs;
    parts.push(`${count(Math.round(perMs * 1000))} rows/s`);
    if (done < total) parts.push(`${duration((total - done) / perMs)} left`);
  }
  if (at !== '') parts.push(`at ${at}`);
  return parts.join(', ');
}
