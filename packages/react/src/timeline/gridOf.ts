import type { HeatmapAnswer, TimelineAnswer } from '@hyperflame/sdk';
import type { TimeGrid } from './grid.ts';

/** What `<ProfileTimelineView>` draws of the answer to `heatmap`. */
export function gridOfHeatmap(answer: HeatmapAnswer): TimeGrid {
  const { columns, rows, weight, unit } = answer;
  return {
    from: answer.from.getTime(),
    columnMs: rows * answer.rowMs,
    columns,
    rows,
    weight,
    unit,
  };
}

/** What `<ProfileTimelineView>` draws of the answer to `timeline`. */
export function gridOfTimeline({ from, bucketMs, weight, unit }: TimelineAnswer): TimeGrid {
  return {
    from: from.getTime(),
    columnMs: bucketMs,
    columns: weight.length,
    rows: 1,
    weight,
    unit,
  };
}
