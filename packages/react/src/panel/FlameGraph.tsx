import type { FrameInfo } from '../frames/frameDetails.ts';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import { SettingsProvider } from '../theme/SettingsProvider.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import { TransformBar } from '../transforms/TransformBar.tsx';
import type { FrameCallbacks } from '../view/actions.ts';
import type { SurfaceOptions } from '../view/FlameSurface.tsx';
import { GraphOfStacks } from './GraphOfStacks.tsx';
import { ProfilePanel, type PanelProps } from './ProfilePanel.tsx';
import { ProfileTypeChoice } from './ProfileTypeChoice.tsx';

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
export function FlameGraph({
  messages,
  locale,
  colorScheme,
  styleNonce,
  ...props
}: FlameGraphProps) {
  return (
    <SettingsProvider {...{ messages, locale, colorScheme, styleNonce }}>
      <FlameGraphPanel {...props} />
    </SettingsProvider>
  );
}

function FlameGraphPanel(props: Omit<FlameGraphProps, keyof SettingsProps>) {
  const [state, update] = useFlameState(props);
  const { transformable = true } = props;
  const hasChain = transformable && state.transforms.length > 0;
  return (
    <ProfilePanel {...props} fill={props.height === 'fill'} state={state} update={update}>
      {({ answer, profileTypes, scope, retry, openOther }) => (
        <>
          {hasChain && (
            <div className="hf-header">
              <TransformBar
                transforms={state.transforms}
                onChange={(transforms) => update({ transforms })}
              />
            </div>
          )}
          <GraphOfStacks
            {...props}
            transformable={transformable}
            stacks={answer.stacks}
            scope={scope}
            retry={retry}
            state={state}
            update={update}
            onOpenOther={props.onOpenOther ?? openOther}
            controls={
              <>
                {props.controls}
                <ProfileTypeChoice
                  types={profileTypes}
                  value={answer.profileType}
                  onChange={(profileType) => update({ profileType })}
                />
              </>
            }
          />
        </>
      )}
    </ProfilePanel>
  );
}
