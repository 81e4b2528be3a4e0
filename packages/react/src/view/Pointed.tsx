import {
  useState,
  type Dispatch,
  type ReactNode,
  type RefObject,
  type SetStateAction,
} from 'react';
import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import type { Box } from '../canvas/geometry.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import type { Anchor } from '../hooks/usePlacement.ts';
import { Mark } from './Mark.tsx';
import { Tooltip } from './Tooltip.tsx';

interface Hover {
  readonly tree: CallTree;
  readonly node: NodeIndex;
  readonly anchor: Anchor;
}

/** Points at a frame, or at none. */
export type ShowPointed = Dispatch<SetStateAction<Hover | null>>;

interface PointedProps {
  /** Set by this component. */
  showRef: RefObject<ShowPointed>;
  tree: CallTree;
  /** Not given while the picture moves: there is nothing to draw a frame around. */
  boxOf?: (node: NodeIndex) => Box;
  tooltipOf: (node: NodeIndex) => ReactNode;
}

/**
 * What is over the picture for the frame that is pointed at. It has a state of its own, and is told of
 * it past the rest of the picture: that has nothing to do while the pointer moves.
 */
export function Pointed({ showRef, tree, boxOf, tooltipOf }: PointedProps) {
  const [hover, setHover] = useState<Hover | null>(null);
  useBrowserLayoutEffect(() => {
    showRef.current = setHover;
  }, [showRef]);
  if (!hover || hover.tree !== tree) return null;
  const { node, anchor } = hover;
  // The row of the accessible twin that has the keyboard's focus has a ring already.
  const hasRing = 'element' in anchor;
  return (
    <>
      {boxOf && !hasRing && <Mark className="hf-hovered" box={boxOf(node)} />}
      <Tooltip anchor={anchor}>{tooltipOf(node)}</Tooltip>
    </>
  );
}
