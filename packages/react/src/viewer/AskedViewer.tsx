import { useMemo } from 'react';
import type { PanelContent, PanelProps } from '../panel/ProfilePanel.tsx';
import { ProfileTypeChoice } from '../panel/ProfileTypeChoice.tsx';
import { useAskedLabels } from '../panel/useAskedLabels.ts';
import type { FlameState } from '../state/flameState.ts';
import type { UpdateFlameState } from '../state/useFlameState.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import type { ViewerOptions } from './ProfileViewerView.tsx';
import { Viewer } from './Viewer.tsx';

interface AskedViewerProps
  extends PanelContent, PanelProps, ViewerOptions, Omit<FrameCallbacks, 'scope'> {
  state: FlameState;
  update: UpdateFlameState;
}

/** All views of an answer, and what can be asked further about it. */
export function AskedViewer({
  answer,
  question,
  profileTypes,
  update,
  ...props
}: AskedViewerProps) {
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
    <Viewer
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
