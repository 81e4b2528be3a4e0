import { useEffect, useRef } from 'react';
import type { StackTable } from '@hyperflame/calltree';
import { useDiffFunctions, useDiffTree } from '../engine/useTrees.ts';
import { Computed } from '../panel/Computed.tsx';
import { defaultFaces, fetchAnswerFaces } from '../panel/defaultFaces.tsx';
import { isPartial } from '../panel/ProfilePanel.tsx';
import type { FlameState } from '../state/flameState.ts';
import { useFlameState, type UpdateFlameState } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { useLabels } from '../transforms/useLabels.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import type { SettingsProps } from '../theme/settings.ts';
import { TransformBar } from '../transforms/TransformBar.tsx';
import type { DiffFlameGraphProps } from './DiffFlameGraph.tsx';
import { DiffSurface } from './DiffSurface.tsx';
import { InvertedSwitch } from '../view/InvertedSwitch.tsx';
import { DiffHeader } from './DiffHeader.tsx';
import { DIFF_VIEWS, diffViewOf } from './diffViews.ts';
import { describeSide, isStacks, useSide, type Side } from './useSide.ts';
import { tablesOf } from '../panel/tablesOf.ts';

type PanelOnlyProps = Omit<DiffFlameGraphProps, keyof SettingsProps>;

/** What `<DiffFlameGraph>` draws, with the settings that hold there. */
export function DiffPanel(props: PanelOnlyProps) {
  // Held up here: the picture gives way to a face whenever a side is asked for.
  const [state, update] = useFlameState(props);
  const { before, after } = props;
  if (isStacks(before) && isStacks(after)) {
    return <DiffOfStacks {...props} {...{ before, after, state, update }} />;
  }
  return <DiffOfScopes {...props} {...{ state, update }} />;
}

interface WithState extends PanelOnlyProps {
  state: FlameState;
  update: UpdateFlameState;
}

interface DiffOfStacksProps extends WithState {
  before: StackTable;
  after: StackTable;
  retry?: () => void;
}

function DiffOfStacks({ before, after, retry, update, ...props }: DiffOfStacksProps) {
  const { state, granularity, height, transformable = true, views = DIFF_VIEWS } = props;
  const { transforms, inverted: invert } = state;
  const result = useDiffTree(before, after, { granularity, transforms, invert });
  const view = diffViewOf(state, views);
  const changes = useDiffFunctions(view !== 'graph' ? before : undefined, after, {
    granularity,
    transforms,
    form: state.diffForm,
  });
  const hasToolbar = props.toolbar !== false;
  const hasChain = transformable && (hasToolbar || transforms.length > 0);
  return (
    <Root fill={height === 'fill'}>
      {(hasChain || (hasToolbar && views.length > 1)) && (
        <DiffHeader {...{ view, update }} views={hasToolbar ? views : [view]}>
          {hasChain && view !== 'table' && <InvertedSwitch state={state} update={update} />}
          {hasChain && (
            <TransformBar
              transforms={transforms}
              labels={commonLabels(before, after)}
              onChange={(changed) => update({ transforms: changed })}
            />
          )}
        </DiffHeader>
      )}
      <Computed result={result} faces={props.faces} retry={retry}>
        {(tree) => (
          <DiffSurface
            {...props}
            transformable={transformable}
            // Which of them is shown is chosen above.
            views={[view]}
            tree={tree}
            changes={changes}
            onStateChange={update}
          />
        )}
      </Computed>
    </Root>
  );
}

/** Labels that both sides can be grouped by: by one that only one has, all would be new or gone. */
function commonLabels(before: StackTable, after: StackTable): StackTable['labels'] {
  const keys = new Set(before.labels?.map(({ key }) => key));
  return after.labels?.filter(({ key }) => keys.has(key));
}

function DiffOfScopes(props: WithState) {
  const { granularity, exact, state, update } = props;
  const { messages, locale } = useAllSettings();
  const faces = { ...defaultFaces, ...props.faces };
  useEffect(fetchAnswerFaces, []);
  const chosenType = state.profileType || undefined;
  const groupBy = useLabels(state.transforms);
  const asked = { granularity, exact, groupBy };
  const before = useSide(props.before, { profileType: chosenType, ...asked });
  // Only weights of one kind can be compared: what the first answer is about, the second is asked.
  const after = useSide(
    props.after,
    { profileType: chosenType ?? before.profileType, ...asked },
    before.isKnown || chosenType !== undefined,
  );

  const rootRef = useRef<HTMLDivElement>(null);
  const root = { rootRef, tabIndex: -1, fill: props.height === 'fill' };
  /** What was pressed is about to go: the keyboard's focus stays here. */
  const keepFocus = (): void => rootRef.current?.focus({ preventScroll: true });

  const sides = [before, after];
  const failed = sides.find((side) => side.error);
  const stale = sides.find((side) => side.staleness);
  const retryThose = (which: (side: Side) => boolean): void => {
    keepFocus();
    for (const side of sides) if (which(side)) side.retry();
  };
  const showAnyType = (): void => {
    keepFocus();
    update({ profileType: '' });
  };
  const lookedFor = messages.diffOf(
    describeSide(props.before, messages, locale),
    describeSide(props.after, messages, locale),
  );
  if (failed?.error) {
    return (
      <Root {...root}>
        <faces.Error error={failed.error} retry={() => retryThose((side) => side.error !== null)} />
      </Root>
    );
  }
  if (!before.stacks || !after.stacks) {
    return (
      <Root {...root}>
        <faces.Loading lookedFor={lookedFor} />
      </Root>
    );
  }
  if (before.isEmpty && after.isEmpty && after.answer) {
    return (
      <Root {...root}>
        <faces.Empty
          question={after.question}
          answer={after.answer}
          lookedFor={lookedFor}
          where={tablesOf(after.answer.stats)}
          lookAgain={() => sides.forEach((side) => side.retry())}
          showAnyType={chosenType === undefined ? undefined : showAnyType}
        />
      </Root>
    );
  }
  const share = (before.share + after.share) / 2;
  const coming = before.share < 1 ? before.answer : after.answer;
  return (
    <Root {...root}>
      {share < 1 && coming && (
        <faces.Streaming answer={coming} share={share} hint={messages.streamingDiffHint} />
      )}
      {stale?.staleness && (
        <faces.Stale
          error={stale.staleness}
          retry={() => retryThose((side) => side.staleness !== null)}
        />
      )}
      {sides.map(
        ({ answer }, i) =>
          answer?.sampling && <faces.Sampled key={i} answer={answer} sampling={answer.sampling} />,
      )}
      {sides.map(
        (side, i) =>
          side.share === 1 &&
          side.answer &&
          isPartial(side.answer) && <faces.Partial key={i} answer={side.answer} />,
      )}
      <DiffOfStacks
        {...props}
        before={before.stacks}
        after={after.stacks}
        saveAs={props.saveAs ?? lookedFor}
        // Both are here, so what failed is what was made of them: they may come otherwise next time.
        retry={() => retryThose((side) => side.answer !== undefined)}
      />
    </Root>
  );
}
