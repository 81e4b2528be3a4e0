// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, it } from 'vitest';
import { makeStackTable } from '@hyperflame/calltree';
import type { HeatmapAnswer, Profiles } from '@hyperflame/sdk';
import { FlameGraph, ProfilesProvider, ProfileTimeline } from '../index.ts';
import { answerWith, profilesAnswering } from '../testing/answers.ts';

afterEach(cleanup);

const hour = (n: number) => new Date(Date.UTC(2026, 8, 1, n));
const expired = [{ from: hour(9), to: hour(10) }];
const WORDS = /no longer kept: Sep 1, 2026, .* to Sep 1, 2026, /;

function Of({ profiles, children }: { profiles: Profiles; children: React.ReactNode }) {
  return (
    <ProfilesProvider profiles={profiles} queryClient={new QueryClient()}>
      {children}
    </ProfilesProvider>
  );
}

it.each([
  ['there is nothing else', []],
  ['a part is missing', [{ frames: ['main'], weight: 5, count: 1 }]],
])('a flame graph says what has expired where %s', async (name, stacks) => {
  const answer = answerWith(makeStackTable(stacks), { complete: false, expired });
  render(
    <Of profiles={profilesAnswering(name, async () => answer)}>
      <FlameGraph service="shop" locale="en-US" />
    </Of>,
  );
  await screen.findByText(WORDS);
});

it.each([0, 3])('a timeline of %i events says what has expired', async (events) => {
  const common = answerWith(makeStackTable([]), { complete: false, expired });
  const cells = { weight: new Float64Array([events]), count: new Float64Array([events]) };
  const heatmap: HeatmapAnswer = {
    ...{ ...common, ...cells, from: hour(10), columns: 1, rows: 1, rowMs: 1000 },
    undatedSamples: 0,
  };
  const profiles: Profiles = {
    ...profilesAnswering(`timeline ${events}`, () => Promise.reject(new Error('not asked'))),
    heatmap: async () => heatmap,
    timeline: async () => ({ ...common, ...cells, from: hour(10), bucketMs: 1000 }),
  };
  const timeRange = { from: hour(10), to: new Date(+hour(10) + 1000) };
  render(
    <Of profiles={profiles}>
      <ProfileTimeline service="shop" timeRange={timeRange} timeZone="UTC" locale="en-US" />
    </Of>,
  );
  await screen.findByText(/no longer kept: Sep 1, 2026, 9:00.AM to Sep 1, 2026, 10:00.AM/);
});
