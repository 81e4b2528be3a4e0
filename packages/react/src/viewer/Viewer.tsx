import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { FrameInfo } from '../frames/frameDetails.ts';
import { later } from '../later/later.tsx';
import type { Asked } from '../panel/Asking.tsx';
import { GraphOfStacks } from '../panel/GraphOfStacks.tsx';
import { VIEWS, type View } from '../state/flameState.ts';
import { useFlameState } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { useAllSettings } from '../theme/allSettings.ts';
import type { SettingsProps } from '../theme/settings.ts';
import type { Sorting, WeightColumn } from '../table/rows.ts';
import { focusTwin } from '../twin/focusTwin.ts';
import { useFocusKept } from '../twin/useFocusKept.ts';
import type { AskedLabels } from '../transforms/AskedLabels.ts';
import { TransformBar } from '../transforms/TransformBar.tsx';
import { InvertedSwitch } from '../view/InvertedSwitch.tsx';
import { ViewSwitch } from '../view/ViewSwitch.tsx';
import { VIEWER_HEIGHT, type ProfileViewerViewProps } from './ProfileViewerView.tsx';
import { Styles } from '../theme/Styles.tsx';
import { STAGE_STYLES } from './styles.ts';

const LaterFunctions = later(
  'table of functions',
  async () => (await import('../table/FunctionsOfStacks.tsx')).FunctionsOfStacks,
  { shape: 'table' },
);

const LaterSandwich = later(
  'sandwich',
  async () => (await import('../sandwich/SandwichOfStacks.tsx')).SandwichOfStacks,
);

const LaterTreemap = later(
  'treemap',
  async () => (await import('../treemap/TreemapOfStacks.tsx')).TreemapOfStacks,
);

const LaterInspector = later(
  'inspector',
  async () => (await import('../inspector/InspectorOfStacks.tsx')).InspectorOfStacks,
  { shape: 'table' },
);

const LaterAskedInspector = later(
  'inspector',
  async () => (await import('../inspector/AskedInspector.tsx')).AskedInspector,
  { shape: 'table' },
);

export interface ViewerProps extends Omit<ProfileViewerViewProps, keyof SettingsProps> {
  /** Where there is someone to ask: what the inspector asks further about. */
  asked?: Pick<Asked, 'question' | 'answer'>;
  /** Labels that the stacks can be asked for with, beside those that they have. */
  askedLabels?: AskedLabels;
}

/** What `<ProfileViewerView>` draws, with the settings that hold there. */
export function Viewer(props: ViewerProps) {
  const {
    height = VIEWER_HEIGHT,
    views = VIEWS,
    inspector = true,
    controls,
    label,
    asked,
    ...rest
  } = props;
  const { sourceLink, lineStacks, labels, askedLabels, highlight, ...common } = rest;
  const { messages } = useAllSettings();
  const [state, update] = useFlameState(props);
  const view = views.includes(state.view) ? state.view : (views[0] ?? 'graph');
  const fills = height === 'fill';
  const { pivot } = state;
  const rootRef = useRef<HTMLDivElement>(null);
  const kept = useFocusKept(rootRef);
  // A sandwich is of the function itself: details that are in the way go without it.
  const [closedFor, setClosedFor] = useState('');
  const isInspected = pivot !== '' && (view !== 'sandwich' || closedFor !== pivot);
  const closeInspector = (): void => {
    // The button is about to go: the keyboard's focus goes to the picture, if there is one.
    rootRef.current?.focus({ preventScroll: true });
    focusTwin(rootRef.current);
    if (view === 'sandwich') {
      setClosedFor(pivot);
    } else {
      update({ pivot: '', selected: [] });
      props.onSelectFrame?.(null);
    }
  };

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
  const inspected = { ...shared, sourceLink, onClose: closeInspector };
  // A table that one comes back to is sorted as it was.
  const [sorting, onSort] = useState<Sorting<WeightColumn>>();
  const sorted = { sorting, onSort };
  const graph = <GraphOfStacks {...shared} highlight={isHighlighted} />;
  const pictures: Record<View, ReactNode> = {
    graph,
    table: <LaterFunctions {...shared} {...sorted} />,
    both: (
      <>
        {graph}
        <LaterFunctions {...shared} {...sorted} toolbar={false} />
      </>
    ),
    sandwich: <LaterSandwich {...shared} />,
    treemap: <LaterTreemap {...shared} />,
  };
  const hasTree = view === 'graph' || view === 'both';
  return (
    <Root
      rootRef={rootRef}
      {...kept}
      tabIndex={-1}
      fill={fills}
      role="region"
      aria-label={label ?? messages.viewerLabel}
      style={fills ? undefined : { height }}
      data-viewer=""
    >
      <Styles of={STAGE_STYLES} />
      <div className="hf-header">
        <div className="hf-header-line">
          {views.length > 1 && (
            <ViewSwitch
              value={view}
              views={views}
              onChange={(chosen) => update({ view: chosen })}
            />
          )}
          {hasTree && <InvertedSwitch state={state} update={update} />}
          <TransformBar
            transforms={state.transforms}
            labels={props.stacks.labels}
            asked={askedLabels}
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
          {inspector && isInspected && (
            <aside className="hf-side-panel">
              {asked ? (
                <LaterAskedInspector {...inspected} {...asked} />
              ) : (
                <LaterInspector {...inspected} lineStacks={lineStacks} labels={labels} />
              )}
            </aside>
          )}
        </div>
      </div>
    </Root>
  );
}
