// @vitest-environment jsdom
import { StrictMode } from 'react';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeStackTable, type StackTable } from '@hyperflame/calltree';
import { createEngine, type Engine } from '@hyperflame/calltree/worker';
import {
  ProfileQueryError,
  type FlamegraphAnswer,
  type FlamegraphOptions,
  type FlamegraphQuestion,
} from '@hyperflame/sdk';
import { FlameGraph, ProfilesProvider, profileKeys, useCallTree, useFlamegraph } from '../index.ts';
import { answerWith, profilesAnswering } from '../testing/answers.ts';

/** One question that is being answered, by hand. */
interface Asked {
  readonly question: FlamegraphQuestion;
  readonly options: FlamegraphOptions;
  readonly answer: (answer: FlamegraphAnswer) => void;
  readonly fail: (error: Error) => void;
}

let asked: Asked[];
let queryClient: QueryClient;
let engine: Engine;

beforeEach(() => {
  asked = [];
  queryClient = new QueryClient();
  engine = createEngine({ worker: false });
});
afterEach(() => {
  cleanup();
  engine.dispose();
});

const profiles = profilesAnswering(
  'by hand',
  (question, options = {}) =>
    new Promise((answer, fail) => {
      asked.push({ question, options, answer, fail });
      options.signal?.addEventListener('abort', () =>
        fail(new ProfileQueryError('aborted', 'The question was withdrawn.')),
      );
    }),
);

const WHOLE = [
  { frames: ['main', 'handle', 'hash'], weight: 50, count: 5 },
  { frames: ['main', 'parse'], weight: 30, count: 3 },
  { frames: ['gc'], weight: 20, count: 2 },
];
const KEY = profileKeys.flamegraph('by hand', { service: 'shop' });

/** The first stacks of the whole, the rest as other. */
function stacksOf(count: number): StackTable {
  const rest = WHOLE.slice(count).reduce((sum, { weight }) => sum + weight, 0);
  return {
    ...makeStackTable(WHOLE.slice(0, count)),
    unit: 'nanoseconds',
    otherWeight: rest,
    otherCount: rest / 10,
  };
}

function answerOf(stacks: StackTable): FlamegraphAnswer {
  const left = WHOLE.length - stacks.weight.length;
  return answerWith(stacks, {
    complete: left === 0,
    leftOut: { stacks: left, weight: stacks.otherWeight, samples: stacks.otherCount },
  });
}

const whole = answerOf(stacksOf(3));

async function showPart(count: number, of = asked.length - 1): Promise<void> {
  await act(async () =>
    asked[of].options.onPartial?.(answerOf(stacksOf(count)), count / WHOLE.length),
  );
}

function Stacks({ name }: { name: string }) {
  const { data, partial, error, isFetching } = useFlamegraph({ service: 'shop' });
  const of = partial ? `part of ${partial.answer.stacks.weight.length}` : '';
  const text = error?.message ?? (of || (data ? `all ${data.stacks.weight.length}` : 'nothing'));
  return <p>{`${name}: ${text}${isFetching ? ', asking' : ''}`}</p>;
}

const view = (...names: string[]) => (
  <StrictMode>
    <ProfilesProvider profiles={profiles} queryClient={queryClient} engine={engine}>
      {names.map((name) => (
        <Stacks key={name} name={name} />
      ))}
    </ProfilesProvider>
  </StrictMode>
);

describe('a part of an answer', () => {
  it('is seen by all who ask, until the whole is there', async () => {
    render(view('one', 'two'));
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    await showPart(1);
    screen.getByText('one: part of 1, asking');
    screen.getByText('two: part of 1, asking');
    await showPart(2);
    screen.getByText('one: part of 2, asking');
    expect(queryClient.getQueryData(KEY)).toBeUndefined();
    asked.at(-1)?.answer(whole);
    await screen.findByText('one: all 3');
    screen.getByText('two: all 3');
    expect(queryClient.getQueryData(KEY)).toBe(whole);
  });

  it('is never followed by nothing when the whole comes', async () => {
    const seen: (string | null)[] = [];
    const { container } = render(view('one'));
    new MutationObserver(() => seen.push(container.textContent)).observe(container, {
      characterData: true,
      childList: true,
      subtree: true,
    });
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    await showPart(2);
    asked.at(-1)?.answer(whole);
    await screen.findByText('one: all 3');
    const first = seen.findIndex((text) => text?.includes('part'));
    expect(seen.slice(first).filter((text) => text?.includes('nothing'))).toEqual([]);
  });

  it('is gone when the question fails', async () => {
    render(view('one'));
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    await showPart(1);
    asked.at(-1)?.fail(new ProfileQueryError('server', 'Too much memory'));
    await screen.findByText('one: Too much memory');
    expect(queryClient.getQueryData(KEY)).toBeUndefined();
  });

  it('is gone while a question that failed is asked again', async () => {
    render(view('one'));
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    await showPart(1);
    const before = asked.length;
    await act(async () => asked.at(-1)?.fail(new ProfileQueryError('network', 'Cut off')));
    screen.getByText('one: nothing, asking');
    await waitFor(() => expect(asked.length).toBeGreaterThan(before));
    await showPart(1);
    screen.getByText('one: part of 1, asking');
  });

  it('of a later asking stays when an earlier one is cleared away', async () => {
    render(view('one'));
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    await showPart(1);
    await act(async () => asked.at(-1)?.answer(whole));
    await screen.findByText('one: all 3');
    const before = asked.length;
    void queryClient.resetQueries({ queryKey: KEY });
    await waitFor(() => expect(asked.length).toBeGreaterThan(before));
    await showPart(2);
    await act(() => new Promise((resolve) => setTimeout(resolve, 1_100)));
    screen.getByText('one: part of 2, asking');
  });

  it('is gone when nobody asks any more, and does not come back', async () => {
    const { rerender } = render(view('one'));
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    await showPart(2);
    const given = asked.length;
    rerender(view());
    await waitFor(() => expect(asked[given - 1].options.signal?.aborted).toBe(true));
    expect(queryClient.getQueryData(KEY)).toBeUndefined();
    rerender(view('one'));
    await screen.findByText('one: nothing, asking');
    await waitFor(() => expect(asked.length).toBeGreaterThan(given));
    // What the first asking still had on its way.
    await showPart(1, given - 1);
    screen.getByText('one: nothing, asking');
    await showPart(1);
    screen.getByText('one: part of 1, asking');
  });

  it('does not take the place of an answer that is being brought up to date', async () => {
    render(view('one'));
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    asked.at(-1)?.answer(whole);
    await screen.findByText('one: all 3');
    const before = asked.length;
    void queryClient.refetchQueries({ queryKey: KEY });
    await waitFor(() => expect(asked.length).toBeGreaterThan(before));
    await showPart(1);
    screen.getByText('one: all 3, asking');
  });

  it('is read by the engine that makes trees of it', async () => {
    render(view('one'));
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    expect(asked.at(-1)?.options.reader).toBe(engine);
  });
});

describe('a flame graph of a part', () => {
  const graph = () => (
    <ProfilesProvider profiles={profiles} queryClient={queryClient} engine={engine}>
      <FlameGraph service="shop" defaultState={{ focus: ['main'] }} />
    </ProfilesProvider>
  );

  it('says how much of the stacks is there, and that totals are those of all', async () => {
    render(graph());
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    await showPart(1);
    const bar = await screen.findByRole('progressbar', { name: 'Loading stacks' });
    expect(bar.getAttribute('aria-valuenow')).toBe('33');
    screen.getByText('33% of the stacks · totals are exact');
    await screen.findByText(/^.50\sns. · 50% of .100\sns.$/);
    // It is no answer that leaves something out.
    expect(screen.queryByText('Partial')).toBeNull();
    const field = screen.getByRole('searchbox');
    await showPart(2);
    await screen.findByText('67% of the stacks · totals are exact');
    await screen.findByText(/^.80\sns. · 80% of .100\sns.$/);
    await act(async () => asked.at(-1)?.answer(whole));
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
    expect(screen.queryByText(/of the stacks/)).toBeNull();
    // It was one picture all the time, looking at one place.
    expect(screen.getByRole('searchbox')).toBe(field);
    screen.getByText(/^.80\sns. · 80% of .100\sns.$/);
  });

  it('can have a face of the host', async () => {
    render(
      <ProfilesProvider profiles={profiles} queryClient={queryClient} engine={engine}>
        <FlameGraph
          service="shop"
          faces={{
            Streaming: ({ answer, share }) => <p>{`${answer.leftOut.stacks} to come, ${share}`}</p>,
          }}
        />
      </ProfilesProvider>,
    );
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    await act(async () => asked.at(-1)?.options.onPartial?.(answerOf(stacksOf(1)), 0.5));
    await screen.findByText('2 to come, 0.5');
  });
});

describe('a tree that takes long to compute', () => {
  it('shows how much of it is done, in place of a picture and over one', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    let tell: ((share: number) => void) | undefined;
    let finish = () => {};
    const slow: Engine = Object.create(engine) as Engine;
    slow.start = () => undefined;
    slow.tree = async (stacks, options, request) => {
      tell = request?.onProgress;
      await new Promise<void>((resolve) => (finish = resolve));
      return engine.tree(stacks, options);
    };
    const stacks = stacksOf(3);
    const Tree = ({ inverted }: { inverted: boolean }) => {
      const { value, progress } = useCallTree(stacks, { invert: inverted });
      return <p>{`${value ? `inverted: ${value.inverted}` : 'no tree'}, done: ${progress}`}</p>;
    };
    const tree = (inverted: boolean) => (
      <ProfilesProvider profiles={profiles} queryClient={queryClient} engine={slow}>
        <Tree inverted={inverted} />
      </ProfilesProvider>
    );
    const { rerender } = render(tree(false));
    await act(async () => tell?.(0.1));
    screen.getByText('no tree, done: undefined');
    // Nobody wonders before a fifth of a second is over.
    vi.advanceTimersByTime(210);
    await act(async () => tell?.(0.4));
    screen.getByText('no tree, done: 0.4');
    await act(async () => finish());
    await screen.findByText('inverted: false, done: undefined');
    rerender(tree(true));
    vi.advanceTimersByTime(210);
    await act(async () => tell?.(0.7));
    screen.getByText('inverted: false, done: 0.7');
    await act(async () => finish());
    await screen.findByText('inverted: true, done: undefined');
  });
});
