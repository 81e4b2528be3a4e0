// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { decodeFlameState, encodeFlameState } from './codec.ts';
import { DEFAULT_FLAME_STATE, type FlameState } from './flameState.ts';
import { useFlameState } from './useFlameState.ts';

it('starts with the default of a part that is undefined', () => {
  const defaultState = { search: undefined, focus: undefined, view: 'table' } as const;
  const { result } = renderHook(() => useFlameState({ defaultState }));
  expect(result.current[0]).toEqual({ ...DEFAULT_FLAME_STATE, view: 'table' });
});

it('computes nothing anew for a host that keeps the state as text', () => {
  const first: FlameState = {
    ...DEFAULT_FLAME_STATE,
    transforms: [{ type: 'drop-function', frame: 'gc' }],
    timeWindow: { from: 1, to: 2 },
    under: ['main'],
  };
  const read = (state: FlameState) => decodeFlameState(encodeFlameState(state))!;
  const { result, rerender } = renderHook(({ state }) => useFlameState({ state })[0], {
    initialProps: { state: read(first) },
  });
  const before = result.current;
  rerender({ state: read({ ...first, selected: ['main'] }) });
  const after = result.current;
  expect(after).toEqual({ ...first, selected: ['main'] });
  expect(after.transforms).toBe(before.transforms);
  expect(after.timeWindow).toBe(before.timeWindow);
  expect(after.under).toBe(before.under);
  rerender({ state: read({ ...first, transforms: [] }) });
  expect(result.current.transforms).toEqual([]);
});
