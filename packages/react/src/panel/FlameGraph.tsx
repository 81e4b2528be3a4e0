import type { FrameInfo } from '../frames/frameDetails.ts';
import type { FlameStateProps } from '../state/useFlameState.ts';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import type { SurfaceOptions } from '../view/FlameSurface.tsx';
import { Asking, type Asked } from './Asking.tsx';
import { GraphOfStacks, type GraphOfStacksProps } from './GraphOfStacks.tsx';
import type { PanelProps } from './ProfilePanel.tsx';

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

/** The graph, whose frames can be asked further about. */
function AskedGraph({
  openOther,
  askBelow,
  ...props
}: Omit<GraphOfStacksProps, keyof Asked> & Asked) {
  return (
    <GraphOfStacks
      {...props}
      onOpenOther={props.onOpenOther ?? openOther}
      onAskBelow={props.onAskBelow ?? askBelow}
    />
  );
}
