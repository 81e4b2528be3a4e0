import { useCallback, useEffect, useRef, useState } from 'react';
import { LIBRARY_CODE, type LabelColumn, type Transform } from '@hyperflame/calltree';
import { useSettings } from '../theme/settings.ts';
import { FrameMenu, type MenuEntry } from '../view/FrameMenu.tsx';
import { ClearIcon, DownIcon, RedoIcon, UndoIcon } from '../view/icons.tsx';
import { describeTransform, labelName } from './describeTransform.ts';
import { historyAfter, historyOf } from './history.ts';
import type { AskedLabels } from './AskedLabels.ts';
import {
  canAskForMore,
  labelsOfStacks,
  labelsOfTransforms,
  labelsToChoose,
} from './labelsToGroupBy.ts';
import { Styles } from '../theme/Styles.tsx';
import { CHAIN_STYLES } from './styles.ts';

interface TransformBarProps {
  transforms: readonly Transform[];
  /** Labels that the profile's stacks have. */
  labels?: readonly LabelColumn[];
  /** Labels that stacks can be asked for with, beside those that they have. */
  asked?: AskedLabels;
  onChange: (transforms: readonly Transform[]) => void;
}

/** The changes made to a profile, in order: each can be taken back, the last one undone and redone. */
export function TransformBar({ transforms, labels = [], asked, onChange }: TransformBarProps) {
  const { messages } = useSettings();
  const button = useRef<HTMLButtonElement>(null);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const [history, setHistory] = useState(() => historyOf(transforms));
  const now = historyAfter(history, transforms);
  if (now !== history) setHistory(now);
  const before = now.past.at(-1);
  const after = now.future.at(-1);

  const isOpen = menuAt !== null;
  const canAsk = asked !== undefined && canAskForMore(transforms);
  const look = asked?.look;
  useEffect(() => look?.(isOpen && canAsk), [look, isOpen, canAsk]);
  const grouped = labelsOfTransforms(transforms);
  const toGroupBy = [
    ...new Set([...labelsOfStacks(labels), ...((canAsk && asked.labels) || [])]),
  ].filter((label) => !grouped.includes(label));

  const add = (transform: Transform) => () => onChange([...transforms, transform]);
  const entries: MenuEntry[] = [
    {
      id: 'my-code',
      label: messages.onlyMyCode,
      run: add({ type: 'hide-frames', frames: LIBRARY_CODE }),
    },
    {
      id: 'recursion',
      label: messages.collapseAllRecursion,
      run: add({ type: 'collapse-direct-recursion' }),
    },
    {
      id: 'by-file',
      label: messages.groupByFile,
      startsGroup: true,
      run: add({ type: 'group-by', by: 'file' }),
    },
    {
      id: 'by-module',
      label: messages.groupByModule,
      run: add({ type: 'group-by', by: 'module' }),
    },
    { id: 'by-kind', label: messages.groupByKind, run: add({ type: 'group-by', by: 'kind' }) },
    ...labelsToChoose(toGroupBy, messages).map((label) => ({
      id: `by-label-${label}`,
      label: messages.groupByLabel(labelName(label, messages)),
      run: add({ type: 'group-by-label', label }),
    })),
  ];
  const closeMenu = useCallback(() => {
    setMenuAt(null);
    button.current?.focus({ preventScroll: true });
  }, []);

  return (
    <div className="hf-chain" role="group" aria-label={messages.transforms}>
      <Styles of={CHAIN_STYLES} />
      <button
        ref={button}
        type="button"
        className="hf-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setMenuAt({ x: box.left, y: box.bottom + 2 });
        }}
      >
        {messages.transformProfile}
        <DownIcon />
      </button>
      {transforms.length > 0 && (
        <ol>
          {transforms.map((transform, at) => {
            const text = describeTransform(transform, messages);
            return (
              <li key={at} className="hf-chip" title={text}>
                <bdi>{text}</bdi>
                <button
                  type="button"
                  className="hf-button hf-quiet hf-icon-button"
                  aria-label={messages.removeTransform(text)}
                  onClick={() => {
                    onChange(transforms.filter((_, other) => other !== at));
                    button.current?.focus({ preventScroll: true });
                  }}
                >
                  <ClearIcon />
                </button>
              </li>
            );
          })}
        </ol>
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
        <FrameMenu
          title={messages.transforms}
          x={menuAt.x}
          y={menuAt.y}
          entries={entries}
          note={canAsk && asked.isAsking ? messages.askingForLabels : undefined}
          onClose={closeMenu}
        />
      )}
    </div>
  );
}
