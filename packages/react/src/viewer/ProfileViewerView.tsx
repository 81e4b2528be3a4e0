import { useMemo, type ReactNode } from 'react';
import type { Granularity, StackTable } from '@hyperflame/calltree';
import type { Facet } from '@hyperflame/sdk';
import type { FrameInfo } from '../frames/frameDetails.ts';
import type { InspectorOptions } from '../inspector/FrameInspectorView.tsx';
import { InspectorOfStacks } from '../inspector/InspectorOfStacks.tsx';
import type { Faces } from '../panel/faces.ts';
import { GraphOfStacks } from '../panel/GraphOfStacks.tsx';
import { SandwichOfStacks } from '../sandwich/SandwichOfStacks.tsx';
import { VIEWS, type FlameState, type FramePath, type View } from '../state/flameState.ts';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import { FunctionsOfStacks } from '../table/FunctionsOfStacks.tsx';
import { Root } from '../theme/Root.tsx';
import { WithSettings } from '../theme/WithSettings.tsx';
import { useSettings, type SettingsProps } from '../theme/settings.ts';
import { TransformBar } from '../transforms/TransformBar.tsx';
import { TreemapOfStacks } from '../treemap/TreemapOfStacks.tsx';
import type { FrameCallbacks } from '../view/actions.ts';
import { ViewSwitch } from '../view/ViewSwitch.tsx';

export interface ViewerOptions extends Pick<InspectorOptions, 'sourceLink'> {
  /** `fill` takes the height of the parent. A number is in CSS pixels; 640 if not said. */
  height?: 'fill' | number;
  /** The views to choose from, in this order; all of them if not said. */
  views?: readonly View[];
  /** Details of the chosen function beside the picture. True if not said. */
  inspector?: boolean;
  /** Further controls beside the choice of views. */
  controls?: ReactNode;
  /** Name of the whole for assistive technology. */
  label?: string;
  /** Frames to stand out, beside those that a search finds. Keep the function stable. */
  highlight?: (frame: FrameInfo) => boolean;
}

export interface ProfileViewerViewProps
  extends ViewerOptions, FlameStateProps, FrameCallbacks, SettingsProps {
  stacks: StackTable;
  /** The same samples with lines, for the inspector, where `stacks` have none. */
  lineStacks?: StackTable;
  /** Labels of the samples that have the chosen function. */
  labels?: readonly Facet[];
  granularity?: Granularity;
  faces?: Partial<Faces>;
  retry?: () => void;
  /** "(other)" was opened: what it holds can be asked for. */
  onOpenOther?: () => void;
  /** All stacks that begin with a path are wanted: they can be asked for. */
  onAskBelow?: (path: FramePath) => void;
}

/**
 * All views of one profile with one state: graph, table, both side by side, sandwich and treemap,
 * with the changes made to the profile above and the chosen function's details beside them. Needs
 * stacks and nothing else: a file that `readProfile` has read will do.
 */
export function ProfileViewerView(props: ProfileViewerViewProps) {
  return <WithSettings {...props} of={Viewer} />;
}

function Viewer(props: Omit<ProfileViewerViewProps, keyof SettingsProps>) {
  const { height = 640, views = VIEWS, inspector = true, controls, label, ...rest } = props;
  const { sourceLink, lineStacks, labels, highlight, ...common } = rest;
  const { messages } = useSettings();
  const [state, update] = useFlameState(props);
  const view = views.includes(state.view) ? state.view : (views[0] ?? 'graph');
  const fills = height === 'fill';
  const { pivot } = state;

  // A function that was chosen elsewhere stands out at all its places; a frame has its own mark.
  const isElsewhere = pivot !== '' && state.selected.length === 0;
  const isHighlighted = useMemo(
    () => (isElsewhere ? (frame: FrameInfo) => frame.key === pivot : highlight),
    [isElsewhere, pivot, highlight],
  );
  const shared = {
    ...common,
    state,
    update,
    height: 'fill',
    transformable: true,
    pivotable: views.includes('sandwich'),
  } as const;
  const graph = <GraphOfStacks {...shared} highlight={isHighlighted} />;
  const pictures: Record<View, ReactNode> = {
    graph,
    table: <FunctionsOfStacks {...shared} />,
    both: (
      <>
        {graph}
        <FunctionsOfStacks {...shared} toolbar={false} />
      </>
    ),
    sandwich: <SandwichOfStacks {...shared} />,
    treemap: <TreemapOfStacks {...shared} />,
  };
  const hasTree = view === 'graph' || view === 'both';
  return (
    <Root
      fill={fills}
      role="region"
      aria-label={label ?? messages.viewerLabel}
      style={fills ? undefined : { height }}
      data-viewer=""
    >
      <div className="hf-header">
        <div className="hf-header-line">
          {views.length > 1 && (
            <ViewSwitch
              value={view}
              views={views}
              onChange={(chosen) => update({ view: chosen })}
            />
          )}
          {hasTree && (
            <button
              type="button"
              className="hf-button"
              aria-pressed={state.inverted}
              title={messages.invertedHint}
              onClick={() => update(turned(state))}
            >
              {messages.inverted}
            </button>
          )}
          <TransformBar
            transforms={state.transforms}
            labels={props.stacks.labels}
            onChange={(transforms) => update({ transforms })}
          />
          {controls && <div className="hf-controls">{controls}</div>}
        </div>
      </div>
      <div className="hf-stage">
        <div className="hf-stage-parts" data-view={view}>
          <div className="hf-pictures" data-view={view}>
            {pictures[view]}
          </div>
          {inspector && pivot !== '' && (
            <aside className="hf-side-panel">
              <InspectorOfStacks
                {...shared}
                sourceLink={sourceLink}
                lineStacks={lineStacks}
                labels={labels}
                onClose={() => update({ pivot: '', selected: [] })}
              />
            </aside>
          )}
        </div>
      </div>
    </Root>
  );
}

/** The other way round; places in one tree are not places in the other. */
function turned(state: FlameState): Partial<FlameState> {
  return { inverted: !state.inverted, focus: [], selected: [] };
}
