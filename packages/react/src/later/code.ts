import { useEffect, useSyncExternalStore } from 'react';
import { CodeLoadError } from './CodeLoadError.ts';

/** Neither of them: it is not asked for yet, or on its way. */
export interface CodeState<Value> {
  readonly value?: Value;
  readonly error?: CodeLoadError;
}

/** Code that a page does not begin with: it comes when it is first needed, and then stays. */
export interface Code<Value> {
  /** The same object for as long as nothing has changed. */
  readonly now: () => CodeState<Value>;
  /** Asks for it, unless it is there or on its way; once more where it could not be fetched. */
  readonly fetch: () => void;
  readonly subscribe: (listener: () => void) => () => void;
}

const NOT_YET: CodeState<never> = {};
const notYet = (): CodeState<never> => NOT_YET;

/** `part` is what an error calls it: `the code of the <part>`. */
export function codeOf<Value>(part: string, load: () => Promise<Value>): Code<Value> {
  let state: CodeState<Value> = NOT_YET;
  let isComing = false;
  const listeners = new Set<() => void>();
  const become = (next: CodeState<Value>): void => {
    isComing = false;
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    now: () => state,
    fetch() {
      if (isComing || state.value) return;
      if (state.error) become(NOT_YET);
      isComing = true;
      load().then(
        (value) => become({ value }),
        (cause: unknown) => become({ error: new CodeLoadError(part, cause) }),
      );
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * The code, which begins to come now if it has not yet. A server, and the first render of what it has
 * sent, are without: both have to be the same.
 */
export function useCode<Value>(code: Code<Value>): CodeState<Value> {
  useEffect(() => code.fetch(), [code]);
  return useCodeState(code);
}

/** The same, for code that somebody else asks for. */
export function useCodeState<Value>(code: Code<Value>): CodeState<Value> {
  return useSyncExternalStore(code.subscribe, code.now, notYet);
}
