import { useCallback, useRef, useState, type MouseEvent, type RefObject } from 'react';

/** The menu of a button, and what makes a button one that has a menu. */
interface ButtonMenu {
  readonly buttonRef: RefObject<HTMLButtonElement | null>;
  /** Corner of the menu in the window; `null` while it is closed. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly open: (event: MouseEvent<HTMLButtonElement>) => void;
  /** The button has the focus then. */
  readonly close: () => void;
}

/** A menu below a button. */
export function useButtonMenu(): ButtonMenu {
  const buttonRef = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<ButtonMenu['at']>(null);
  const open = useCallback((event: MouseEvent<HTMLButtonElement>): void => {
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    setAt({ x: left, y: bottom + 2 });
  }, []);
  const close = useCallback((): void => {
    setAt(null);
    buttonRef.current?.focus({ preventScroll: true });
  }, []);
  return { buttonRef, at, open, close };
}
