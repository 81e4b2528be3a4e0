// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it } from 'vitest';
import { makeStackTable } from '@hyperflame/calltree';
import { FlameGraph, ProfilesProvider } from '../index.ts';
import { plainFigure } from '../format/plainFigure.ts';
import { answerWith, profilesAnswering } from '../testing/answers.ts';

afterEach(cleanup);

it.each([
  ['nanoseconds', 50e6],
  ['microseconds', 50e3],
  ['ms', 50],
])('says what part of a span its samples are, which are weighed in %s', async (unit, weight) => {
  const stacks = makeStackTable([{ frames: ['main'], weight, count: 5 }], { unit });
  const profiles = profilesAnswering(unit, async () => answerWith(stacks));
  render(
    <ProfilesProvider profiles={profiles} queryClient={new QueryClient()}>
      <FlameGraph traceId={'a'.repeat(32)} spanId={'b'.repeat(16)} spanDuration={200e6} />
    </ProfilesProvider>,
  );
  const told = await screen.findByText(/ that it took /);
  expect(plainFigure(told.textContent)).toMatch(/50 ms.*200 ms.*25%/);
});
