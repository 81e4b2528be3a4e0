// @vitest-environment jsdom
import { useState } from 'react';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { makeStackTable } from '@hyperflame/calltree';
import type { FlamegraphQuestion, Profiles } from '@hyperflame/sdk';
import { ProfilesProvider } from '../index.ts';
import type { FlameState } from '../state/flameState.ts';
import { useFlameState } from '../state/useFlameState.ts';
import { answerWith, profilesAnswering } from '../testing/answers.ts';
import { ProfilePanel, type PanelProps } from './ProfilePanel.tsx';

afterEach(cleanup);

const CPU = 'cpu:nanoseconds::';
const ALLOC = 'alloc:bytes::';

interface HostProps extends PanelProps {
  profiles: Profiles;
  start?: Partial<FlameState>;
}

/** A panel in a host that makes each of its props anew whenever it renders. */
function Host({ profiles, start, ...props }: HostProps) {
  const [state, update] = useFlameState({ defaultState: start });
  const [renders, setRenders] = useState(0);
  const timeRange = { from: new Date(1e12), to: new Date(1e12 + 60_000) };
  return (
    <ProfilesProvider profiles={profiles}>
      <button onClick={() => setRenders(renders + 1)}>Rendered again: {renders}</button>
      <ProfilePanel {...props} timeRange={timeRange} fill={false} state={state} update={update}>
        {({ answer, openOther }) => (
          <>
            <p>{`${answer.samples} samples of ${answer.profileType}`}</p>
            <button onClick={openOther}>Open</button>
            <button onClick={() => update({ profileType: ALLOC })}>Allocations</button>
          </>
        )}
      </ProfilePanel>
    </ProfilesProvider>
  );
}

/** Of 10 samples 8 are in the heaviest stack. */
const heaviest = makeStackTable([{ frames: ['main', 'often'], weight: 8, count: 8 }], {
  otherWeight: 2,
  otherCount: 2,
});
const next = makeStackTable([{ frames: ['main', 'rare'], weight: 2, count: 2 }]);
const stackByStack = profilesAnswering('stack by stack', async ({ skipStacks }) =>
  skipStacks
    ? answerWith(next, {
        samples: 10,
        complete: false,
        skipped: { stacks: 1, weight: 8, samples: 8 },
      })
    : answerWith(heaviest, { complete: false, leftOut: { stacks: 1, weight: 2, samples: 2 } }),
);

it('keeps "(other)" open until something else is asked', async () => {
  const view = (service: string) => (
    <Host profiles={stackByStack} service={service} maxStacks={1} />
  );
  const { rerender } = render(view('shop'));
  fireEvent.click(await screen.findByText('Open'));
  await screen.findByRole('button', { name: 'Back to the heaviest' });
  fireEvent.click(screen.getByText('Rendered again: 0'));
  expect(screen.getByText('Rendered again: 1')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Back to the heaviest' })).toBeDefined();
  rerender(view('cart'));
  await screen.findByText(/10 samples/);
  expect(screen.queryByRole('button', { name: 'Back to the heaviest' })).toBeNull();
});

it('has a way out of a profile type that there is nothing of', async () => {
  const profiles = profilesAnswering('types', async ({ service, profileType = CPU }) => {
    const isThere = service === 'shop' || profileType === CPU;
    return isThere
      ? answerWith(next, { profileType })
      : answerWith(makeStackTable([]), { profileType, samples: 0 });
  });
  const view = (service: string) => <Host profiles={profiles} service={service} />;
  const { rerender } = render(view('shop'));
  fireEvent.click(await screen.findByText('Allocations'));
  await screen.findByText(`2 samples of ${ALLOC}`);
  rerender(view('cart'));
  fireEvent.click(await screen.findByRole('button', { name: 'Show any profile type' }));
  await screen.findByText(`2 samples of ${CPU}`);
});

it('stays with the type that a time was picked from, and has a way out of it', async () => {
  const asked: (string | undefined)[] = [];
  const profiles = profilesAnswering('idle second', async ({ profileType }) => {
    asked.push(profileType);
    return profileType === CPU
      ? answerWith(makeStackTable([]), { profileType, samples: 0 })
      : answerWith(next, { profileType: profileType ?? ALLOC });
  });
  const timeWindow = { from: 1e12, to: 1e12 + 1000, profileType: CPU };
  render(<Host profiles={profiles} service="shop" start={{ timeWindow }} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Show any profile type' }));
  await screen.findByText(`2 samples of ${ALLOC}`);
  expect(asked).toEqual([CPU, undefined]);
});

it('offers no other profile type where the host has said which', async () => {
  const profiles = profilesAnswering('nothing', async ({ profileType }) =>
    answerWith(makeStackTable([]), { profileType, samples: 0 }),
  );
  render(<Host profiles={profiles} profileType={ALLOC} start={{ profileType: CPU }} />);
  await screen.findByText('No profile samples found');
  expect(screen.queryByRole('button', { name: 'Show any profile type' })).toBeNull();
});

it.each([
  ['of this time', { from: 1e12 + 1000, to: 1e12 + 90_000 }, [1e12 + 1000, 1e12 + 60_000]],
  ['of another time', { from: 0, to: 1000 }, [1e12, 1e12 + 60_000]],
])('asks about what was picked %s as far as that is in the range', async (_, picked, expected) => {
  const asked: FlamegraphQuestion[] = [];
  const profiles = profilesAnswering(`picked ${picked.from}`, async (question) => {
    asked.push(question);
    return answerWith(next);
  });
  render(<Host profiles={profiles} start={{ timeWindow: picked }} />);
  await waitFor(() => expect(asked).toHaveLength(1));
  const { from, to } = asked[0].timeRange!;
  expect([+from!, +to!]).toEqual(expected);
});

it('asks for the estimate of a span with the same conditions, wherever the span lies', async () => {
  const asked: FlamegraphQuestion[] = [];
  const profiles = profilesAnswering('estimate', async (question) => {
    asked.push(question);
    const isEstimate = question.linkage === 'estimated';
    return isEstimate ? answerWith(next) : answerWith(makeStackTable([]), { samples: 0 });
  });
  const filters = {
    ...{ service: 'shop', containing: { name: 'main' }, resource: { 'k8s.pod.name': 'a' } },
    attributes: [{ on: 'sample', key: 'thread.name', value: 'main' }] as const,
  };
  const picked = { from: 1e12 + 1000, to: 1e12 + 2000 };
  render(
    <Host
      {...{ profiles, ...filters, start: { timeWindow: picked } }}
      {...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), estimate: 'auto' }}
    />,
  );
  await screen.findByText(/2 samples/);
  const [linked, estimated] = asked;
  expect(linked).toMatchObject({ ...filters, timeRange: { from: new Date(picked.from) } });
  // What was picked is a time of samples; here it would be one that the span has to lie in.
  expect(estimated).toMatchObject({ ...filters, timeRange: { from: new Date(1e12) } });
});

it('has a way back from what was chosen and cannot be answered', async () => {
  const profiles = profilesAnswering('refused', async ({ profileType = CPU }) => {
    if (profileType === ALLOC) throw new Error('refused');
    return answerWith(next, { profileType });
  });
  render(<Host profiles={profiles} />);
  fireEvent.click(await screen.findByText('Allocations'));
  await screen.findByRole('alert', undefined, { timeout: 5000 });
  fireEvent.click(screen.getByRole('button', { name: 'Take back what was chosen' }));
  await screen.findByText(`2 samples of ${CPU}`);
});

it('offers no way back where nothing was chosen', async () => {
  const profiles = profilesAnswering('refused at once', () => Promise.reject(new Error('refused')));
  render(<Host profiles={profiles} />);
  await screen.findByRole('alert', undefined, { timeout: 5000 });
  expect(screen.queryByRole('button', { name: 'Take back what was chosen' })).toBeNull();
});

it('has a way out of a time that no collection began in', async () => {
  const profiles = profilesAnswering('between', async ({ timeRange }) =>
    timeRange && timeRange.to.getTime() - timeRange.from.getTime() < 5_000
      ? answerWith(makeStackTable([]), { samples: 0 })
      : answerWith(next),
  );
  render(
    <Host profiles={profiles} start={{ timeWindow: { from: 1e12 + 1000, to: 1e12 + 2000 } }} />,
  );
  fireEvent.click(await screen.findByRole('button', { name: 'Clear selection' }));
  await screen.findByText(/2 samples/);
});

it('says which time is none, and stays', async () => {
  const profiles = profilesAnswering('no time', () =>
    Promise.reject(new Error('not a valid Date')),
  );
  const timeRange = { from: new Date(NaN), to: new Date(1e12) };
  const Panel = () => {
    const [state, update] = useFlameState({});
    return (
      <ProfilePanel {...{ timeRange, state, update }} fill={false}>
        {() => 'never'}
      </ProfilePanel>
    );
  };
  render(
    <ProfilesProvider profiles={profiles}>
      <Panel />
    </ProfilesProvider>,
  );
  expect((await screen.findByRole('alert', undefined, { timeout: 5000 })).textContent).toContain(
    'not a valid Date',
  );
});

it('looks again for samples that had not come yet', async () => {
  let asked = 0;
  const profiles = profilesAnswering('later', async () => {
    if (asked++ === 1) throw new Error('The server is gone.');
    return answerWith(asked === 1 ? makeStackTable([]) : next);
  });
  render(<Host profiles={profiles} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Look again' }));
  // One that fails changes nothing but that it says so.
  await screen.findByText('The server is gone.');
  fireEvent.click(screen.getByRole('button', { name: 'Look again' }));
  await screen.findByText(/^2 samples of/);
  expect(asked).toBe(3);
});
