import { useCallback, useState } from 'react';

/** What a menu is of, and its corner in the window. */
interface MenuAt<Of> {
  readonly of: Of;
  readonly x: number;
  readonly y: number;
}

export interface OpenMenu<Of> {
  /** `null` while it is closed. */
  readonly at: MenuAt<Of> | null;
  readonly open: (of: Of, x: number, y: number) => void;
  /** Below an element, as for somebody who has come there by key. */
  readonly openBelow: (of: Of, element: Element) => void;
  readonly close: (reason: 'chosen' | 'dismissed') => void;
}

/** Of all that is under it, a row is no higher than this. */
const MOST_ROW_HEIGHT = 26;

/**
 * The menu of something in a picture. Where nothing was chosen from it, the focus goes back; keep
 * `giveFocusBack` stable.
 */
export function useMenuAt<Of>(giveFocusBack: () => void): OpenMenu<Of> {
  const [at, setAt] = useState<MenuAt<Of> | null>(null);
  const open = useCallback((of: Of, x: number, y: number) => setAt({ of, x, y }), []);
  const openBelow = useCallback((of: Of, element: Element): void => {
    const { left, top, bottom } = element.getBoundingClientRect();
    setAt({ of, x: left + 8, y: Math.min(bottom, top + MOST_ROW_HEIGHT) });
  }, []);
  const close = useCallback(
    (reason: 'chosen' | 'dismissed'): void => {
      setAt(null);
      if (reason === 'dismissed') giveFocusBack();
    },
    [giveFocusBack],
  );
  return { at, open, openBelow, close };
}
