import type { FrameInfo } from '../frames/frameDetails.ts';
import type { FlameStateProps } from '../state/useFlameState.ts';
import type { SettingsProps } from '../theme/settings.ts';
import { TransformBar } from '../transforms/TransformBar.tsx';
import type { FrameCallbacks } from '../view/actions.ts';
import type { SurfaceOptions } from '../view/FlameSurface.tsx';
import { Asking, type Asked } from './Asking.tsx';
import { GraphOfStacks, type GraphOfStacksProps } from './GraphOfStacks.tsx';
import type { PanelProps } from './ProfilePanel.tsx';
import { ProfileTypeChoice } from './ProfileTypeChoice.tsx';
import { useAskedLabels } from './useAskedLabels.ts';

export interface FlameGraphProps
  extends
    PanelProps,
    FlameStateProps,
    SurfaceOptions,
    Omit<FrameCallbacks, 'scope'>,
    SettingsProps {
  /** Frames to stand out, beside those that a search finds. Keep the function stable. */
  highlight?: (frame: FrameInfo) => boolean;
}

/**
 * Asks for the profile of a span, a trace, a service, or whatever the scope says, computes its call
 * tree in a worker, and draws it. Needs a `<ProfilesProvider>` above it.
 *
 *     <FlameGraph traceId={traceId} spanId={spanId} />
 *     <FlameGraph service="checkout" timeRange={{ from, to }} height="fill" />
 */
export function FlameGraph(props: FlameGraphProps) {
  return <Asking transformable {...props} picture={AskedGraph} />;
}

/** The graph with what was done to the profile above it, and its types to choose from. */
function AskedGraph({
  answer,
  profileTypes,
  openOther,
  askBelow,
  ...props
}: Omit<GraphOfStacksProps, keyof Asked> & Asked) {
  const { state, update, transformable } = props;
  const asked = useAskedLabels(props.question, answer);
  const hasToolbar = props.toolbar !== false;
  const hasHeader = transformable
    ? hasToolbar || state.transforms.length > 0
    : hasToolbar && profileTypes.length > 1;
  return (
    <>
      {hasHeader && (
        // Above the picture, not in its toolbar: changes that leave nothing to draw can be taken back.
        <div className="hf-header">
          <div className="hf-header-line">
            {transformable && (
              <TransformBar
                transforms={state.transforms}
                labels={props.stacks.labels}
                asked={asked}
                onChange={(transforms) => update({ transforms })}
              />
            )}
            {hasToolbar && (
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
      )}
      <GraphOfStacks
        {...props}
        onOpenOther={props.onOpenOther ?? openOther}
        onAskBelow={props.onAskBelow ?? askBelow}
      />
    </>
  );
}
