import { useState } from 'react';
import type { LabelColumn, Transform } from '@hyperflame/calltree';
import { comesLater } from '../later/comesLater.tsx';
import { RetryCode } from '../later/RetryCode.tsx';
import { laterMenu } from '../menu/laterMenu.tsx';
import { useButtonMenu } from '../menu/useButtonMenu.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { Styles } from '../theme/Styles.tsx';
import { icon, DownIcon } from '../view/icons.tsx';
import type { AskedLabels } from './AskedLabels.ts';
import { historyAfter, historyOf } from './history.ts';
import { CHAIN_STYLES } from './styles.ts';

const UndoIcon = () => icon(14, <path d="M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7" />);
const RedoIcon = () => icon(14, <path d="m10 3 3 3-3 3m3-3H6.5a3.5 3.5 0 0 0 0 7H9" />);

interface TransformBarProps {
  transforms: readonly Transform[];
  /** Labels that the profile's stacks have. */
  labels?: readonly LabelColumn[];
  /** Labels that stacks can be asked for with, beside those that they have. */
  asked?: AskedLabels;
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
  const { messages } = useAllSettings();
  const { buttonRef, at, open, close } = useButtonMenu();
  const [history, setHistory] = useState(() => historyOf(transforms));
  const now = historyAfter(history, transforms);
  if (now !== history) setHistory(now);
  const before = now.past.at(-1);
  const after = now.future.at(-1);

  return (
    <div className="hf-chain" role="group" aria-label={messages.transforms}>
      <Styles of={CHAIN_STYLES} />
      <button
        ref={buttonRef}
        type="button"
        className="hf-button"
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onPointerEnter={LaterMenu.fetch}
        onClick={open}
      >
        {messages.transformProfile}
        <DownIcon />
      </button>
      {transforms.length > 0 && (
        <LaterChips
          transforms={transforms}
          onRemove={(at) => {
            onChange(transforms.filter((_, other) => other !== at));
            buttonRef.current?.focus({ preventScroll: true });
          }}
        />
      )}
      {(before ?? after) && (
        // Not `disabled`, which would take the keyboard's focus off the one that was pressed last.
        <span className="hf-segments">
          <button
            type="button"
            className="hf-button hf-icon-button"
            aria-label={messages.undo}
            title={messages.undo}
            aria-disabled={!before}
            onClick={() => before && onChange(before)}
          >
            <UndoIcon />
          </button>
          <button
            type="button"
            className="hf-button hf-icon-button"
            aria-label={messages.redo}
            title={messages.redo}
            aria-disabled={!after}
            onClick={() => after && onChange(after)}
          >
            <RedoIcon />
          </button>
        </span>
      )}
      {at && (
        <LaterMenu
          {...{ transforms, labels, asked }}
          {...at}
          onAdd={(transform) => onChange([...transforms, transform])}
          onClose={close}
        />
      )}
    </div>
  );
}
