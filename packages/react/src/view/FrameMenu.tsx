import { Fragment, useEffect, useRef, type KeyboardEvent } from 'react';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { usePlacement } from '../hooks/usePlacement.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { Styles } from '../theme/Styles.tsx';
import { MENU_STYLES } from '../menu/styles.ts';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  /** The key that does the same. */
  readonly hint?: string;
  /** A line stands before it. */
  readonly startsGroup?: boolean;
  readonly run: () => void;
}

interface FrameMenuProps {
  title: string;
  /** What the menu is for; actions of a frame if not said. */
  label?: string;
  /** Corner of the menu, in the window. */
  x: number;
  y: number;
  entries: readonly MenuEntry[];
  /** Stands under the entries: that there will be more. */
  note?: string;
  /** Comes before the work of a chosen entry: what that opens has the last word on the focus. */
  onClose: () => void;
}

/** What can be done with a frame, at the pointer. */
export function FrameMenu({ title, label, x, y, entries, note, onClose }: FrameMenuProps) {
  const { messages } = useAllSettings();
  const menu = useRef<HTMLDivElement>(null);
  usePlacement(menu, { x, y }, { placement: 'bottom-start', gap: 0 });
  useBrowserLayoutEffect(() => {
    menu.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus({ preventScroll: true });
  }, [x, y]);

  useEffect(() => {
    const outside = (event: Event): void => {
      // Not its target, which is the host where this is in a shadow root.
      if (menu.current && event.composedPath().includes(menu.current)) return;
      onClose();
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('wheel', outside, { capture: true, passive: true });
    // What it stands beside is somewhere else then.
    window.addEventListener('resize', onClose);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('wheel', outside, true);
      window.removeEventListener('resize', onClose);
    };
  }, [onClose]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
    const at = items.findIndex((item) => item.matches(':focus'));
    const next: Record<string, number> = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    if (Object.hasOwn(next, event.key)) {
      const item = items[next[event.key]];
      item.focus({ preventScroll: true });
      // Of the list, which may be longer than the window; the page stays where it is.
      item.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      onClose();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={menu}
      className="hf-menu"
      onKeyDown={onKeyDown}
      // Firefox opens its own menu over this one else: it asks for one where the focus is by now, also
      // after a key that was taken.
      onContextMenu={(event) => event.preventDefault()}
    >
      <Styles of={MENU_STYLES} />
      <div className="hf-menu-title">
        <bdi>{title}</bdi>
      </div>
      <div role="menu" aria-label={label ?? messages.frameActions}>
        {entries.map(({ id, label, hint, startsGroup, run }, at) => (
          <Fragment key={id}>
            {startsGroup && at > 0 && <div role="separator" />}
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              aria-keyshortcuts={hint === '⏎' ? 'Enter' : hint}
              data-mantine-stop-propagation="true"
              onClick={() => {
                onClose();
                run();
              }}
            >
              <span>{label}</span>
              {hint !== undefined && <kbd aria-hidden>{hint}</kbd>}
            </button>
          </Fragment>
        ))}
      </div>
      {note !== undefined && (
        <div className="hf-menu-title" role="status">
          {note}
        </div>
      )}
    </div>
  );
}
