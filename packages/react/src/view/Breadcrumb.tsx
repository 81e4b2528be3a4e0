import { type ReactNode } from 'react';
import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import { nodeName } from '../frames/frameNames.ts';
import { useSettings } from '../theme/settings.ts';
import { ChevronIcon } from './icons.tsx';

/** Callers shown right before the focused frame; those above them are one "…". */
const SHOWN_CALLERS = 3;

interface BreadcrumbProps {
  tree: CallTree;
  focus: NodeIndex;
  onFocus: (node: NodeIndex) => void;
  /** Stands at the end of the line: weight and samples of what is shown. */
  children: ReactNode;
}

/** Where the picture is zoomed to, and the way back out. */
export function Breadcrumb({ tree, focus, onFocus, children }: BreadcrumbProps) {
  const { messages, format } = useSettings();
  const callers: NodeIndex[] = [];
  for (let node = tree.parent[focus]; node > 0 && callers.length < SHOWN_CALLERS;) {
    callers.unshift(node);
    node = tree.parent[node];
  }
  const hidden = Math.max(0, tree.depth[focus] - 1 - callers.length);
  const crumb = (node: NodeIndex) => {
    const name = nodeName(tree, node, messages);
    return (
      <button
        type="button"
        className="hf-crumb"
        title={name}
        aria-current={node === focus ? 'location' : undefined}
        onClick={() => onFocus(node)}
      >
        <bdi>{name}</bdi>
      </button>
    );
  };
  return (
    <div className="hf-crumbs">
      <div className="hf-crumbs-line">
        <div role="group" aria-label={messages.zoomPath} className="hf-path">
          <ol>
            <li>{crumb(0)}</li>
            {hidden > 0 && (
              <li>
                <Separator />
                <button
                  type="button"
                  className="hf-crumb"
                  title={messages.hiddenPath(hidden, format.count(hidden))}
                  aria-label={messages.hiddenPath(hidden, format.count(hidden))}
                  onClick={() => onFocus(tree.parent[callers[0]])}
                >
                  …
                </button>
              </li>
            )}
            {[...callers, ...(focus === 0 ? [] : [focus])].map((node) => (
              <li key={node}>
                <Separator />
                {crumb(node)}
              </li>
            ))}
          </ol>
        </div>
        {focus !== 0 && (
          <button type="button" className="hf-button hf-reset" onClick={() => onFocus(0)}>
            {messages.resetZoom}
          </button>
        )}
        <span className="hf-total">{children}</span>
      </div>
    </div>
  );
}

function Separator() {
  return (
    <span className="hf-chevron">
      <ChevronIcon />
    </span>
  );
}
