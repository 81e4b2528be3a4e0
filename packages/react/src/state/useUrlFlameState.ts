import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { decodeFlameState, encodeFlameState } from './codec.ts';
import { DEFAULT_FLAME_STATE, type FlameState } from './flameState.ts';
import { isNewPlace } from './isNewPlace.ts';
import type { FlameStateProps } from './useFlameState.ts';
import { useSteadyParts } from './useSteadyParts.ts';

const RETRY_MS = 1000;

/** Told by the hooks of this page when they write; a browser tells only of going back and forward. */
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  const wentElsewhere = (): void => {
    unwritten.clear();
    listener();
  };
  listeners.add(listener);
  window.addEventListener('popstate', wentElsewhere);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', wentElsewhere);
  };
}

/** What the address does not have yet, by parameter. */
const unwritten = new Map<string, string>();
let retry: ReturnType<typeof setTimeout> | undefined;

/**
 * A browser takes only so many changes (Safari 100 in 10 seconds), which a key that is held down
 * makes. Safari throws then, Chromium does nothing: it is tried again until the address has them.
 */
function write(how: 'pushState' | 'replaceState'): void {
  clearTimeout(retry);
  const url = new URL(window.location.href);
  for (const [parameter, text] of unwritten) {
    if (text === '') url.searchParams.delete(parameter);
    else url.searchParams.set(parameter, text);
  }
  try {
    // A router's own notes on the entry stay with it.
    window.history[how](window.history.state, '', url);
  } catch {
    // Seen below.
  }
  if (window.location.href === url.href) unwritten.clear();
  else retry = setTimeout(write, RETRY_MS, 'replaceState');
}

/**
 * A state that lives in a parameter of the page's address, so that it can be sent as a link, and
 * that the browser's back and forward buttons go along:
 *
 *     <ProfileViewer {...useUrlFlameState()} service="shop" />
 *
 * Going somewhere (a zoom, another view, a transform) is an entry of its own in the history; typing
 * a search or choosing a colour changes the entry there is. Other parameters keep their values.
 * For a host whose router keeps the address to itself there are `encodeFlameState` and
 * `decodeFlameState`.
 */
export function useUrlFlameState(
  parameter = 'flame',
): Required<Pick<FlameStateProps, 'state' | 'onStateChange'>> {
  const text = useSyncExternalStore(
    subscribe,
    () =>
      unwritten.get(parameter) ?? new URLSearchParams(window.location.search).get(parameter) ?? '',
    () => '',
  );
  const read = useMemo(() => decodeFlameState(text) ?? DEFAULT_FLAME_STATE, [text]);
  const state = useSteadyParts(read);
  const onStateChange = useCallback(
    (next: FlameState): void => {
      unwritten.set(parameter, encodeFlameState(next));
      write(isNewPlace(state, next) ? 'pushState' : 'replaceState');
      for (const listener of [...listeners]) listener();
    },
    [parameter, state],
  );
  return { state, onStateChange };
}
