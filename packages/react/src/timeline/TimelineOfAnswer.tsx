import { useMemo } from 'react';
import type { HeatmapAnswer, TimelineAnswer } from '@hyperflame/sdk';
import { useSettings } from '../theme/settings.ts';
import { gridOfHeatmap, gridOfTimeline } from './grid.ts';
import type { ProfileTimelineViewProps } from './ProfileTimelineView.tsx';
import { TimelinePlot } from './TimelinePlot.tsx';

interface TimelineOfAnswerProps extends Omit<ProfileTimelineViewProps, 'grid' | 'children'> {
  answer: HeatmapAnswer | TimelineAnswer;
}

/** An answer as a picture, and what of it the picture does not show. */
export function TimelineOfAnswer({ answer, ...props }: TimelineOfAnswerProps) {
  const { messages, format } = useSettings();
  const grid = useMemo(
    () => ('undatedSamples' in answer ? gridOfHeatmap(answer) : gridOfTimeline(answer)),
    [answer],
  );
  const undated = 'undatedSamples' in answer ? Math.round(answer.undatedSamples) : 0;
  return (
    <TimelinePlot {...props} grid={grid}>
      {undated > 0 && (
        <p className="hf-timeline-note hf-muted">
          {messages.undatedSamples(undated, format.count(undated))}
        </p>
      )}
    </TimelinePlot>
  );
}
