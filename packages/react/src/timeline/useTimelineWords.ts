import { useMemo } from 'react';
import type { TimeWindow } from '../state/flameState.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { columnWeight, windowWeight, type TimeGrid } from './grid.ts';

interface TimelineWords {
  /** `10:00:24` */
  clock(time: number): string;
  /** `10:00:24: 110 ms` */
  column(column: number): string;
  /** The same, and in a heatmap of a part: `10:00:24: 110 ms · 100 ms to 150 ms: 5 ms`. */
  cell(cell: number): string;
  /** `10:00:20 to 10:00:31: about 1.2 s` */
  window(window: TimeWindow): string;
}

/**
 * What is said of a timeline's times and weights.
 *
 * @param grid as it is drawn: of what is drawn, several columns may be one
 * @param fine as it came: what is asked for is as fine as that
 */
export function useTimelineWords(
  grid: TimeGrid,
  fine: TimeGrid,
  timeZone: string | undefined,
): TimelineWords {
  const { messages, format, locale } = useAllSettings();
  const length = grid.columns * grid.columnMs;
  const timeFormat = useMemo(
    () =>
      new Intl.DateTimeFormat(locale, {
        timeZone,
        ...(length > 24 * 3600e3 ? { month: 'short', day: 'numeric' } : {}),
        hour: '2-digit',
        minute: '2-digit',
        ...(grid.columnMs < 60_000 ? { second: '2-digit' } : {}),
      }),
    [locale, timeZone, length, grid.columnMs],
  );
  const clock = (time: number): string => timeFormat.format(time);
  const column = (at: number): string =>
    messages.timelineCell(
      clock(grid.from + at * grid.columnMs),
      format.weight(columnWeight(grid, at), grid.unit),
    );
  return {
    clock,
    column,
    cell(cell) {
      const row = cell % grid.rows;
      const text = column((cell - row) / grid.rows);
      if (grid.rows === 1) return text;
      const [from, to] = [row, row + 1].map((edge) =>
        format.weight((edge / grid.rows) * fine.columnMs * 1e6, 'nanoseconds'),
      );
      const weight = format.weight(grid.weight[cell], grid.unit);
      return `${text} · ${messages.timelineWindow(from, to, weight)}`;
    },
    window(window) {
      const { weight, isEstimate } = windowWeight(fine, window);
      const text = format.weight(weight, fine.unit);
      return messages.timelineWindow(
        clock(window.from),
        clock(window.to),
        isEstimate ? messages.about(text) : text,
      );
    },
  };
}
