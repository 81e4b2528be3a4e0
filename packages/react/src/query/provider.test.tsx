// @vitest-environment jsdom
import { StrictMode, useEffect, useState } from 'react';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeStackTable } from '@hyperflame/calltree';
import { createEngine } from '@hyperflame/calltree/worker';
import { ProfileQueryError, type ProfileClient, type Profiles } from '@hyperflame/sdk';
import { FlameGraph, ProfilesProvider, profileKeys, useFlamegraph, useProfiles } from '../index.ts';
import { answerWith, profilesAnswering } from '../testing/answers.ts';

afterEach(cleanup);

const answer = answerWith(makeStackTable([{ frames: ['main'], weight: 5, count: 5 }]));

function answering(key: string): Profiles & { asked: ReturnType<typeof vi.fn> } {
  const asked = vi.fn();
  const profiles = profilesAnswering(key, async (question) => {
    asked(question);
    return answer;
  });
  return { ...profiles, asked };
}

function Samples() {
  const { data, error } = useFlamegraph({ service: 'shop' });
  return <p>{error ? error.message : data ? `${data.samples} samples` : 'asking'}</p>;
}

describe('keys of answers', () => {
  it('hold connection and question, and no object that is new on every render', () => {
    const one = profileKeys.flamegraph('a', { service: 'shop' });
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
    expect(one).not.toEqual(profileKeys.flamegraph('b', { service: 'shop' }));
    expect(one).not.toEqual(profileKeys.topFunctions('a', { service: 'shop' }));
    expect(one[0]).toBe(profileKeys.all[0]);
  });
});

describe('the provider', () => {
  it('asks once although its client is another object on every render', async () => {
    const send = vi.fn(() => Promise.reject(new Error('refused')));
    function Host() {
      const [renders, setRenders] = useState(0);
      const client: ProfileClient = { key: 'hyperdx:1', send };
      return (
        <ProfilesProvider client={client}>
          <Samples />
          <button onClick={() => setRenders(renders + 1)}>Rendered again: {renders}</button>
        </ProfilesProvider>
      );
    }
    render(<Host />);
    await screen.findByText(/refused$/);
    const before = send.mock.calls.length;
    fireEvent.click(screen.getByRole('button'));
    fireEvent.click(screen.getByRole('button'));
    expect(screen.getByText('Rendered again: 2')).toBeDefined();
    expect(send.mock.calls.length).toBe(before);
  });

  it('knows the database of a connection as long as it is the same, and asks the newest client', async () => {
    const seen = new Set<Profiles>();
    function Seen() {
      const profiles = useProfiles();
      useEffect(() => void seen.add(profiles));
      return <button onClick={() => void profiles.services({}).catch(() => undefined)}>Ask</button>;
    }
    const view = (key: string, send: ProfileClient['send']) => (
      <ProfilesProvider client={{ key, send }} limits={{ maxDays: 3 }}>
        <Seen />
      </ProfilesProvider>
    );
    const refuse = () => vi.fn(() => Promise.reject(new Error('refused')));
    const [old, newest, other] = [refuse(), refuse(), refuse()];
    const { rerender } = render(view('one', old));
    rerender(view('one', newest));
    expect(seen.size).toBe(1);
    fireEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(newest).toHaveBeenCalledTimes(1));
    rerender(view('other', other));
    expect(seen.size).toBe(2);
    fireEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(other).toHaveBeenCalledTimes(1));
    expect([old, newest].map((send) => send.mock.calls.length)).toEqual([0, 1]);
  });

  it('asks again for an empty answer when it is drawn anew, and not for another', async () => {
    for (const [stacks, times] of [
      [makeStackTable([]), 2],
      [answer.stacks, 1],
    ] as const) {
      const ask = vi.fn(async () => answerWith(stacks));
      const profiles = profilesAnswering(`anew ${times}`, ask);
      const queryClient = new QueryClient();
      const view = () => (
        <ProfilesProvider profiles={profiles} queryClient={queryClient}>
          <Samples />
        </ProfilesProvider>
      );
      const { unmount } = render(view());
      await screen.findByText(/samples$/);
      unmount();
      render(view());
      await screen.findByText(/samples$/);
      await waitFor(() => expect(queryClient.isFetching()).toBe(0));
      expect(ask).toHaveBeenCalledTimes(times);
      cleanup();
    }
  });

  it('goes on with a question that waited for its page to be looked at', async () => {
    let visibility = 'hidden';
    const spy = vi
      .spyOn(document, 'visibilityState', 'get')
      .mockImplementation(() => visibility as DocumentVisibilityState);
    let asked = 0;
    const profiles = profilesAnswering('hidden', async () => {
      if (asked++ === 0) throw new ProfileQueryError('network', 'gone');
      return answer;
    });
    render(
      <ProfilesProvider profiles={profiles}>
        <Samples />
      </ProfilesProvider>,
    );
    // A question is asked again after a second, if anybody looks.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(asked).toBe(1);
    visibility = 'visible';
    window.dispatchEvent(new Event('visibilitychange'));
    await screen.findByText('5 samples');
    spy.mockRestore();
  });

  it('keeps answers in the cache of the host, where there is one', async () => {
    const profiles = answering('mine');
    const queryClient = new QueryClient();
    render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <ProfilesProvider profiles={profiles}>
            <Samples />
          </ProfilesProvider>
        </QueryClientProvider>
      </StrictMode>,
    );
    await screen.findByText('5 samples');
    const key = profileKeys.flamegraph('mine', { service: 'shop' });
    expect(queryClient.getQueryData(key)).toBe(answer);
  });

  it('keeps answers of two connections apart', async () => {
    const one = answering('one');
    const two = answering('two');
    const queryClient = new QueryClient();
    const view = (profiles: Profiles) => (
      <ProfilesProvider profiles={profiles} queryClient={queryClient}>
        <Samples />
      </ProfilesProvider>
    );
    const { rerender } = render(view(one));
    await screen.findByText('5 samples');
    rerender(view(two));
    await waitFor(() => expect(two.asked).toHaveBeenCalledTimes(1));
    expect(one.asked).toHaveBeenCalledTimes(1);
  });

  it('shows nothing of one connection as if it were from another', async () => {
    const silent = profilesAnswering('silent', () => new Promise(() => undefined));
    const queryClient = new QueryClient();
    const view = (profiles: Profiles) => (
      <ProfilesProvider profiles={profiles} queryClient={queryClient}>
        <Samples />
      </ProfilesProvider>
    );
    const { rerender } = render(view(answering('one')));
    await screen.findByText('5 samples');
    rerender(view(silent));
    expect(screen.getByText('asking')).toBeDefined();
  });

  it('is missed with a sentence that says what to do', () => {
    const Alone = () => <p>{useProfiles().key}</p>;
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => render(<Alone />)).toThrow('ProfilesProvider');
    quiet.mockRestore();
  });
});

describe('in a DOM without layout, canvas and workers', () => {
  it('a flame graph renders what it can, and leaves nothing behind', async () => {
    const { unmount } = render(
      <ProfilesProvider profiles={answering('jsdom')} engine={createEngine({ worker: false })}>
        <FlameGraph service="shop" />
      </ProfilesProvider>,
    );
    await screen.findByText('5 samples');
    expect(screen.getByRole('searchbox', { name: 'Search functions' })).toBeDefined();
    unmount();
    expect(document.querySelector('[data-hyperflame]')).toBeNull();
  });
});
