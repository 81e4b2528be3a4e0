import { useCallback, useState, useSyncExternalStore } from 'react';
import { decodeFlameState, encodeFlameState } from './codec.ts';
import { DEFAULT_FLAME_STATE, withPartsOf, type FlameState } from './flameState.ts';
import { isNewPlace } from './isNewPlace.ts';
import type { FlameStateProps } from './useFlameState.ts';

/** Told by the hooks of this page when they write; a browser tells only of going back and forward. */
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/**
 * A state that lives in a parameter of the page's address, so that it can be sent as a link, and
 * that the browser's back and forward buttons go along:
 *
 *     <ProfileViewer {...useUrlFlameState()} service="shop" />
 *
 * Going somewhere (a zoom, another view, a transform) is an entry of its own in the history; typing
 * a search or choosing a colour changes the entry there is. The rest of the address stays as it is.
 * For a host whose router keeps the address to itself there are `encodeFlameState` and
 * `decodeFlameState`.
 */
export function useUrlFlameState(
  parameter = 'flame',
): Required<Pick<FlameStateProps, 'state' | 'onStateChange'>> {
  const text = useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(window.location.search).get(parameter) ?? '',
    () => '',
  );
  const [read, setRead] = useState(() => ({ text, state: stateOf(text) }));
  let { state } = read;
  if (read.text !== text) {
    state = withPartsOf(read.state, stateOf(text));
    setRead({ text, state });
  }
  const onStateChange = useCallback(
    (next: FlameState): void => {
      const url = new URL(window.location.href);
      const encoded = encodeFlameState(next);
      if (encoded === '') url.searchParams.delete(parameter);
      else url.searchParams.set(parameter, encoded);
      const write = isNewPlace(state, next) ? 'pushState' : 'replaceState';
      // A router's own notes on the entry stay with it.
      window.history[write](window.history.state, '', url);
      for (const listener of [...listeners]) listener();
    },
    [parameter, state],
  );
  return { state, onStateChange };
}

function stateOf(text: string): FlameState {
  return decodeFlameState(text) ?? DEFAULT_FLAME_STATE;
}
