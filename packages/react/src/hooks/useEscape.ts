import { useEffect, useRef } from 'react';

/** Hears of Escape wherever the keyboard's focus is, and leaves the key to everybody else. */
export function useEscape(onEscape: () => void): void {
  const latest = useRef(onEscape);
  useEffect(() => {
    latest.current = onEscape;
  });
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') latest.current();
    };
    // Before anybody who keeps the key to themselves.
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, []);
}
