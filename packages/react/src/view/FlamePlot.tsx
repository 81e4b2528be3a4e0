import {
  useCallback,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import {
  hitTest,
  layoutTree,
  type CallTree,
  type Layout,
  type NodeIndex,
} from '@hyperflame/calltree';
import { depthAt, nodeBox, type Box, type Rows } from '../canvas/geometry.ts';
import { useFlameCanvas } from '../canvas/useFlameCanvas.ts';
import type { ColorScale } from '../color/scales.ts';
import { nodeName } from '../frames/frameNames.ts';
import type { Orientation } from '../state/flameState.ts';
import { useSettings } from '../theme/settings.ts';
import { TreeTwin, type TwinColumn } from '../twin/TreeTwin.tsx';
import { useZoom } from '../zoom/useZoom.ts';
import { Tooltip, type Anchor } from './Tooltip.tsx';

export interface FlamePlotProps {
  tree: CallTree;
  label: string;
  /** Weight that widths are drawn from. */
  weight: Float64Array;
  /** The picture at rest, as wide as the scroller. */
  layout: Layout;
  scrollerRef: RefObject<HTMLDivElement | null>;
  width: number;
  /** Height of the part that is seen; the rest is scrolled to. */
  height: number;
  rowHeight: number;
  orientation: Orientation;
  scale: ColorScale;
  focus: NodeIndex;
  cursor: NodeIndex;
  selected: NodeIndex;
  isMatch: ((node: NodeIndex) => boolean) | null;
  isHatched?: (node: NodeIndex) => boolean;
  columns: readonly TwinColumn[];
  tooltipOf: (node: NodeIndex) => ReactNode;
  holdsEscape: boolean;
  onCursor: (node: NodeIndex) => void;
  onPick: (node: NodeIndex) => void;
  onMenu: (node: NodeIndex, x: number, y: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

interface Hover {
  readonly tree: CallTree;
  readonly node: NodeIndex;
  readonly anchor: Anchor;
}

/**
 * The picture and what lies over it. The canvas is as large as the part that is seen and stays put
 * while the taller content scrolls behind it; marks and the accessible twin scroll with the content.
 */
export function FlamePlot(props: FlamePlotProps) {
  const { tree, weight, layout, scrollerRef, width, height, rowHeight, orientation, focus } = props;
  const { cursor, selected, onCursor } = props;
  const { messages } = useSettings();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const [byPointer, setByPointer] = useState(false);

  const { focus: base, view } = useZoom(tree, focus, weight);
  const picture = useMemo(
    () => (view ? layoutTree(tree, { width, focus: base, view, weight }) : layout),
    [tree, width, base, view, weight, layout],
  );
  const contentHeight = Math.max(height, layout.rows * rowHeight + rowHeight / 2);
  const rows = useMemo<Rows>(
    () => ({ orientation, rowHeight, height: contentHeight }),
    [orientation, rowHeight, contentHeight],
  );
  const labelOf = useCallback(
    (node: NodeIndex) => nodeName(tree, node, messages),
    [tree, messages],
  );
  const repaint = useFlameCanvas(canvasRef, scrollerRef, {
    tree,
    layout: picture,
    rows,
    width,
    height,
    labelOf,
    isMatch: props.isMatch,
    isHatched: props.isHatched,
    scale: props.scale,
  });
  const boxOf = useCallback(
    (node: NodeIndex) => nodeBox(tree, layout, rows, node, weight),
    [tree, layout, rows, weight],
  );

  useRootInView(scrollerRef, orientation, contentHeight);
  useRowInView(scrollerRef, boxOf(focus).top, rowHeight, focus);
  useRowInView(scrollerRef, boxOf(cursor).top, rowHeight, cursor);

  const nodeAt = (event: MouseEvent): NodeIndex => {
    const box = contentRef.current?.getBoundingClientRect();
    if (!box) return -1;
    return hitTest(picture, event.clientX - box.left, depthAt(rows, event.clientY - box.top));
  };
  const hovered = hover && hover.tree === tree ? hover.node : -1;
  const hasRing = hover !== null && 'element' in hover.anchor;

  return (
    <>
      <div
        ref={scrollerRef}
        className="hf-scroller"
        style={{ height }}
        onScroll={() => {
          // What was under the pointer has moved away; a row with the keyboard's focus has not.
          setHover((old) => (old && 'element' in old.anchor ? old : null));
          repaint();
        }}
      >
        <div
          ref={contentRef}
          className="hf-content"
          data-over={hovered !== -1}
          style={{ height: contentHeight }}
          onPointerMove={(event) => {
            const node = nodeAt(event);
            const anchor = { x: event.clientX, y: event.clientY };
            setHover(node === -1 ? null : { tree, node, anchor });
          }}
          onPointerLeave={() => setHover(null)}
          onPointerDown={() => setByPointer(true)}
          onClick={(event) => {
            const node = nodeAt(event);
            if (node === -1) return;
            onCursor(node);
            focusCursor(contentRef.current);
            props.onPick(node);
          }}
          onContextMenu={(event) => {
            const node = nodeAt(event);
            if (node === -1) return;
            event.preventDefault();
            setHover(null);
            onCursor(node);
            props.onMenu(node, event.clientX, event.clientY);
          }}
        >
          <canvas ref={canvasRef} className="hf-canvas" style={{ width, height }} aria-hidden />
          {selected > 0 && !view && <Mark className="hf-selected" box={boxOf(selected)} />}
          {hovered !== -1 && !hasRing && !view && (
            <Mark className="hf-hovered" box={boxOf(hovered)} />
          )}
          {width > 0 && (
            <TreeTwin
              tree={tree}
              label={props.label}
              cursor={cursor}
              focus={focus}
              selected={selected}
              columns={props.columns}
              boxOf={boxOf}
              byPointer={byPointer}
              onKeyDown={(event) => {
                setByPointer(false);
                props.onKeyDown(event);
              }}
              onFocus={(node, row) => {
                if (node !== cursor) onCursor(node);
                if (!byPointer) setHover({ tree, node, anchor: { element: row } });
              }}
              onBlur={(elsewhere) => {
                // A press on the picture takes the focus from its row for a moment.
                if (elsewhere) setByPointer(false);
                setHover(null);
              }}
              holdsEscape={props.holdsEscape}
            />
          )}
        </div>
      </div>
      {hover && hovered !== -1 && (
        <Tooltip anchor={hover.anchor}>{props.tooltipOf(hovered)}</Tooltip>
      )}
    </>
  );
}

function Mark({ className, box }: { className: string; box: Box }) {
  const { left, top, width, height } = box;
  // Moved by a transform, which costs no layout of the page.
  const transform = `translate(${left}px, ${top}px)`;
  return (
    <div className={`hf-mark ${className}`} style={{ width, height: height - 1, transform }} />
  );
}

/** Gives the keyboard's focus to the frame that was clicked, once the twin has its row. */
function focusCursor(content: HTMLElement | null): void {
  content?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true });
}

/** Begins where the root is, and keeps its distance to the root when the drawing grows or shrinks. */
function useRootInView(
  scrollerRef: RefObject<HTMLElement | null>,
  orientation: Orientation,
  contentHeight: number,
): void {
  const last = useRef({ orientation, contentHeight: 0 });
  useBrowserLayoutEffect(() => {
    const scroller = scrollerRef.current;
    const before = last.current;
    last.current = { orientation, contentHeight };
    if (!scroller) return;
    if (before.orientation !== orientation) {
      scroller.scrollTop = orientation === 'icicle' ? 0 : contentHeight;
    } else if (orientation === 'flame') {
      scroller.scrollTop += contentHeight - before.contentHeight;
    }
  }, [scrollerRef, orientation, contentHeight]);
}

/** Scrolls as far as needed to show a row, each time that `reason` is another one. */
function useRowInView(
  scrollerRef: RefObject<HTMLElement | null>,
  top: number,
  rowHeight: number,
  reason: NodeIndex,
): void {
  const last = useRef(reason);
  useBrowserLayoutEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller || last.current === reason) return;
    last.current = reason;
    const { scrollTop, clientHeight } = scroller;
    if (top < scrollTop) scroller.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight) {
      scroller.scrollTop = top + rowHeight - clientHeight;
    }
  }, [scrollerRef, top, rowHeight, reason]);
}
