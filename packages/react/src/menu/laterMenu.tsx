import type { ComponentType } from 'react';
import { comesLater, type Instead, type Later } from '../later/comesLater.tsx';
import { useSettings } from '../theme/settings.ts';

/** Where a menu is to be, in the window. */
interface MenuProps {
  x: number;
  y: number;
  onClose: () => void;
}

/** A menu whose code comes when it is first opened. Nothing is in its place for that moment. */
export function laterMenu<Props extends MenuProps>(
  load: () => Promise<ComponentType<Props>>,
): Later<Props> {
  return comesLater('menu', load, NoMenu);
}

const NoMenu: Instead<MenuProps> = ({ of: { x, y, onClose }, error, retry }) => {
  const { messages } = useSettings();
  if (!error) return null;
  return (
    <div
      role="alert"
      className="hf-tooltip"
      style={{ left: `min(${x}px, 100vw - 260px)`, top: y, maxWidth: 250, pointerEvents: 'auto' }}
    >
      <p>{error.message}</p>
      <button
        type="button"
        className="hf-button"
        // The only way on: it takes the keyboard's focus, as the menu would have.
        ref={(button) => button?.focus({ preventScroll: true })}
        onClick={retry}
        onBlur={onClose}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      >
        {messages.retry}
      </button>
    </div>
  );
};
