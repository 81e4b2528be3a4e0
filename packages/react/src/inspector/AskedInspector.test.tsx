// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { functionTable, makeStackTable, sandwich } from '@hyperflame/calltree';
import { createEngine } from '@hyperflame/calltree/worker';
import type { FlamegraphAnswer, FlamegraphQuestion, Profiles } from '@hyperflame/sdk';
import { DEFAULT_FLAME_STATE, ProfilesProvider } from '../index.ts';
import { answerWith, profilesAnswering } from '../testing/answers.ts';
import { AskedInspector } from './AskedInspector.tsx';
import { Inspector } from './Inspector.tsx';

afterEach(cleanup);

const engine = createEngine({ worker: false });
const answer = answerWith(makeStackTable([{ frames: ['main', 'hash'], weight: 5 }]));
const withLines = (name: string, line: number) =>
  answerWith(makeStackTable([{ frames: [{ name, line }], weight: 5 }]));

type Ask = (question: FlamegraphQuestion) => Promise<FlamegraphAnswer>;

const notAsked = () => Promise.reject(new Error('not asked'));

function inspect(
  key: string,
  ask: Ask,
  question: FlamegraphQuestion = {},
  other: Partial<Profiles> = {},
  ofAnswer: Partial<FlamegraphAnswer> = {},
) {
  const profiles = { ...profilesAnswering(key, ask), ...other };
  const queryClient = new QueryClient();
  const of = (pivot: string) => (
    <ProfilesProvider profiles={profiles} engine={engine} queryClient={queryClient}>
      <AskedInspector
        question={question}
        answer={{ ...answer, ...ofAnswer }}
        stacks={answer.stacks}
        state={{ ...DEFAULT_FLAME_STATE, pivot }}
        update={() => undefined}
      />
    </ProfilesProvider>
  );
  const { rerender } = render(of('hash'));
  return { inspect: (pivot: string) => rerender(of(pivot)), queryClient };
}

it('says that lines are on their way, not that there are none', async () => {
  let come: ((answer: FlamegraphAnswer) => void) | undefined;
  inspect('slow', () => new Promise((resolve) => (come = resolve)));
  await screen.findByText('Loading lines');
  come?.(withLines('hash', 12));
  await screen.findByText('Line 12');
  expect(screen.queryByText('Loading lines')).toBeNull();
});

it('says that lines could not be loaded, and tries again', async () => {
  let asked = 0;
  inspect('broken', async () => {
    if (asked++ === 0) throw new Error('refused');
    return withLines('hash', 12);
  });
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await screen.findByText('Line 12');
});

it('has no lines of the function before', async () => {
  const { inspect: next } = inspect('two', ({ containing }) =>
    containing?.name === 'hash'
      ? Promise.resolve(withLines('hash', 12))
      : new Promise(() => undefined),
  );
  await screen.findByText('Line 12');
  next('main');
  await screen.findByText('Loading lines');
  expect(screen.queryByText('Line 12')).toBeNull();
});

it('asks for all stacks of the function, whatever of the picture was skipped', async () => {
  const asked: FlamegraphQuestion[] = [];
  const ask: Ask = async (question) => {
    asked.push(question);
    return withLines('hash', 12);
  };
  inspect('skipped', ask, { service: 'shop', skipStacks: 20_000 });
  await screen.findByText('Line 12');
  expect(asked).toEqual([expect.objectContaining({ service: 'shop', skipStacks: undefined })]);
});

it.each([
  ['left out', { leftOut: { stacks: 3, weight: 9, samples: 9 } }, true],
  ['skipped', { skipped: { stacks: 3, weight: 9, samples: 9 } }, true],
  ['neither left out nor skipped', {}, false],
])('says whose lines these are where stacks are %s', async (key, other, says) => {
  inspect(key, async () => withLines('hash', 12), { service: key }, {}, other);
  await screen.findByText('Line 12');
  expect(screen.queryAllByText(/are of all its samples/)).toHaveLength(says ? 1 : 0);
});

it('says that lines could not be computed', async () => {
  const compute = engine.functionTable.bind(engine);
  const spy = vi
    .spyOn(engine, 'functionTable')
    .mockImplementation((stacks, options, request) =>
      options?.granularity === 'line'
        ? Promise.reject(new Error('out of memory'))
        : compute(stacks, options, request),
    );
  inspect('uncomputed', async () => withLines('hash', 12));
  await screen.findByText(/could not be loaded/);
  spy.mockRestore();
});

it('says that labels could not be loaded, and tries again', async () => {
  let asked = 0;
  const facets: Profiles['facets'] = async (question) => {
    if (asked++ === 0) throw new Error('refused');
    return {
      ...(await profilesAnswering('none', notAsked).facets(question)),
      items: [
        { on: 'sample', key: 'pool', rows: 1, valueCount: 1, values: [{ value: 'io', rows: 1 }] },
      ],
    };
  };
  inspect('labels', async () => withLines('hash', 12), {}, { facets });
  const failed = await screen.findByText(/labels could not be loaded/);
  fireEvent.click(within(failed).getByRole('button', { name: 'Try again' }));
  await screen.findByText('pool');
  expect(screen.queryByText(/labels could not be loaded/)).toBeNull();
});

it('keeps labels that could not be loaded again', async () => {
  let asked = 0;
  const facets: Profiles['facets'] = async (question) => {
    if (asked++ > 0) throw new Error('refused');
    return {
      ...(await profilesAnswering('none', notAsked).facets(question)),
      items: [
        { on: 'sample', key: 'pool', rows: 1, valueCount: 1, values: [{ value: 'io', rows: 1 }] },
      ],
    };
  };
  const { queryClient } = inspect('kept', async () => withLines('hash', 12), {}, { facets });
  await screen.findByText('pool');
  await act(async () => {
    await queryClient.invalidateQueries();
    // What came of it is told a moment later.
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  expect(asked).toBe(2);
  screen.getByText('pool');
  expect(screen.queryByText(/labels could not be loaded/)).toBeNull();
});

it('keeps the focus where it is after a function’s own name was clicked', () => {
  const stacks = makeStackTable([
    { frames: ['main', 'walk', 'walk'], weight: 5 },
    { frames: ['main', 'hash'], weight: 2 },
  ]);
  const of = (pivot: string) => (
    <>
      <button>Elsewhere</button>
      <Inspector
        pivot={pivot}
        table={functionTable(stacks)}
        sandwich={sandwich(stacks, pivot)}
        onPivot={() => undefined}
      />
    </>
  );
  const { rerender } = render(of('walk'));
  fireEvent.click(screen.getAllByRole('button', { name: 'walk' })[0]);
  const elsewhere = screen.getByRole('button', { name: 'Elsewhere' });
  elsewhere.focus();
  rerender(of('hash'));
  expect(document.activeElement).toBe(elsewhere);
});
