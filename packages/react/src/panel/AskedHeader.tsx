import type { FlameState } from '../state/flameState.ts';
import type { UpdateFlameState } from '../state/useFlameState.ts';
import { TransformBar } from '../transforms/TransformBar.tsx';
import type { PanelContent } from './ProfilePanel.tsx';
import { ProfileTypeChoice } from './ProfileTypeChoice.tsx';
import { useAskedLabels } from './useAskedLabels.ts';

interface AskedHeaderProps extends Pick<PanelContent, 'question' | 'answer' | 'profileTypes'> {
  state: FlameState;
  update: UpdateFlameState;
  toolbar?: boolean;
  transformable?: boolean;
}

/**
 * What was done to the profile, and its types to choose from. Above the picture, not in its toolbar:
 * changes that leave nothing to draw can be taken back.
 */
export function AskedHeader(props: AskedHeaderProps) {
  const { question, answer, profileTypes, state, update, toolbar = true, transformable } = props;
  const asked = useAskedLabels(question, answer);
  const isEmpty = transformable
    ? !toolbar && state.transforms.length === 0
    : !toolbar || profileTypes.length < 2;
  if (isEmpty) return null;
  return (
    <div className="hf-header">
      <div className="hf-header-line">
        {transformable && (
          <TransformBar
            transforms={state.transforms}
            labels={answer.stacks.labels}
            asked={asked}
            onChange={(transforms) => update({ transforms })}
          />
        )}
        {toolbar && (
          <div className="hf-controls">
            <ProfileTypeChoice
              types={profileTypes}
              value={answer.profileType}
              onChange={(profileType) => update({ profileType })}
            />
          </div>
        )}
      </div>
    </div>
  );
}
