import { useCallback, useRef, useState } from 'react';
import type { Transform } from '@hyperflame/calltree';
import { comesLater } from '../later/comesLater.tsx';
import { RetryCode } from '../later/RetryCode.tsx';
import { laterMenu } from '../menu/laterMenu.tsx';
import { useSettings } from '../theme/settings.ts';
import { DownIcon, RedoIcon, UndoIcon } from '../view/icons.tsx';
import { historyAfter, historyOf } from './history.ts';
import type { TransformMenuProps } from './TransformMenu.tsx';

interface TransformBarProps extends Pick<TransformMenuProps, 'transforms' | 'labels' | 'asked'> {
  onChange: (transforms: readonly Transform[]) => void;
}

const LaterMenu = /* @__PURE__ */ laterMenu(
  async () => (await import('./TransformMenu.tsx')).TransformMenu,
);

const LaterChips = /* @__PURE__ */ comesLater(
  'changes',
  async () => (await import('./TransformChips.tsx')).TransformChips,
  RetryCode,
);

/** The changes made to a profile, in order: each can be taken back, the last one undone and redone. */
export function TransformBar({ transforms, labels, asked, onChange }: TransformBarProps) {
  const { messages } = useSettings();
  const button = useRef<HTMLButtonElement>(null);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const [history, setHistory] = useState(() => historyOf(transforms));
  const now = historyAfter(history, transforms);
  if (now !== history) setHistory(now);
  const before = now.past.at(-1);
  const after = now.future.at(-1);

  const closeMenu = useCallback(() => {
    setMenuAt(null);
    button.current?.focus({ preventScroll: true });
  }, []);

  return (
    <div className="hf-chain" role="group" aria-label={messages.transforms}>
      <button
        ref={button}
        type="button"
        className="hf-button"
        aria-haspopup="menu"
        aria-expanded={menuAt !== null}
        onPointerEnter={LaterMenu.fetch}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setMenuAt({ x: box.left, y: box.bottom + 2 });
        }}
      >
        {messages.transformProfile}
        <DownIcon />
      </button>
      {transforms.length > 0 && (
        <LaterChips
          transforms={transforms}
          onRemove={(at) => {
            onChange(transforms.filter((_, other) => other !== at));
            button.current?.focus({ preventScroll: true });
          }}
        />
      )}
      {(before ?? after) && (
        <span className="hf-segments">
          <button
            type="button"
            className="hf-button hf-icon-button"
            aria-label={messages.undo}
            title={messages.undo}
            disabled={!before}
            onClick={() => before && onChange(before)}
          >
            <UndoIcon />
          </button>
          <button
            type="button"
            className="hf-button hf-icon-button"
            aria-label={messages.redo}
            title={messages.redo}
            disabled={!after}
            onClick={() => after && onChange(after)}
          >
            <RedoIcon />
          </button>
        </span>
      )}
      {menuAt && (
        <LaterMenu
          {...{ transforms, labels, asked }}
          x={menuAt.x}
          y={menuAt.y}
          onAdd={(transform) => onChange([...transforms, transform])}
          onClose={closeMenu}
        />
      )}
    </div>
  );
}
