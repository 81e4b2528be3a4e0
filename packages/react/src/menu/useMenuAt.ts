import { useCallback, useEffect, useState } from 'react';

/** What a menu is of, and its corner in the window. */
interface MenuAt<Of> {
  readonly of: Of;
  readonly x: number;
  readonly y: number;
}

export interface OpenMenu<Of> {
  /** What it is of, as a number in what is drawn now. `null` while it is closed. */
  readonly at: MenuAt<number> | null;
  readonly open: (of: Of, x: number, y: number) => void;
  /** Below an element, as for somebody who has come there by key. */
  readonly openBelow: (of: Of, element: Element) => void;
  readonly close: () => void;
}

/** Of all that is under it, a row is no higher than this. */
const MOST_ROW_HEIGHT = 26;

/**
 * The menu of something in a picture, which has the focus again once it is closed.
 *
 * @param find  where that is in what is drawn now, or -1: newer data may come while a menu is open,
 *              which closes the menu of what is no longer there
 * @param giveFocusBack  to be kept stable
 */
export function useMenuAt<Of>(find: (of: Of) => number, giveFocusBack: () => void): OpenMenu<Of> {
  const [at, setAt] = useState<MenuAt<Of> | null>(null);
  const open = useCallback((of: Of, x: number, y: number) => setAt({ of, x, y }), []);
  const openBelow = useCallback((of: Of, element: Element): void => {
    const { left, top, bottom } = element.getBoundingClientRect();
    setAt({ of, x: left + 8, y: Math.min(bottom, top + MOST_ROW_HEIGHT) });
  }, []);
  const close = useCallback((): void => {
    setAt(null);
    giveFocusBack();
  }, [giveFocusBack]);
  const found = at ? find(at.of) : -1;
  const isGone = at !== null && found === -1;
  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the focus can move only once it is gone
    if (isGone) close();
  }, [isGone, close]);
  return { at: at && !isGone ? { ...at, of: found } : null, open, openBelow, close };
}
