import { useFetched } from '../later/comesLater.tsx';
import { later } from '../later/later.tsx';
import { ProfilePanel, type PanelProps } from '../panel/ProfilePanel.tsx';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import { ProfileTimeline } from '../timeline/ProfileTimeline.tsx';
import type { FrameCallbacks } from '../view/actions.ts';
import { VIEWER_HEIGHT, type ViewerOptions } from './ProfileViewerView.tsx';

export interface ProfileViewerProps
  extends PanelProps, ViewerOptions, FlameStateProps, Omit<FrameCallbacks, 'scope'>, SettingsProps {
  /** Samples over time above the views, where a `timeRange` is asked about. True if not said. */
  timeline?: boolean;
}

const LaterAskedViewer = /* @__PURE__ */ later(
  'viewer',
  async () => (await import('./AskedViewer.tsx')).AskedViewer,
  { height: 'fill' },
);

/**
 * Everything there is to see of the profile of a scope, with one state for all of it.
 *
 *     <ProfileViewer {...useUrlFlameState()} service="checkout" timeRange={{ from, to }} />
 */
export function ProfileViewer(props: ProfileViewerProps) {
  return <WithSettings {...props} of={AskingViewer} />;
}

function AskingViewer(props: Omit<ProfileViewerProps, keyof SettingsProps>) {
  const { height = VIEWER_HEIGHT, timeline = true, ...rest } = props;
  useFetched(LaterAskedViewer);
  const [state, update] = useFlameState(props);
  const fills = height === 'fill';
  const { timeRange } = props;
  return (
    <Root fill={fills} style={fills ? undefined : { height }}>
      {timeline && timeRange && (
        <ProfileTimeline
          {...rest}
          label={undefined}
          timeRange={timeRange}
          state={state}
          onStateChange={update}
        />
      )}
      <ProfilePanel {...rest} fill state={state} update={update}>
        {(content) => (
          <>
            {content.linkage}
            <LaterAskedViewer {...rest} {...content} state={state} update={update} />
          </>
        )}
      </ProfilePanel>
    </Root>
  );
}
