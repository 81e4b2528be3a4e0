import { useMemo } from 'react';
import type { ProfileScope, TimeRange } from '@hyperflame/sdk';
import { useFetched } from '../later/comesLater.tsx';
import { later } from '../later/later.tsx';
import { defaultFaces } from '../panel/defaultFaces.tsx';
import { describeScope } from '../panel/describeScope.ts';
import type { Faces } from '../panel/faces.ts';
import { startOfStacks } from '../frames/startOfStacks.ts';
import { useHeatmap, useTimeline } from '../query/hooks.ts';
import { useScope } from '../query/useScope.ts';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { WithSettings } from '../theme/WithSettings.tsx';
import { useSettings, type SettingsProps } from '../theme/settings.ts';
import type { TimelineOptions } from './ProfileTimelineView.tsx';

export interface ProfileTimelineProps
  extends Omit<ProfileScope, 'linkage'>, TimelineOptions, FlameStateProps, SettingsProps {
  /** What the time is picked from. */
  timeRange: TimeRange;
  faces?: Partial<Pick<Faces, 'Error' | 'Loading'>>;
}

const LaterTimeline = /* @__PURE__ */ later(
  'timeline',
  async () => (await import('./TimelineOfAnswer.tsx')).TimelineOfAnswer,
  { className: 'hf-timeline-loading' },
);

/** Longer ranges are drawn in buckets: seconds of an hour are as many as can be told apart. */
const LONGEST_HEATMAP_MS = 3600e3;

/**
 * When the samples of a scope were taken: up to an hour second by second, with each second divided
 * from bottom to top; longer ranges as bars. What is picked is the state's `timeWindow`, which the
 * other components with that state then ask about.
 */
export function ProfileTimeline(props: ProfileTimelineProps) {
  return <WithSettings {...props} of={AskingTimeline} />;
}

function AskingTimeline(props: Omit<ProfileTimelineProps, keyof SettingsProps>) {
  useFetched(LaterTimeline);
  const { timeRange } = props;
  const { messages, locale } = useSettings();
  const [state, update] = useFlameState(props);
  const profileType = props.profileType ?? (state.profileType || undefined);
  const faces = { ...defaultFaces, ...props.faces };
  const under = useMemo(() => startOfStacks(props.under, state.under), [props.under, state.under]);
  const scope = useScope({ ...props, under });
  const question = useMemo(
    () => ({ ...scope, timeRange, profileType }),
    [scope, timeRange, profileType],
  );
  const isShort = timeRange.to.getTime() - timeRange.from.getTime() <= LONGEST_HEATMAP_MS;
  const heatmap = useHeatmap(question, { enabled: isShort });
  // Profiles without event times have no seconds; when they were collected is known all the same.
  const hasNoTimes = heatmap.data !== undefined && !heatmap.data.count.some((count) => count > 0);
  const bars = useTimeline(question, { enabled: !isShort || hasNoTimes });
  const usesBars = !isShort || hasNoTimes;
  const result = usesBars ? bars : heatmap;

  if (result.isError && !result.data) {
    return (
      <Root>
        <faces.Error error={result.error} retry={() => void result.refetch()} />
      </Root>
    );
  }
  if (!result.data) {
    return (
      <Root className="hf-timeline-loading">
        <faces.Loading lookedFor={describeScope(question, messages, locale)} />
      </Root>
    );
  }
  return <LaterTimeline {...props} answer={result.data} state={state} onStateChange={update} />;
}
