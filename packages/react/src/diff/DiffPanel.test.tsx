// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { makeStackTable } from '@hyperflame/calltree';
import { createEngine } from '@hyperflame/calltree/worker';
import type { FlamegraphQuestion, ProfileScope, Profiles } from '@hyperflame/sdk';
import { DEFAULT_FLAME_STATE, ProfilesProvider, type FlameState } from '../index.ts';
import { answerWith, profilesAnswering } from '../testing/answers.ts';
import { DiffPanel } from './DiffPanel.tsx';

afterEach(cleanup);

const engine = createEngine({ worker: false });
const some = makeStackTable([{ frames: ['main'], weight: 5, count: 5 }]);
const none = makeStackTable([]);
const before = { service: 'shop' };

const view = (profiles: Profiles, after: ProfileScope, defaultState?: Partial<FlameState>) => (
  <ProfilesProvider profiles={profiles} engine={engine}>
    <DiffPanel before={before} after={after} defaultState={defaultState} />
  </ProfilesProvider>
);

it('keeps what was chosen while another side is asked for', async () => {
  const profiles = profilesAnswering('sides', async () => answerWith(some));
  const { rerender } = render(view(profiles, { service: 'cart' }));
  const chosen = () => screen.findByRole<HTMLSelectElement>('combobox', { name: 'Compare' });
  fireEvent.change(await chosen(), { target: { value: 'relative' } });
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'main' } });
  rerender(view(profiles, { service: 'pay' }));
  expect(screen.queryByRole('combobox')).toBeNull();
  expect((await chosen()).value).toBe('relative');
  expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('main');
});

it('has a way out of a profile type that neither side has', async () => {
  const profiles = profilesAnswering('types of sides', async ({ profileType = 'cpu:count::' }) =>
    profileType === 'cpu:count::'
      ? answerWith(some, { profileType })
      : answerWith(none, { profileType, samples: 0 }),
  );
  render(view(profiles, { service: 'cart' }, { profileType: 'alloc:bytes::' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Show any profile type' }));
  expect(document.activeElement).not.toBe(document.body);
  await screen.findByRole('combobox', { name: 'Compare' });
});

it('says of which side figures are an estimate', async () => {
  const sampling = { rate: 0.04, expectedError: Infinity };
  const profiles = profilesAnswering('sampled', async ({ service, exact }) =>
    answerWith(some, service === 'cart' && !exact ? { sampling } : {}),
  );
  const { rerender } = render(view(profiles, { service: 'cart' }));
  await screen.findByText('Sampled');
  screen.getByText(/^Figures are from 4% of the samples.*not known\.$/);
  rerender(
    <ProfilesProvider profiles={profiles} engine={engine}>
      <DiffPanel before={before} after={{ service: 'cart' }} exact />
    </ProfilesProvider>,
  );
  await screen.findByRole('combobox', { name: 'Compare' });
  expect(screen.queryByText('Sampled')).toBeNull();
});

it('asks both sides again where they cannot be compared', async () => {
  let asked = 0;
  const bytes = makeStackTable([{ frames: ['main'], weight: 5 }], { unit: 'bytes' });
  const profiles = profilesAnswering('units', async () =>
    answerWith(asked++ === 0 ? bytes : some, { profileType: 'cpu' }),
  );
  render(view(profiles, { service: 'cart' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await screen.findByRole('combobox', { name: 'Compare' });
});

it('keeps the focus of the keyboard when it tries again', async () => {
  let asked = 0;
  const profiles = profilesAnswering('broken', async () => {
    if (asked++ === 0) throw new Error('refused');
    return answerWith(some);
  });
  render(view(profiles, { service: 'cart' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await screen.findByRole('combobox', { name: 'Compare' });
  expect(document.activeElement).not.toBe(document.body);
});

it('asks both sides for one type and for the labels they are grouped by', async () => {
  const asked: FlamegraphQuestion[] = [];
  const profiles = profilesAnswering('alike', async (question) => {
    asked.push(question);
    return answerWith(some, { profileType: question.profileType ?? 'wall:count::' });
  });
  const transforms = [{ type: 'group-by-label', label: 'thread.name' }] as const;
  render(view(profiles, { service: 'cart', profileType: undefined }, { transforms }));
  await screen.findByRole('combobox', { name: 'Compare' });
  expect(asked).toMatchObject([
    { service: 'shop', groupBy: ['thread.name'] },
    { service: 'cart', groupBy: ['thread.name'], profileType: 'wall:count::' },
  ]);
});

it('compares nothing with an answer of another kind, while its own is on its way', async () => {
  const [cpu, wall] = [2, 9].map((weight) =>
    makeStackTable([{ frames: ['main'], weight, count: weight }], { unit: 'count' }),
  );
  let come: (() => void) | undefined;
  const profiles = profilesAnswering('kinds', async ({ service, profileType = 'cpu:count::' }) => {
    if (profileType === 'cpu:count::') return answerWith(cpu, { profileType });
    if (service === 'cart') await new Promise<void>((resolve) => (come = resolve));
    return answerWith(wall, { profileType });
  });
  const of = (profileType: string) => (
    <ProfilesProvider profiles={profiles} engine={engine}>
      <DiffPanel
        {...{ before, after: { service: 'cart' } }}
        state={{ ...DEFAULT_FLAME_STATE, profileType }}
      />
    </ProfilesProvider>
  );
  const { rerender } = render(of(''));
  const compare = () => screen.queryByRole('combobox', { name: 'Compare' });
  await waitFor(() => expect(compare()).not.toBeNull());
  rerender(of('wall:count::'));
  await waitFor(() => expect(come).toBeDefined());
  // The other side has come by now.
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(compare()).toBeNull();
  come?.();
  await waitFor(() => expect(compare()).not.toBeNull());
});
