import { type ReactNode } from 'react';
import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import { nodeName } from '../frames/frameNames.ts';
import { useSettings } from '../theme/settings.ts';
import { Path, type Step } from './Path.tsx';

/** Callers shown right before the focused frame; those above them are one "…". */
const SHOWN_CALLERS = 3;

interface BreadcrumbProps {
  tree: CallTree;
  focus: NodeIndex;
  onFocus: (node: NodeIndex) => void;
  /** The button that has the keyboard's focus is about to go. */
  onLeave: () => void;
  /** Stands at the end of the line: weight and samples of what is shown. */
  children: ReactNode;
}

/** Where the picture is zoomed to, and the way back out. */
export function Breadcrumb({ tree, focus, onFocus, onLeave, children }: BreadcrumbProps) {
  const { messages, format } = useSettings();
  const shown: NodeIndex[] = [];
  for (let node = focus; node > 0 && shown.length <= SHOWN_CALLERS; node = tree.parent[node]) {
    shown.unshift(node);
  }
  const hidden = Math.max(0, tree.depth[focus] - shown.length);
  const step = (node: NodeIndex): Step => ({
    key: node,
    name: nodeName(tree, node, messages),
    isCurrent: node === focus,
    onPick: () => onFocus(node),
  });
  const more: Step = {
    key: 'more',
    name: '…',
    title: messages.hiddenPath(hidden, format.count(hidden)),
    onPick: () => onFocus(tree.parent[shown[0]]),
  };
  return (
    <div className="hf-crumbs">
      <div className="hf-crumbs-line">
        <Path
          label={messages.zoomPath}
          steps={[step(0), ...(hidden > 0 ? [more] : []), ...shown.map(step)]}
        />
        {focus !== 0 && (
          <button
            type="button"
            className="hf-button hf-reset"
            // Stands for the words where there is no room for them.
            data-sign="✕"
            onClick={({ detail }) => {
              onFocus(0);
              // Whoever points does not look for the focus; one by key counts no presses.
              if (detail === 0) onLeave();
            }}
          >
            {messages.resetZoom}
          </button>
        )}
        {/* A row that is zoomed to keeps the focus, and says nothing by itself. */}
        <span className="hf-total" aria-live="polite">
          {children}
        </span>
      </div>
    </div>
  );
}
