// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it } from 'vitest';
import { makeStackTable } from '@hyperflame/calltree';
import type { Profiles, TimelineAnswer, TimelineQuestion } from '@hyperflame/sdk';
import { DEFAULT_FLAME_STATE, ProfilesProvider } from '../index.ts';
import { answerWith, profilesAnswering } from '../testing/answers.ts';
import { AskedTimeline } from './AskedTimeline.tsx';

afterEach(cleanup);

const HOUR = 3_600_000;
const timeRange = { from: new Date(0), to: new Date(2 * HOUR) };
const { stacks: _, ...head } = answerWith(makeStackTable([{ frames: ['main'], weight: 5 }]));
const answer: TimelineAnswer = {
  ...head,
  from: timeRange.from,
  bucketMs: HOUR,
  weight: Float64Array.of(2, 3),
  count: Float64Array.of(2, 3),
};

function show(
  key: string,
  timeline: Profiles['timeline'],
  props: Partial<Parameters<typeof AskedTimeline>[0]> = {},
) {
  const profiles = { ...profilesAnswering(key, () => Promise.reject(new Error())), timeline };
  const queryClient = new QueryClient();
  render(
    <ProfilesProvider profiles={profiles} queryClient={queryClient}>
      <AskedTimeline service="shop" timeRange={timeRange} {...props} />
    </ProfilesProvider>,
  );
  return queryClient;
}

it('says what its figures are not', async () => {
  show('estimated', async () => ({
    ...answer,
    sampling: { rate: 0.04, expectedError: 0.01 },
    otherUnits: ['bytes'],
  }));
  await screen.findByText(/^Figures are from 4% of the samples/);
  screen.getByText(/bytes/);
});

it('says that it could not be brought up to date, and tries again', async () => {
  let asked = 0;
  const queryClient = show('stale', async () => {
    if (asked++ === 1) throw new Error('The server is gone.');
    return answer;
  });
  await screen.findByRole('slider');
  await act(() => queryClient.invalidateQueries());
  await screen.findByText('The server is gone.');
  act(() => screen.getByRole('button', { name: 'Try again' }).click());
  await expect.poll(() => screen.queryByText('The server is gone.')).toBeNull();
  screen.getByRole('slider');
});

it('has a time picked for the type that it shows', async () => {
  let state = DEFAULT_FLAME_STATE;
  show('picked', async () => ({ ...answer, profileType: 'wall:count::' }), {
    onStateChange: (next) => (state = next),
  });
  fireEvent.keyDown(await screen.findByRole('slider'), { key: 'ArrowRight' });
  fireEvent.keyDown(screen.getByRole('slider'), { key: 'Enter' });
  expect(state.timeWindow?.profileType).toBe('wall:count::');
  expect(state.profileType).toBe('');
});

it('asks as the rest of a viewer does', async () => {
  const asked: TimelineQuestion[] = [];
  const timeline: Profiles['timeline'] = async (question) => {
    asked.push(question);
    return answer;
  };
  const state = { ...DEFAULT_FLAME_STATE, profileType: 'wall:count::' };
  // A type that says nothing is one that is left out.
  show('asked', timeline, { profileType: '', exact: true, state });
  await screen.findByRole('slider');
  expect(asked).toMatchObject([{ service: 'shop', profileType: 'wall:count::', exact: true }]);
});
