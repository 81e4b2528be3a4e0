import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Icon } from '../theme/Icon.tsx';
import { useEscape } from './escape.ts';
import { useWidth } from './useWidth.ts';

interface DrawerProps {
  /** Remembers the width. */
  name: 'trace' | 'span';
  /** Of the window, at first. */
  share: number;
  title: string;
  facts: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

export function Drawer({ name, share, title, facts, onClose, children }: DrawerProps) {
  const element = useRef<HTMLDivElement>(null);
  const heading = useId();
  const { width, grip } = useWidth(name, share);
  useEscape(onClose);
  useEffect(() => {
    const before = document.activeElement;
    element.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div
      ref={element}
      className="drawer"
      data-drawer={name}
      style={{ width, zIndex: `var(--level-${name})` }}
      role="dialog"
      aria-labelledby={heading}
      tabIndex={-1}
    >
      <div className="grip" aria-label={`Width of the ${name} panel`} {...grip} />
      <div className="drawer-head">
        <div className="titles">
          <h2 id={heading}>{title}</h2>
          <div className="facts">{facts}</div>
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label={`Close ${name}`}
          title="Close (Esc)"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className="drawer-body">{children}</div>
    </div>
  );
}
