import { useEffect, useRef, type ComponentProps, type RefObject } from 'react';
import { focusTwin } from './focusTwin.ts';

/**
 * Keeps the keyboard's focus in an element whose pictures come and go, each once its code and figures
 * are there: where the one that had the focus is gone, a row of the next one has it.
 *
 *     const kept = useFocusKept(ref);
 *     return <div ref={ref} {...kept}>…</div>;
 */
export function useFocusKept(
  ref: RefObject<HTMLElement | null>,
): Pick<ComponentProps<'div'>, 'onFocus' | 'onKeyDownCapture' | 'onClick' | 'onBlur'> {
  const isKept = useRef(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const { ownerDocument } = element;
    const observer = new MutationObserver(() => {
      const isLost = ownerDocument.activeElement === ownerDocument.body;
      if (isKept.current && isLost) focusTwin(element);
    });
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [ref]);
  const keep = (): void => {
    isKept.current = true;
  };
  return {
    onFocus: keep,
    onKeyDownCapture: keep,
    // Whoever points does not look for the focus, wherever a click moves it; one by key counts none.
    onClick: ({ detail }) => {
      isKept.current = detail === 0;
    },
    // React tells of it where the focus is moved, not where what had it is taken away.
    onBlur: ({ currentTarget, relatedTarget }) => {
      isKept.current = currentTarget.contains(relatedTarget);
    },
  };
}
