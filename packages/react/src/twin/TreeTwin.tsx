import { useId, useRef, type KeyboardEvent } from 'react';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import type { Box } from '../canvas/geometry.ts';
import { nodeName } from '../frames/frameNames.ts';
import { useSettings } from '../theme/settings.ts';
import { placeAmongSiblings, twinRows } from './twinRows.ts';

export interface TwinColumn {
  readonly header: string;
  readonly cell: (node: NodeIndex) => string;
}

export interface TreeTwinProps {
  tree: CallTree;
  label: string;
  /** What the keys do; those of a flame graph if not said. */
  help?: string;
  cursor: NodeIndex;
  focus: NodeIndex;
  selected: NodeIndex;
  columns: readonly TwinColumn[];
  boxOf: (node: NodeIndex) => Box;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** The pointer brought the focus here, so nothing needs to show where it is. */
  byPointer: boolean;
  onFocus: (node: NodeIndex, row: HTMLElement) => void;
  /** The focus went to another element (true), or out of the page or nowhere (false). */
  onBlur: (elsewhere: boolean) => void;
  /** True where Escape has something to undo here; then the host must not close for it. */
  holdsEscape: boolean;
}

/**
 * The canvas in words: a treegrid whose rows lie, unseen, exactly over the rectangles. It is what
 * has the keyboard's focus, so the focus ring is a real one, and what assistive technology reads.
 * Only the rows near the cursor exist; `aria-rowcount` and `aria-rowindex` tell of the others.
 */
export function TreeTwin(props: TreeTwinProps) {
  const { tree, cursor, focus, columns, boxOf } = props;
  const { messages } = useSettings();
  const helpId = useId();
  const grid = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);

  // Keeps the focus on the cursor, also when its old row is gone from the page.
  useBrowserLayoutEffect(() => {
    if (!hasFocus.current) return;
    const row = grid.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (row && row !== document.activeElement) row.focus({ preventScroll: true });
  }, [cursor]);

  return (
    <>
      <p id={helpId} className="hf-sr">
        {props.help ?? messages.keyboardHelp}
      </p>
      <div
        ref={grid}
        role="treegrid"
        className="hf-twin"
        data-by-pointer={props.byPointer}
        aria-label={props.label}
        aria-describedby={helpId}
        aria-rowcount={tree.length + 1}
        aria-colcount={columns.length + 1}
        aria-readonly
        onKeyDown={props.onKeyDown}
        onFocus={(event) => {
          hasFocus.current = true;
          const node = Number(event.target.dataset.node);
          if (Number.isInteger(node)) props.onFocus(node, event.target);
        }}
        onBlur={(event) => {
          if (event.currentTarget.contains(event.relatedTarget)) return;
          hasFocus.current = false;
          props.onBlur(event.relatedTarget !== null);
        }}
      >
        <div role="row" aria-rowindex={1} className="hf-sr">
          <span role="columnheader">{messages.name}</span>
          {columns.map(({ header }) => (
            <span role="columnheader" key={header}>
              {header}
            </span>
          ))}
        </div>
        {twinRows(tree, cursor, focus).map((node) => {
          const { position, siblings } = placeAmongSiblings(tree, node);
          const { left, top, width, height } = boxOf(node);
          return (
            <div
              key={node}
              role="row"
              data-node={node}
              tabIndex={node === cursor ? 0 : -1}
              aria-level={tree.depth[node] + 1}
              aria-posinset={position}
              aria-setsize={siblings}
              aria-rowindex={node + 2}
              aria-selected={node === props.selected}
              aria-expanded={tree.end[node] > node + 1 ? true : undefined}
              // Read by Mantine's drawers, which listen before anything here can stop the event.
              data-mantine-stop-propagation={props.holdsEscape ? 'true' : undefined}
              style={{ left, top, width, height: height - 1 }}
            >
              <span role="rowheader" className="hf-sr">
                {nodeName(tree, node, messages)}
              </span>
              {columns.map(({ header, cell }) => (
                <span role="gridcell" className="hf-sr" key={header}>
                  {cell(node)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </>
  );
}
