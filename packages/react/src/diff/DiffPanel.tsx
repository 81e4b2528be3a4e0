import { useMemo } from 'react';
import type { StackTable } from '@hyperflame/calltree';
import { useDiffFunctions, useDiffTree } from '../engine/useTrees.ts';
import { Computed } from '../panel/Computed.tsx';
import { defaultFaces } from '../panel/defaultFaces.tsx';
import { isPartial } from '../panel/ProfilePanel.tsx';
import { useFlameState } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { useSettings, type SettingsProps } from '../theme/settings.ts';
import { TransformBar } from '../transforms/TransformBar.tsx';
import type { DiffFlameGraphProps } from './DiffFlameGraph.tsx';
import { DiffSurface } from './DiffSurface.tsx';
import { InvertedSwitch } from '../view/InvertedSwitch.tsx';
import { diffViewOf } from './diffViews.ts';
import { describeSide, isEmptyTable, isStacks, useSide } from './useSide.ts';
import { tablesOf } from '../panel/tablesOf.ts';

type PanelOnlyProps = Omit<DiffFlameGraphProps, keyof SettingsProps>;

/** What `<DiffFlameGraph>` draws, with the settings that hold there. */
export function DiffPanel(props: PanelOnlyProps) {
  const { before, after } = props;
  if (isStacks(before) && isStacks(after)) {
    return <DiffOfStacks {...props} before={before} after={after} />;
  }
  return <DiffOfScopes {...props} />;
}

interface DiffOfStacksProps extends PanelOnlyProps {
  before: StackTable;
  after: StackTable;
  retry?: () => void;
}

function DiffOfStacks({ before, after, retry, ...props }: DiffOfStacksProps) {
  const { granularity, height, toolbar, transformable = true } = props;
  const [state, update] = useFlameState(props);
  const { transforms, inverted: invert } = state;
  const sides = useMemo(() => inOneUnit(before, after), [before, after]);
  const result = useDiffTree(sides.before, sides.after, { granularity, transforms, invert });
  const view = diffViewOf(state, props.views);
  const hasGraph = view !== 'table';
  const changes = useDiffFunctions(view !== 'graph' ? sides.before : undefined, sides.after, {
    granularity,
    transforms,
    form: state.diffForm,
  });
  return (
    <Root fill={height === 'fill'}>
      {transformable && (toolbar !== false || transforms.length > 0) && (
        <div className="hf-header">
          <div className="hf-header-line">
            {hasGraph && <InvertedSwitch state={state} update={update} />}
            <TransformBar
              transforms={transforms}
              labels={commonLabels(sides.before, sides.after)}
              onChange={(changed) => update({ transforms: changed })}
            />
          </div>
        </div>
      )}
      <Computed result={result} faces={props.faces} retry={retry}>
        {(tree) => (
          <DiffSurface
            {...props}
            transformable={transformable}
            tree={tree}
            changes={changes}
            state={state}
            onStateChange={update}
          />
        )}
      </Computed>
    </Root>
  );
}

/** A side without samples has no unit of its own to differ by: it takes the other's. */
function inOneUnit(before: StackTable, after: StackTable) {
  return {
    before: isEmptyTable(before) ? { ...before, unit: after.unit } : before,
    after: isEmptyTable(after) ? { ...after, unit: before.unit } : after,
  };
}

/** Labels that both sides can be grouped by: by one that only one has, all would be new or gone. */
function commonLabels(before: StackTable, after: StackTable): StackTable['labels'] {
  const keys = new Set(before.labels?.map(({ key }) => key));
  return after.labels?.filter(({ key }) => keys.has(key));
}

function DiffOfScopes(props: PanelOnlyProps) {
  const { granularity, height } = props;
  const { messages, locale } = useSettings();
  const faces = { ...defaultFaces, ...props.faces };
  const chosenType = (props.state ?? props.defaultState)?.profileType || undefined;
  const before = useSide(props.before, chosenType, granularity);
  // Only weights of one kind can be compared: what the first answer is about, the second is asked.
  const after = useSide(
    props.after,
    chosenType ?? before.profileType,
    granularity,
    before.isKnown || chosenType !== undefined,
  );

  const failed = [before, after].find((side) => side.error);
  const retry = (): void => {
    for (const side of [before, after]) if (side.error) side.retry();
  };
  const lookedFor = messages.diffOf(
    describeSide(props.before, messages, locale),
    describeSide(props.after, messages, locale),
  );
  if (failed?.error) {
    return (
      <Root fill={height === 'fill'}>
        <faces.Error error={failed.error} retry={retry} />
      </Root>
    );
  }
  if (!before.stacks || !after.stacks) {
    return (
      <Root fill={height === 'fill'}>
        <faces.Loading lookedFor={lookedFor} />
      </Root>
    );
  }
  if (before.isEmpty && after.isEmpty && after.answer) {
    return (
      <Root fill={height === 'fill'}>
        <faces.Empty
          question={after.question}
          answer={after.answer}
          lookedFor={lookedFor}
          where={tablesOf(after.answer.stats)}
        />
      </Root>
    );
  }
  const share = (before.share + after.share) / 2;
  const coming = before.share < 1 ? before.answer : after.answer;
  return (
    <Root fill={height === 'fill'}>
      {share < 1 && coming && (
        <faces.Streaming answer={coming} share={share} hint={messages.streamingDiffHint} />
      )}
      {[before, after].map(
        (side, i) =>
          side.share === 1 &&
          side.answer &&
          isPartial(side.answer) && <faces.Partial key={i} answer={side.answer} />,
      )}
      <DiffOfStacks {...props} before={before.stacks} after={after.stacks} retry={retry} />
    </Root>
  );
}
