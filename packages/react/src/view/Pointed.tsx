import { useRef, type RefObject } from 'react';
import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import type { Box } from '../canvas/geometry.ts';
import { Placer, type Anchor } from '../hooks/Placer.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { useEscape } from '../hooks/useEscape.ts';
import { placementOf } from './placementOf.ts';
import type { TooltipText } from './tooltipText.ts';
import { TooltipWriter } from './TooltipWriter.ts';

interface Hover {
  readonly tree: CallTree;
  readonly node: NodeIndex;
  /** Of the rectangle that narrow siblings share from this node on: where they end. Else 0. */
  readonly narrowEnd: NodeIndex;
  readonly anchor: Anchor;
}

/** Points at a frame, or at none. */
export type ShowPointed = (next: Hover | null | ((old: Hover | null) => Hover | null)) => void;

interface PointedProps {
  /** Set by this component. */
  showRef: RefObject<ShowPointed>;
  tree: CallTree;
  /** Not given while the picture moves: there is nothing to draw a frame around. */
  boxOf?: (node: NodeIndex, narrowEnd: NodeIndex) => Box;
  tooltipOf: (node: NodeIndex, narrowEnd: NodeIndex) => TooltipText;
}

/**
 * What is over the picture for the frame that is pointed at. A pointer that moves renders nothing: its
 * event moves the ring and writes the tooltip, so that both are seen in the very next frame.
 */
export function Pointed({ showRef, tree, boxOf, tooltipOf }: PointedProps) {
  const ringRef = useRef<HTMLDivElement>(null);
  const tooltipRef = useRef<HTMLDivElement>(null);
  const parts = useRef<{ writer: TooltipWriter; placer: Placer } | null>(null);
  const pointed = useRef<Hover | null>(null);

  useBrowserLayoutEffect(() => {
    const ring = ringRef.current;
    const tooltip = tooltipRef.current;
    if (!ring || !tooltip) return;
    parts.current = parts.current ?? {
      writer: new TooltipWriter(tooltip),
      placer: new Placer(tooltip),
    };
    const { writer, placer } = parts.current;
    // What the ring is around and what the tooltip is of, as far as they are known here.
    let ringed: Hover | undefined;
    let told: Hover | undefined;

    const hide = (): void => {
      placer.stop();
      ring.hidden = tooltip.hidden = true;
      ringed = told = undefined;
    };
    const draw = (hover: Hover): void => {
      const { node, narrowEnd, anchor } = hover;
      // The row of the accessible twin that has the keyboard's focus has a ring already.
      if (!boxOf || 'element' in anchor) {
        ring.hidden = true;
        ringed = undefined;
      } else if (!isSame(ringed, hover)) {
        const { left, top, width, height } = boxOf(node, narrowEnd);
        // Moved by a transform, which costs no layout of the page.
        ring.style.cssText = `width:${width}px;height:${height - 1}px;transform:translate(${left}px,${top}px)`;
        ring.hidden = false;
        ringed = hover;
      }
      if (!isSame(told, hover)) {
        writer.write(tooltipOf(node, narrowEnd));
        tooltip.hidden = false;
        told = hover;
      }
      placer.place(anchor, placementOf(anchor));
    };
    const show: ShowPointed = (next) => {
      const before = pointed.current;
      const hover = typeof next === 'function' ? next(before) : next;
      pointed.current = hover?.tree === tree ? hover : null;
      if (pointed.current) draw(pointed.current);
      else if (before) hide();
    };
    showRef.current = show;
    // What is pointed at may say something else now, or stand elsewhere.
    show(pointed.current);
  }, [showRef, tree, boxOf, tooltipOf]);
  useBrowserLayoutEffect(() => () => parts.current?.placer.stop(), []);
  // It may lie over what one wants to see, and the hand is to stay where it is.
  useEscape(() => showRef.current(null));

  return (
    <>
      <div ref={ringRef} className="hf-mark hf-hovered" hidden />
      <div ref={tooltipRef} role="tooltip" className="hf-tooltip" hidden />
    </>
  );
}

function isSame(a: Hover | undefined, b: Hover): boolean {
  return a?.node === b.node && a.narrowEnd === b.narrowEnd;
}
