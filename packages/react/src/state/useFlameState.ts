import { useCallback, useState } from 'react';
import { given } from './given.ts';
import { DEFAULT_FLAME_STATE, sameFlameState, type FlameState } from './flameState.ts';
import { useSteadyParts } from './useSteadyParts.ts';

export interface FlameStateProps {
  /** The state to show. Given: the host owns it and must store what `onStateChange` hands over. */
  state?: FlameState;
  /** What an uncontrolled view starts with; parts left out are at their defaults. */
  defaultState?: Partial<FlameState>;
  /** Called with every next state, controlled or not. */
  onStateChange?: (state: FlameState) => void;
}

export type UpdateFlameState = (change: Partial<FlameState>) => void;

function startingWith(parts: Partial<FlameState> = {}): FlameState {
  return { ...DEFAULT_FLAME_STATE, ...given(parts) };
}

/** One state, whoever owns it. An update that changes nothing is not reported. */
export function useFlameState({
  state,
  defaultState,
  onStateChange,
}: FlameStateProps): [FlameState, UpdateFlameState] {
  const [own, setOwn] = useState(() => startingWith(defaultState));
  const current = useSteadyParts(state ?? own);
  const update = useCallback<UpdateFlameState>(
    (change) => {
      const next = { ...current, ...change };
      if (sameFlameState(current, next)) return;
      if (state === undefined) setOwn(next);
      onStateChange?.(next);
    },
    [current, state, onStateChange],
  );
  return [current, update];
}
