import { useCallTree } from '../engine/useTrees.ts';
import type { FrameInfo } from '../frames/frameDetails.ts';
import type { FlameState } from '../state/flameState.ts';
import {
  useFlameState,
  type FlameStateProps,
  type UpdateFlameState,
} from '../state/useFlameState.ts';
import { SettingsProvider } from '../theme/SettingsProvider.tsx';
import { useSettings, type SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { FlameGraphView } from '../view/FlameGraphView.tsx';
import type { SurfaceOptions } from '../view/FlameSurface.tsx';
import { defaultFaces } from './defaultFaces.tsx';
import { ProfilePanel, type PanelContent, type PanelProps } from './ProfilePanel.tsx';
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

type PanelOnlyProps = Omit<FlameGraphProps, keyof SettingsProps>;

function FlameGraphPanel(props: PanelOnlyProps) {
  const [state, update] = useFlameState(props);
  return (
    <ProfilePanel {...props} fill={props.height === 'fill'} state={state} update={update}>
      {(content) => <Tree {...props} {...content} state={state} update={update} />}
    </ProfilePanel>
  );
}

interface TreeProps extends PanelOnlyProps, PanelContent {
  state: FlameState;
  update: UpdateFlameState;
}

function Tree({ answer, profileTypes, scope, retry, state, update, ...props }: TreeProps) {
  const { messages } = useSettings();
  const { value: tree, error } = useCallTree(answer.stacks, { granularity: props.granularity });
  const faces = { ...defaultFaces, ...props.faces };
  if (error) return <faces.Error error={error} retry={retry} />;
  if (!tree) return <faces.Loading lookedFor={messages.loading} />;
  return (
    <FlameGraphView
      {...props}
      tree={tree}
      scope={scope}
      state={state}
      onStateChange={update}
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
  );
}
