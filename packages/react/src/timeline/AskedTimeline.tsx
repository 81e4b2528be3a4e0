import { useMemo, useRef } from 'react';
import type { HeatmapAnswer, TimelineAnswer } from '@hyperflame/sdk';
import { shortText } from '../format/displayText.ts';
import { startOfStacks } from '../frames/startOfStacks.ts';
import { defaultFaces } from '../panel/defaultFaces.tsx';
import { describeExpired } from '../panel/describeExpired.ts';
import { describeSampling } from '../panel/describeSampling.ts';
import { describeScope } from '../panel/describeScope.ts';
import { useHeatmap, useTimeline } from '../query/hooks.ts';
import { useScope } from '../query/useScope.ts';
import { LONGEST_HEATMAP_MS } from '../state/timeWindow.ts';
import { useFlameState } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { useAllSettings } from '../theme/allSettings.ts';
import type { SettingsProps } from '../theme/settings.ts';
import { gridOfHeatmap, gridOfTimeline } from './gridOf.ts';
import type { ProfileTimelineProps } from './ProfileTimeline.tsx';
import type { ProfileTimelineViewProps } from './ProfileTimelineView.tsx';
import { Timeline } from './Timeline.tsx';

/** What `<ProfileTimeline>` draws, with the settings that hold there. */
export function AskedTimeline(props: Omit<ProfileTimelineProps, keyof SettingsProps>) {
  const { timeRange } = props;
  const { messages, locale } = useAllSettings();
  const [state, update] = useFlameState(props);
  const profileType = props.profileType || state.profileType || undefined;
  const faces = { ...defaultFaces, ...props.faces };
  const under = useMemo(() => startOfStacks(props.under, state.under), [props.under, state.under]);
  const scope = useScope({ ...props, timeBy: undefined, under });
  const question = useMemo(
    () => ({ ...scope, timeRange, profileType }),
    [scope, timeRange, profileType],
  );
  const isShort = timeRange.to.getTime() - timeRange.from.getTime() <= LONGEST_HEATMAP_MS;
  const heatmap = useHeatmap(question, { enabled: isShort });
  // Profiles without event times have no seconds; when they were collected is known all the same.
  const hasNoTimes = heatmap.data !== undefined && !heatmap.data.count.some((count) => count > 0);
  const { exact } = props;
  const inBars = useMemo(() => ({ ...question, exact }), [question, exact]);
  const bars = useTimeline(inBars, { enabled: !isShort || hasNoTimes });
  const usesBars = !isShort || hasNoTimes;
  const result = usesBars ? bars : heatmap;

  const rootRef = useRef<HTMLDivElement>(null);
  const retry = (): void => {
    // The button is about to go: what it stands in keeps the keyboard's focus.
    rootRef.current?.focus({ preventScroll: true });
    void result.refetch();
  };
  return (
    <Root rootRef={rootRef} tabIndex={-1} shape="timeline">
      {result.data ? (
        <TimelineOfAnswer {...props} answer={result.data} state={state} onStateChange={update}>
          {result.isError && <faces.Stale error={result.error} retry={retry} />}
        </TimelineOfAnswer>
      ) : result.isError ? (
        <faces.Error error={result.error} retry={retry} />
      ) : (
        <faces.Loading lookedFor={describeScope(question, messages, locale)} />
      )}
    </Root>
  );
}

interface TimelineOfAnswerProps extends Omit<ProfileTimelineViewProps, 'grid'> {
  answer: HeatmapAnswer | TimelineAnswer;
}

/** An answer as a picture, and what of it the picture does not show. */
function TimelineOfAnswer({ answer, children, ...props }: TimelineOfAnswerProps) {
  const { messages, format, locale } = useAllSettings();
  const grid = useMemo(
    () => ('rows' in answer ? gridOfHeatmap(answer) : gridOfTimeline(answer)),
    [answer],
  );
  const undated = 'rows' in answer ? Math.round(answer.undatedSamples) : 0;
  const { sampling, otherUnits } = answer;
  const notes = [
    describeExpired(answer.expired, messages, locale, props.timeZone),
    sampling && describeSampling(sampling, messages, format),
    otherUnits.length > 0 && messages.otherUnits(shortText(otherUnits.join(', '), 200)),
    undated > 0 && messages.undatedSamples(undated, format.count(undated)),
  ];
  return (
    <Timeline {...props} grid={grid} profileType={answer.profileType}>
      {children}
      {notes.map(
        (note, i) =>
          note && (
            <p key={i} className="hf-timeline-note hf-muted">
              {note}
            </p>
          ),
      )}
    </Timeline>
  );
}
