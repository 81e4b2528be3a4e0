import { useRef } from 'react';
import { useFlameState } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { useAllSettings } from '../theme/allSettings.ts';
import type { SettingsProps } from '../theme/settings.ts';
import { Styles } from '../theme/Styles.tsx';
import { ClearWindow } from './ClearWindow.tsx';
import { largestCell } from './grid.ts';
import type { ProfileTimelineViewProps } from './ProfileTimelineView.tsx';
import { TIMELINE_STYLES } from './styles.ts';
import { TimelinePlot } from './TimelinePlot.tsx';

export interface TimelineProps extends Omit<ProfileTimelineViewProps, keyof SettingsProps> {
  /** Of the samples that are drawn, where that is known: a time is picked for it. */
  profileType?: string;
}

/** What `<ProfileTimelineView>` draws, with the settings that hold there. */
export function Timeline({ profileType, ...props }: TimelineProps) {
  const { messages } = useAllSettings();
  const [{ timeWindow }, update] = useFlameState(props);
  const label = props.label ?? messages.timelineLabel;
  const rootRef = useRef<HTMLDivElement>(null);
  return (
    <Root rootRef={rootRef} tabIndex={-1} role="group" aria-label={label}>
      <Styles of={TIMELINE_STYLES} />
      {largestCell(props.grid) <= 0 ? (
        <>
          <p className="hf-none" role="status">
            {messages.noTimeline}
          </p>
          {timeWindow && (
            <div className="hf-timeline-foot">
              <ClearWindow
                onClick={() => {
                  rootRef.current?.focus({ preventScroll: true });
                  update({ timeWindow: null });
                }}
              />
            </div>
          )}
        </>
      ) : (
        <TimelinePlot
          {...props}
          label={label}
          timeWindow={timeWindow}
          onPick={(picked) =>
            update({ timeWindow: picked && profileType ? { ...picked, profileType } : picked })
          }
        />
      )}
      {props.children}
    </Root>
  );
}
