import { useMemo } from 'react';
import { selfCount, selfWeight, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import { colorScale } from '../color/scales.ts';
import { isSampleCount, shareOf } from '../format/numbers.ts';
import type { FrameInfo } from '../frames/frameDetails.ts';
import { highlighter } from '../frames/highlighter.ts';
import { comesLater } from '../later/comesLater.tsx';
import { RetryCode } from '../later/RetryCode.tsx';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import { useSettings, type SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from './actions.ts';
import { ColorChoice } from './ColorChoice.tsx';
import { FlameSurface, type SurfaceOptions } from './FlameSurface.tsx';
import { tooltipText, weightRow } from './tooltipText.ts';
import { useWidths } from './useWidths.ts';

export interface FlameGraphViewProps
  extends FlameStateProps, SurfaceOptions, FrameCallbacks, SettingsProps {
  tree: CallTree;
  /** Frames to stand out, beside those that a search finds. Keep the function stable. */
  highlight?: (frame: FrameInfo) => boolean;
}

const LaterLegend = /* @__PURE__ */ comesLater(
  'legend',
  async () => (await import('./Legend.tsx')).Legend,
  // A line of text high, as most legends are: what is above it stays as it is once it comes.
  (props) => (
    <div className="hf-legend">
      &nbsp;
      <RetryCode {...props} />
    </div>
  ),
);

/**
 * Draws a call tree and lets people move through it. Asks nothing, computes next to nothing: the
 * tree comes from `buildCallTree`, `useCallTree` or an engine, and `<FlameGraph>` does it all.
 */
export function FlameGraphView(props: FlameGraphViewProps) {
  return <WithSettings {...props} of={FlameGraphSurface} />;
}

/** The same with the root always at the top and callees below it. */
export function Icicle(props: Omit<FlameGraphViewProps, 'orientation'>) {
  return <FlameGraphView {...props} orientation="icicle" />;
}

function FlameGraphSurface(props: Omit<FlameGraphViewProps, keyof SettingsProps>) {
  const { tree, highlight } = props;
  const settings = useSettings();
  const { messages, format } = settings;
  const [state, update] = useFlameState(props);
  const scale = useMemo(() => colorScale(tree, state.colorBy), [tree, state.colorBy]);
  const { weight, isHatched } = useWidths(tree);
  const isHighlighted = useMemo(() => highlight && highlighter(tree, highlight), [tree, highlight]);
  const columns = useMemo(() => {
    const whole = tree.total[0];
    return [
      {
        header: messages.total,
        cell: (node: NodeIndex) => format.weight(tree.total[node], tree.unit),
      },
      {
        header: messages.share,
        cell: (node: NodeIndex) => format.share(shareOf(tree.total[node], whole)),
      },
      {
        header: messages.self,
        cell: (node: NodeIndex) => format.weight(selfWeight(tree, node), tree.unit),
      },
    ];
  }, [tree, messages, format]);
  const isIcicle = (props.orientation ?? state.orientation) === 'icicle';
  return (
    <FlameSurface
      {...props}
      label={props.label ?? (isIcicle ? messages.icicleLabel : messages.flameGraphLabel)}
      weight={weight}
      scale={scale}
      state={state}
      update={update}
      columns={columns}
      isHighlighted={isHighlighted}
      isHatched={isHatched}
      tooltipOf={(node) =>
        tooltipText(tree, node, settings, [
          weightRow(messages.total, tree, tree.total[node], tree.totalCount[node], settings),
          weightRow(messages.self, tree, selfWeight(tree, node), selfCount(tree, node), settings),
        ])
      }
      totalsOf={(focus) => <Totals tree={tree} focus={focus} />}
      ownControls={
        <ColorChoice value={state.colorBy} onChange={(colorBy) => update({ colorBy })} />
      }
      legendOf={(layout) => (
        <LaterLegend {...{ tree, layout, scale, isHatched }} mode={state.colorBy} />
      )}
    />
  );
}

/** `1.84 s · 184 samples`, and zoomed in `420 ms · 22.8% of 1.84 s` */
function Totals({ tree, focus }: { tree: CallTree; focus: NodeIndex }) {
  const { messages, format } = useSettings();
  const weight = format.weight(tree.total[focus], tree.unit);
  if (focus !== 0) {
    const share = format.share(shareOf(tree.total[focus], tree.total[0]));
    return <>{messages.partOfWhole(weight, share, format.weight(tree.total[0], tree.unit))}</>;
  }
  const count = tree.totalCount[0];
  const samples = messages.samples(count, format.count(count));
  return <>{isSampleCount(tree.unit, tree.total[0], count) ? samples : `${weight} · ${samples}`}</>;
}
