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
import { useRootInView, useRowInView } from './scrolling.ts';
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
  signOf?: (node: NodeIndex) => string;
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
    signOf: props.signOf,
    scale: props.scale,
  });
  const boxOf = useCallback(
    (node: NodeIndex) => nodeBox(tree, layout, rows, node, weight),
    [tree, layout, rows, weight],
  );

  useRootInView(scrollerRef, orientation, contentHeight);
  const isShown = width > 0;
  useRowInView(scrollerRef, rows, tree.depth[focus], isShown ? focus : 0, 'with callees');
  useRowInView(scrollerRef, rows, tree.depth[cursor], isShown ? cursor : 0, 'just so');

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
