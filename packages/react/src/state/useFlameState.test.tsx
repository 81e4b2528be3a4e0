// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DEFAULT_FLAME_STATE } from './flameState.ts';
import { useFlameState } from './useFlameState.ts';

it('starts with the default of a part that is undefined', () => {
  const defaultState = { search: undefined, focus: undefined, view: 'table' } as const;
  const { result } = renderHook(() => useFlameState({ defaultState }));
  expect(result.current[0]).toEqual({ ...DEFAULT_FLAME_STATE, view: 'table' });
});
