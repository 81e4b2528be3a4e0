import { useCallback, useMemo } from 'react';
import {
  diffDelta,
  diffWidths,
  type DiffForm,
  type DiffSide,
  type NodeIndex,
} from '@hyperflame/calltree';
import { diffScale } from '../color/diffScale.ts';
import { useFunctionsOfDiff } from '../engine/useTrees.ts';
import { shareOf } from '../format/numbers.ts';
import { highlighter } from '../frames/highlighter.ts';
import { Computed } from '../panel/Computed.tsx';
import { useFlameState } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { useAllSettings } from '../theme/allSettings.ts';
import type { SettingsProps } from '../theme/settings.ts';
import { Choice } from '../view/Choice.tsx';
import { FlameSurface } from '../view/FlameSurface.tsx';
import { changeText, sideText } from './changeText.ts';
import { ChangeRows } from './ChangeRows.tsx';
import { DiffHeader } from './DiffHeader.tsx';
import { DIFF_VIEWS, diffViewOf } from './diffViews.ts';
import { diffTooltip } from './diffTooltip.ts';
import { DiffLegend } from './DiffLegend.tsx';
import { fateOf, fateText } from './fate.ts';
import type { DiffFlameGraphViewProps } from './DiffFlameGraphView.tsx';
import { Styles } from '../theme/Styles.tsx';
import { STAGE_STYLES } from '../viewer/styles.ts';

/** CSS pixels of the list, and of both, where the height is that of the picture. */
const LIST_HEIGHT = 480;

/** What `<DiffFlameGraphView>` draws, with the settings that hold there. */
export function DiffSurface(props: Omit<DiffFlameGraphViewProps, keyof SettingsProps>) {
  const { tree } = props;
  const settings = useAllSettings();
  const { messages, format } = settings;
  const [state, update] = useFlameState(props);
  const form = state.diffForm;
  const scale = useMemo(() => diffScale(tree, form), [tree, form]);
  const weight = useMemo(() => diffWidths(tree, form), [tree, form]);
  const isHatched = useMemo(() => (node: NodeIndex) => fateOf(tree, node) === 'removed', [tree]);
  const change = useCallback(
    (node: NodeIndex) => changeText(diffDelta(tree, node, { form }), form, tree, settings),
    [tree, form, settings],
  );
  const noteOf = useMemo(() => {
    const unchanged = (scale.variables.length - 1) / 2;
    return (node: NodeIndex) => (scale.slotOf(node) === unchanged ? '' : change(node));
  }, [scale, change]);
  const columns = useMemo(() => {
    const { before, after } = tree;
    const total =
      ({ total }: DiffSide) =>
      (node: NodeIndex) =>
        sideText(total[node], total[0], form, tree, settings);
    return [
      { header: messages.before, cell: total(before) },
      { header: messages.after, cell: total(after) },
      {
        header: messages.change,
        cell: (node: NodeIndex) =>
          [fateText(tree, node, messages), change(node)].join(' ').trimStart(),
      },
      ...(form === 'normalised'
        ? []
        : [
            {
              header: messages.share,
              cell: (node: NodeIndex) => format.share(shareOf(after.total[node], after.total[0])),
            },
          ]),
    ];
  }, [tree, form, change, messages, format, settings]);
  const forms: readonly { value: DiffForm; label: string }[] = [
    { value: 'absolute', label: messages.diffAbsolute },
    { value: 'relative', label: messages.diffRelative },
    { value: 'normalised', label: messages.diffNormalised },
  ];
  const { height = 'auto', views = DIFF_VIEWS } = props;
  const fills = height === 'fill';
  const stageHeight = height === 'auto' ? LIST_HEIGHT : height;
  const view = diffViewOf(state, views);
  const hasList = view !== 'graph';
  const isToBeMade = hasList && props.changes === undefined;
  const made = useFunctionsOfDiff(isToBeMade ? tree : undefined, { form });
  // A function that was chosen in the list stands out at all its places.
  const isElsewhere = state.pivot !== '' && state.selected.length === 0;
  const isHighlighted = useMemo(
    () => (isElsewhere ? highlighter(tree, ({ key }) => key === state.pivot) : undefined),
    [tree, isElsewhere, state.pivot],
  );
  const formChoice = (
    <Choice
      label={messages.diffForm}
      value={form}
      options={forms}
      onChange={(diffForm) => update({ diffForm })}
    />
  );
  const list = hasList && (
    <Computed result={props.changes ?? made}>
      {(table) => (
        <ChangeRows
          {...props}
          height={view === 'both' ? 'fill' : stageHeight}
          label={undefined}
          toolbar={view === 'table' && props.toolbar !== false}
          controls={
            <>
              {props.controls}
              {formChoice}
            </>
          }
          table={table}
          state={state}
          onStateChange={update}
        />
      )}
    </Computed>
  );
  const graph = view !== 'table' && (
    <FlameSurface
      {...props}
      height={view === 'both' ? 'fill' : height}
      label={props.label ?? messages.diffLabel}
      weight={weight}
      scale={scale}
      state={state}
      update={update}
      columns={columns}
      isHatched={isHatched}
      noteOf={noteOf}
      diffForm={form}
      tooltipOf={(node) => diffTooltip(tree, node, form, settings)}
      totalsOf={(focus) => {
        const total = ({ total }: DiffSide): string => {
          const weight = format.weight(total[focus], tree.unit);
          if (form !== 'normalised') return weight;
          return `${weight} (${format.share(shareOf(total[focus], total[0]))})`;
        };
        return messages.fromTo(total(tree.before), total(tree.after), change(focus));
      }}
      isHighlighted={isHighlighted}
      ownControls={formChoice}
      legendOf={() => <DiffLegend tree={tree} form={form} scale={scale} />}
    />
  );
  return (
    <Root fill={fills}>
      {views.length > 1 && props.toolbar !== false && <DiffHeader {...{ view, views, update }} />}
      {view === 'both' ? (
        <>
          <Styles of={STAGE_STYLES} />
          <div
            className="hf-stage"
            style={fills ? undefined : { flex: 'none', height: stageHeight }}
          >
            <div className="hf-stage-parts">
              <div className="hf-pictures" data-view="both">
                {graph}
                {list}
              </div>
            </div>
          </div>
        </>
      ) : (
        graph || list
      )}
    </Root>
  );
}
