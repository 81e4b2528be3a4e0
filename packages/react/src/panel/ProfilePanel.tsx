import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { hashKey } from '@tanstack/react-query';
import {
  processWindow,
  type FlamegraphAnswer,
  type FlamegraphQuestion,
  type Linkage,
  type ProfileScope,
  type ProfileTypeSummary,
} from '@hyperflame/sdk';
import { useFlamegraph, useProfileTypes } from '../query/hooks.ts';
import { useProfiles } from '../query/ProfilesContext.ts';
import { profileKeys } from '../query/queries.ts';
import { useScope } from '../query/useScope.ts';
import type { FlameState, FramePath } from '../state/flameState.ts';
import { pickedTime } from '../state/timeWindow.ts';
import type { UpdateFlameState } from '../state/useFlameState.ts';
import { Root, type Shape } from '../theme/Root.tsx';
import { useSettings } from '../theme/settings.ts';
import { describeScope } from './describeScope.ts';
import { defaultFaces, fetchAnswerFaces } from './defaultFaces.tsx';
import type { Faces } from './faces.ts';
import { comesLater } from '../later/comesLater.tsx';
import { RetryCode } from '../later/RetryCode.tsx';
import { startOfStacks } from '../frames/startOfStacks.ts';
import { useLabels } from '../transforms/useLabels.ts';
import { tablesOf } from './tablesOf.ts';

/** What to ask for, and how to show that there is nothing to show. */
export interface PanelProps extends Omit<ProfileScope, 'linkage'> {
  /** At most this many stacks, the heaviest; the rest is one exact "(other)". 20 000 if not said. */
  maxStacks?: number;
  /** Read every row, however many; otherwise a very long question may be answered from a sample. */
  exact?: boolean;
  /** `line` tells the lines of a function apart. `function` if not said. */
  granularity?: 'function' | 'line';
  /**
   * For a span without samples of its own, the samples of its process while it ran are an estimate:
   * `offer` it on a button, show it at once (`auto`), or `never`. `offer` if not said.
   */
  estimate?: 'offer' | 'auto' | 'never';
  /**
   * How long the span took, in nanoseconds: the panel then says what part of that its samples are. One
   * that took seconds and has samples of milliseconds has waited.
   */
  spanDuration?: number;
  /** Faces of the host's own, in place of those that come with the component. */
  faces?: Partial<Faces>;
}

const LaterUnderBar = /* @__PURE__ */ comesLater(
  'path',
  async () => (await import('./UnderBar.tsx')).UnderBar,
  RetryCode,
);

const DEFAULT_MAX_STACKS = 20_000;

/** What stands in the panel once there is an answer with samples in it. */
export interface PanelContent {
  /** What was asked, and the answer to it. */
  readonly question: FlamegraphQuestion;
  readonly answer: FlamegraphAnswer;
  readonly profileTypes: readonly ProfileTypeSummary[];
  readonly scope: ProfileScope;
  /** Says which samples of a trace these are. */
  readonly linkage: ReactNode;
  /** Faces for what is computed from the answer. */
  faces?: Partial<Faces>;
  /** Asks again. */
  readonly retry: () => void;
  /** Asks for what "(other)" holds; missing where that cannot be asked. */
  readonly openOther?: () => void;
  /** Asks for all stacks that begin with a path; missing where they are all there. */
  readonly askBelow?: (path: FramePath) => void;
}

/** What a person can choose that changes the question. */
type Choices = Pick<FlameState, 'linkage' | 'transforms' | 'timeWindow' | 'profileType' | 'under'>;

const NOTHING_CHOSEN: Choices = {
  linkage: 'linked',
  transforms: [],
  timeWindow: null,
  profileType: '',
  under: [],
};

interface ProfilePanelProps extends PanelProps {
  fill: boolean;
  shape?: Shape;
  state: FlameState;
  update: UpdateFlameState;
  children: (content: PanelContent) => ReactNode;
}

/** Asks, and shows the face that fits: loading, error, empty, or the content under its notices. */
export function ProfilePanel(props: ProfilePanelProps) {
  const { state, update, estimate = 'offer', children } = props;
  const { messages, locale } = useSettings();
  const faces = { ...defaultFaces, ...props.faces };
  useEffect(fetchAnswerFaces, []);
  const { timeRange, timeBy } = props;
  const time = useMemo(
    () => pickedTime({ timeRange, timeBy }, state.timeWindow),
    [timeRange, timeBy, state.timeWindow],
  );
  const under = useMemo(() => startOfStacks(props.under, state.under), [props.under, state.under]);
  const scope = useScope({ ...props, ...time, under });
  const profileType = props.profileType || state.profileType || time.profileType || undefined;

  const groupBy = useLabels(state.transforms);

  // What was opened of "(other)" ends with the question that it is the rest of.
  const whole = useQuestion({ scope, profileType, groupBy, skipStacks: 0 }, props);
  const asked = profileKeys.flamegraph(useProfiles().key, { ...whole, linkage: state.linkage });
  const wholeHash = hashKey(asked);
  const [opened, setOpened] = useState({ of: wholeHash, skipStacks: 0 });
  const skipStacks = opened.of === wholeHash ? opened.skipStacks : 0;
  const maxStacks = props.maxStacks ?? DEFAULT_MAX_STACKS;

  const linkedQuestion = useQuestion({ scope, profileType, groupBy, skipStacks }, props);
  const linked = useFlamegraph(linkedQuestion);
  const { traceId, spanId } = scope;
  const canEstimate = !!traceId && !!spanId && estimate !== 'never';
  const isEmpty = linked.data?.samples === 0;
  const estimates =
    canEstimate && (state.linkage === 'estimated' || (estimate === 'auto' && isEmpty));

  // A time that was picked is one of samples; here, it would be where the span is looked for.
  const unpickedScope = useScope({ ...props, timeBy: undefined, under });
  const estimatedScope = useMemo(() => {
    const { traceId, spanId, includeChildren: _, ...filters } = unpickedScope;
    return traceId && spanId ? processWindow({ traceId, spanId }, filters) : scope;
  }, [unpickedScope, scope]);
  const estimatedQuestion = useQuestion(
    { scope: estimatedScope, profileType, groupBy, skipStacks },
    props,
  );
  const estimated = useFlamegraph(estimatedQuestion, { enabled: estimates });

  const question = estimates ? estimatedQuestion : linkedQuestion;
  const result = estimates ? estimated : linked;
  const types = useProfileTypes(estimates ? estimatedScope : scope, {
    enabled: !props.profileType && result.data !== undefined,
  });

  // A question that fails can be taken back, to what was shown last.
  const { linkage, transforms, timeWindow } = state;
  const choices = useMemo<Choices>(
    () => ({
      ...{ linkage, transforms, timeWindow },
      ...{ profileType: state.profileType, under: state.under },
    }),
    [linkage, transforms, timeWindow, state.profileType, state.under],
  );
  const [lastShown, setLastShown] = useState(NOTHING_CHOSEN);
  const isShown = result.data !== undefined && !result.isError && !result.isPlaceholderData;
  if (isShown && lastShown !== choices) setLastShown(choices);

  const [element, setElement] = useState<HTMLDivElement | null>(null);
  /** What was pressed is about to go: the panel keeps the keyboard's focus, and a drawer its keys. */
  const keepFocus = (): void => element?.focus({ preventScroll: true });
  const root = {
    rootRef: setElement,
    tabIndex: -1,
    fill: props.fill,
    shape: props.shape,
    'aria-busy': (result.isPlaceholderData && !result.partial) || undefined,
  };
  const retry = (): void => {
    keepFocus();
    void result.refetch();
  };
  const show = (linkage: Linkage) => (): void => {
    keepFocus();
    update({ linkage });
  };
  const takeBack = (): void => {
    keepFocus();
    update(lastShown);
  };
  const showAnyTime = (): void => {
    keepFocus();
    update({ timeWindow: null });
  };
  const showAnyType = (): void => {
    keepFocus();
    const { from = 0, to = 0 } = timeWindow ?? {};
    update({ profileType: '', timeWindow: timeWindow && { from, to } });
  };
  const hasLinked = linked.data !== undefined && !isEmpty;
  const showLinked = estimates && (estimate !== 'auto' || hasLinked) ? show('linked') : undefined;
  const showEstimate = canEstimate && !estimates ? show('estimated') : undefined;
  const lookedFor = describeScope(question, messages, locale);

  const askBelow = (path: FramePath): void => {
    keepFocus();
    update({ under: path, focus: [], selected: [] });
  };
  const underBar = state.under.length > 0 && <LaterUnderBar path={state.under} onAsk={askBelow} />;

  const { partial } = result;
  const answer = partial?.answer ?? result.data;
  if (answer === undefined) {
    return (
      <Root {...root}>
        {underBar}
        {result.isError ? (
          <faces.Error
            error={result.error}
            retry={retry}
            takeBack={hashKey([choices]) === hashKey([lastShown]) ? undefined : takeBack}
          />
        ) : (
          <faces.Loading lookedFor={lookedFor} />
        )}
      </Root>
    );
  }
  const news = (
    <>
      {result.isFetching && !result.isError && <faces.Updating lookedFor={lookedFor} />}
      {result.isError && <faces.Stale error={result.error} retry={retry} />}
    </>
  );
  if (answer.samples === 0 && answer.total === 0) {
    return (
      <Root {...root}>
        {news}
        {underBar}
        <faces.Empty
          question={question}
          answer={answer}
          lookedFor={lookedFor}
          where={tablesOf(answer.stats)}
          lookAgain={() => void result.refetch()}
          showEstimate={showEstimate}
          showLinked={showLinked}
          showAnyTime={state.timeWindow ? showAnyTime : undefined}
          showAnyType={profileType !== undefined && !props.profileType ? showAnyType : undefined}
        />
      </Root>
    );
  }
  // What a part leaves out is on its way already.
  const canAskMore = !partial && answer.leftOut.stacks > 0;
  const skipTo = (next: number) => (): void => {
    keepFocus();
    setOpened({ of: wholeHash, skipStacks: next });
    update({ focus: [], selected: [] });
  };
  return (
    <Root {...root}>
      {partial ? <faces.Streaming answer={answer} share={partial.share} /> : news}
      {underBar}
      {answer.sampling && <faces.Sampled answer={answer} sampling={answer.sampling} />}
      {!partial && isPartial(answer) && (
        <faces.Partial answer={answer} showAll={skipStacks > 0 ? skipTo(0) : undefined} />
      )}
      {children({
        question,
        answer,
        faces: partial ? { ...props.faces, Computing: NoFace } : props.faces,
        profileTypes: types.data?.items ?? [],
        scope,
        linkage: (question.spanId ?? question.traceId) !== undefined && (
          <faces.Linkage
            question={question}
            answer={answer}
            spanDuration={props.spanDuration}
            showLinked={showLinked}
          />
        ),
        retry,
        openOther: canAskMore ? skipTo(skipStacks + maxStacks) : undefined,
        askBelow: canAskMore || skipStacks > 0 ? askBelow : undefined,
      })}
    </Root>
  );
}

/** One line tells how much of the stacks is there; another for each tree would be one too many. */
const NoFace = () => null;

/** True when there are samples in scope that the picture does not show, or not by their frames. */
export function isPartial(answer: FlamegraphAnswer): boolean {
  return !answer.complete || answer.otherUnits.length > 0;
}

interface Narrowed extends Pick<FlamegraphQuestion, 'profileType' | 'groupBy'> {
  scope: ProfileScope;
  skipStacks: number;
}

function useQuestion(
  { scope, profileType, groupBy, skipStacks }: Narrowed,
  { maxStacks = DEFAULT_MAX_STACKS, granularity, exact }: PanelProps,
): FlamegraphQuestion {
  return useMemo(
    () => ({
      ...scope,
      profileType,
      maxStacks,
      granularity,
      exact,
      groupBy,
      skipStacks: skipStacks || undefined,
    }),
    [scope, profileType, maxStacks, granularity, exact, groupBy, skipStacks],
  );
}
