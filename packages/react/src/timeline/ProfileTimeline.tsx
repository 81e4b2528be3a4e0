import type { ProfileScope, TimeRange } from '@hyperflame/sdk';
import { later } from '../later/later.tsx';
import type { Faces } from '../panel/faces.ts';
import type { FlameStateProps } from '../state/useFlameState.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { TimelineOptions } from './ProfileTimelineView.tsx';

export interface ProfileTimelineProps
  extends
    Omit<ProfileScope, 'linkage' | 'timeBy'>,
    TimelineOptions,
    FlameStateProps,
    SettingsProps {
  /** What the time is picked from. */
  timeRange: TimeRange;
  /** As of `<ProfileViewer>`. */
  exact?: boolean;
  faces?: Partial<Pick<Faces, 'Error' | 'Loading' | 'Stale'>>;
}

const LaterTimeline = /* @__PURE__ */ later<Omit<ProfileTimelineProps, keyof SettingsProps>>(
  'timeline',
  async () => (await import('./AskedTimeline.tsx')).AskedTimeline,
  { shape: 'timeline' },
);

/**
 * When the samples of a scope were taken: up to an hour second by second, with each second divided
 * from bottom to top; longer ranges as bars. What is picked is the state's `timeWindow`, which the
 * other components with that state then ask about.
 */
export function ProfileTimeline(props: ProfileTimelineProps) {
  return <WithSettings {...props} of={LaterTimeline} />;
}
