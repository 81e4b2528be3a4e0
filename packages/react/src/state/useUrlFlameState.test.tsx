// @vitest-environment jsdom
import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_FLAME_STATE, type TimeWindow } from './flameState.ts';
import { useUrlFlameState } from './useUrlFlameState.ts';

beforeEach(() => window.history.replaceState({ router: 1 }, '', '/page?tab=profile#top'));

const renderState = () => renderHook(() => useUrlFlameState());

it('goes back to where one was, and forward again', async () => {
  const { result } = renderState();
  expect(result.current.state).toEqual(DEFAULT_FLAME_STATE);
  act(() => result.current.onStateChange({ ...result.current.state, focus: ['main'] }));
  act(() => result.current.onStateChange({ ...result.current.state, focus: ['main', 'sort'] }));
  expect(result.current.state.focus).toEqual(['main', 'sort']);

  act(() => window.history.back());
  await waitFor(() => expect(result.current.state.focus).toEqual(['main']));
  act(() => window.history.forward());
  await waitFor(() => expect(result.current.state.focus).toEqual(['main', 'sort']));
});

it('makes no entry of every letter that is typed', () => {
  const { result } = renderState();
  const entries = window.history.length;
  for (const search of ['s', 'so', 'sor']) {
    act(() => result.current.onStateChange({ ...result.current.state, search }));
  }
  expect(window.history.length).toBe(entries);
  expect(result.current.state.search).toBe('sor');
});

it('makes one entry of a time that is picked step by step, and one of giving it back', () => {
  const { result } = renderState();
  const pick = (timeWindow: TimeWindow | null) =>
    act(() => result.current.onStateChange({ ...result.current.state, timeWindow }));
  const entries = window.history.length;
  for (const to of [2, 3, 4]) pick({ from: 1, to });
  expect(window.history.length).toBe(entries + 1);
  expect(result.current.state.timeWindow).toEqual({ from: 1, to: 4 });
  pick(null);
  expect(window.history.length).toBe(entries + 2);
});

it('follows where the browser refuses more changes of the address, which gets them later', async () => {
  const { result } = renderState();
  const type = (search: string) =>
    act(() => result.current.onStateChange({ ...result.current.state, search }));
  const refusals: (() => void)[] = [
    () => {
      throw new DOMException('too many', 'SecurityError');
    },
    () => undefined,
  ];
  for (const refusal of refusals) {
    const refused = vi.spyOn(window.history, 'replaceState').mockImplementation(refusal);
    const before = window.location.href;
    type('ma');
    type('main');
    expect(result.current.state.search).toBe('main');
    expect(window.location.href).toBe(before);
    refused.mockRestore();
    await waitFor(() => expect(window.location.href).not.toBe(before));
    expect(result.current.state.search).toBe('main');
    type('');
  }
});

it('leaves the rest of the address alone, also when there is nothing to keep', () => {
  const { result } = renderState();
  act(() => result.current.onStateChange({ ...DEFAULT_FLAME_STATE, search: 'x' }));
  expect(window.location.search).toMatch(/^\?tab=profile&flame=3\./);
  act(() => result.current.onStateChange(DEFAULT_FLAME_STATE));
  expect(window.location.search).toBe('?tab=profile');
  expect(window.location.hash).toBe('#top');
  expect(window.history.state).toEqual({ router: 1 });
});

it('leaves the parts alone that have not changed, so that nothing is computed anew', () => {
  const { result } = renderState();
  const transforms = [{ type: 'drop-function', frame: 'gc' }] as const;
  const timeWindow = { from: 1, to: 2 };
  const under = ['main'];
  act(() =>
    result.current.onStateChange({ ...DEFAULT_FLAME_STATE, transforms, timeWindow, under }),
  );
  const before = result.current.state;
  act(() => result.current.onStateChange({ ...before, search: 'x', focus: ['main'] }));
  const after = result.current.state;
  expect(after).toEqual({ ...before, search: 'x', focus: ['main'] });
  expect(after.transforms).toBe(before.transforms);
  expect(after.timeWindow).toBe(before.timeWindow);
  expect(after.under).toBe(before.under);
});

it('is one state for all that read the same parameter', () => {
  const one = renderState();
  const other = renderState();
  act(() => one.result.current.onStateChange({ ...DEFAULT_FLAME_STATE, view: 'table' }));
  expect(other.result.current.state.view).toBe('table');
});
