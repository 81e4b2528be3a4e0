import { useMemo } from 'react';
import { useFetched } from '../later/comesLater.tsx';
import { ProfilePanel, type PanelContent, type PanelProps } from '../panel/ProfilePanel.tsx';
import { ProfileTypeChoice } from '../panel/ProfileTypeChoice.tsx';
import { useAskedLabels } from '../panel/useAskedLabels.ts';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import type { FlameState } from '../state/flameState.ts';
import type { UpdateFlameState } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import { ProfileTimeline } from '../timeline/ProfileTimeline.tsx';
import type { FrameCallbacks } from '../view/actions.ts';
import { LaterViewer, VIEWER_HEIGHT, type ViewerOptions } from './ProfileViewerView.tsx';

export interface ProfileViewerProps
  extends PanelProps, ViewerOptions, FlameStateProps, Omit<FrameCallbacks, 'scope'>, SettingsProps {
  /** Samples over time above the views, where a `timeRange` is asked about. True if not said. */
  timeline?: boolean;
}

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
  useFetched(LaterViewer);
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
        {(content) => <Views {...rest} {...content} state={state} update={update} />}
      </ProfilePanel>
    </Root>
  );
}

interface ViewsProps
  extends PanelContent, PanelProps, ViewerOptions, Omit<FrameCallbacks, 'scope'> {
  state: FlameState;
  update: UpdateFlameState;
}

function Views({ answer, question, profileTypes, update, ...props }: ViewsProps) {
  const { controls } = props;
  const askedLabels = useAskedLabels(question, answer);
  const allControls = useMemo(
    () => (
      <>
        {controls}
        <ProfileTypeChoice
          types={profileTypes}
          value={answer.profileType}
          onChange={(profileType) => update({ profileType })}
        />
      </>
    ),
    [controls, profileTypes, answer.profileType, update],
  );
  return (
    <LaterViewer
      {...props}
      height="fill"
      stacks={answer.stacks}
      asked={{ question, answer }}
      askedLabels={askedLabels}
      onStateChange={update}
      onOpenOther={props.openOther}
      onAskBelow={props.askBelow}
      controls={allControls}
    />
  );
}
