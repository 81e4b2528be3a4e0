import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from 'react';
import {
  hitTestRectangle,
  layoutTree,
  type CallTree,
  type Layout,
  type NodeIndex,
} from '@hyperflame/calltree';
import { depthAt, nodeBox, type Rows } from '../canvas/geometry.ts';
import type { NameEnd } from '../canvas/textFitter.ts';
import { useFlameCanvas } from '../canvas/useFlameCanvas.ts';
import type { ColorScale } from '../color/scales.ts';
import { nodeName } from '../frames/frameNames.ts';
import { comesLater } from '../later/comesLater.tsx';
import { pointIn } from '../hooks/pointIn.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import type { Orientation } from '../state/flameState.ts';
import { useSettings } from '../theme/settings.ts';
import { focusTwin } from '../twin/focusTwin.ts';
import { nodeOfClickedRow } from '../twin/nodeOfClickedRow.ts';
import { TreeTwin, type TwinColumn } from '../twin/TreeTwin.tsx';
import { useZoom } from '../zoom/useZoom.ts';
import { viewInside, WHOLE, zoomAround } from '../zoom/view.ts';
import { viewOf } from '../zoom/zoomPath.ts';
import { Deferred } from './Deferred.tsx';
import { Mark } from './Mark.tsx';
import { Pointed, type ShowPointed } from './Pointed.tsx';
import { useRootInView, useRowInView } from './scrolling.ts';
import { narrowTooltip, type TooltipText } from './tooltipText.ts';
import { useGestures } from './useGestures.ts';

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
  hasMatch: ((from: NodeIndex, until: NodeIndex) => boolean) | undefined;
  isHatched?: (node: NodeIndex) => boolean;
  noteOf?: (node: NodeIndex) => string;
  nameEnd?: NameEnd;
  columns: readonly TwinColumn[];
  /** Weight of the whole profile, where the tree is a part of it. */
  whole?: number;
  tooltipOf: (node: NodeIndex) => TooltipText;
  holdsEscape: boolean;
  minimap: boolean;
  onCursor: (node: NodeIndex) => void;
  onPick: (node: NodeIndex) => void;
  onMenu: (node: NodeIndex, x: number, y: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** The whole profile is wanted in sight again, whatever the focus is. */
  onShowWhole: () => void;
}

/** A minimap on anything smaller would hide too much of it. */
const LEAST_MINIMAP_ROOM = { width: 480, height: 200 };
/** The picture can do without, should it not come. */
const LaterMinimap = /* @__PURE__ */ comesLater(
  'minimap',
  async () => (await import('./Minimap.tsx')).Minimap,
  () => null,
);
/** By key, a zoom comes this much closer. */
const KEY_ZOOM = 2;
/** By a click on narrow siblings. */
const NARROW_ZOOM = 8;

/**
 * The picture and what lies over it. The canvas is as large as the part that is seen and stays put
 * while the taller content scrolls behind it; marks and the accessible twin scroll with the content.
 */
export function FlamePlot(props: FlamePlotProps) {
  const { tree, weight, layout, scrollerRef, width, height, rowHeight, orientation, focus } = props;
  const { cursor, selected, onCursor } = props;
  const settings = useSettings();
  const { messages } = settings;
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const showPointed = useRef<ShowPointed>(() => undefined);
  const [byPointer, setByPointer] = useState(false);

  // After the picture, which is what one waits for.
  const [hasTwin, setHasTwin] = useState(false);
  useEffect(() => {
    const next = setTimeout(() => setHasTwin(true));
    return () => clearTimeout(next);
  }, []);
  const hasRows = hasTwin && width > 0;
  // Until then what scrolls can be reached itself; whoever was that quick goes on to the rows. Once it
  // can be reached no more, it has lost the focus already.
  const hasScrollerFocus = useRef(false);
  useBrowserLayoutEffect(() => {
    if (hasRows && hasScrollerFocus.current) focusTwin(scrollerRef.current);
    hasScrollerFocus.current = false;
  }, [hasRows, scrollerRef]);

  const zoom = useZoom(tree, focus, weight);
  const { focus: base, view, isZoomed, isMoving, lookAt } = zoom;
  const picture = useMemo(
    () =>
      view === WHOLE && base === focus
        ? layout
        : layoutTree(tree, { width, focus: base, view, weight }),
    [tree, width, base, focus, view, weight, layout],
  );
  // On the way, what lies over the picture waits at its end.
  const resting = isMoving ? layout : picture;
  // Closer by, frames further from the root are wide enough; and a key leads to any, however narrow.
  const needed = Math.max(layout.rows, picture.rows, tree.depth[cursor] + 1);
  const [lastRows, setLastRows] = useState(needed);
  const rowCount = isMoving ? Math.max(lastRows, needed) : needed;
  if (rowCount !== lastRows) setLastRows(rowCount);
  const contentHeight = Math.max(height, rowCount * rowHeight + rowHeight / 2);
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
    hasMatch: props.hasMatch,
    isHatched: props.isHatched,
    noteOf: props.noteOf,
    nameEnd: props.nameEnd,
    scale: props.scale,
  });
  const boxOf = useCallback(
    (node: NodeIndex, narrowEnd?: NodeIndex) =>
      nodeBox(tree, resting, rows, node, weight, narrowEnd),
    [tree, resting, rows, weight],
  );

  useRootInView(scrollerRef, orientation, contentHeight, height);
  const isShown = width > 0;
  useRowInView(scrollerRef, rows, tree.depth[focus], isShown ? focus : 0, 'with callees');
  useRowInView(scrollerRef, rows, tree.depth[cursor], isShown ? cursor : 0, 'just so');

  // A frame that a key or a search has moved to, outside of the part in sight, comes into it.
  const lastCursor = useRef(cursor);
  const pressed = useRef<NodeIndex>(-1);
  useBrowserLayoutEffect(() => {
    if (lastCursor.current === cursor) return;
    lastCursor.current = cursor;
    const isPressed = pressed.current === cursor;
    pressed.current = -1;
    if (!isZoomed || isMoving || isPressed) return;
    const { left, width: wide } = boxOf(cursor);
    if (left < width && left + wide > 0) return;
    const middle = view.from + ((left + wide / 2) / width) * (view.to - view.from);
    const half = (view.to - view.from) / 2;
    lookAt({ from: middle - half, to: middle + half }, 'smoothly');
  }, [cursor, view, isZoomed, isMoving, boxOf, width, lookAt]);
  const pointAway = useCallback(() => showPointed.current(null), []);
  /** Whoever has a hand on the picture means it by the keys that follow. */
  const takeKeys = (): void => {
    const content = contentRef.current;
    // Within it, the accessible twin lets the focus follow the cursor.
    if (!content?.contains(document.activeElement)) focusTwin(content);
  };
  useGestures(contentRef, scrollerRef, zoom, () => {
    pointAway();
    takeKeys();
  });

  /** Keys that zoom; false for any other. */
  const zoomByKey = (event: KeyboardEvent<HTMLElement>): boolean => {
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const { left, width: wide } = boxOf(cursor);
    const point = Math.min(1, Math.max(0, (left + wide / 2) / width));
    if (event.key === '+' || event.key === '=') {
      lookAt((now) => zoomAround(now, point, KEY_ZOOM), 'smoothly');
    } else if (event.key === '-' && isZoomed) {
      lookAt((now) => zoomAround(now, point, 1 / KEY_ZOOM), 'smoothly');
    } else if ((event.key === '0' || event.key === 'Escape') && isZoomed) {
      lookAt(WHOLE, 'smoothly');
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  /** Position of the rectangle in the layout that is pointed at, or -1. */
  const placeAt = (event: MouseEvent): number => {
    if (!contentRef.current) return -1;
    const { x, y } = pointIn(contentRef.current, event);
    return hitTestRectangle(picture, x, depthAt(rows, y));
  };
  /** The node that a rectangle is of, or -1. */
  const nodeAt = (place: number): NodeIndex =>
    place === -1 || picture.narrowEnd[place] !== 0 ? -1 : picture.node[place];
  const { tooltipOf, whole } = props;
  const tooltipAt = useCallback(
    (node: NodeIndex, narrowEnd: NodeIndex) =>
      narrowEnd === 0 ? tooltipOf(node) : narrowTooltip(tree, node, narrowEnd, whole, settings),
    [tree, tooltipOf, whole, settings],
  );
  /** Until narrow siblings fill the width, or where they nearly do, closer around a point. */
  const zoomToNarrow = (place: number, event: MouseEvent<HTMLElement>): void => {
    const from = picture.x[place] / width;
    const to = from + picture.width[place] / width;
    const point = pointIn(event.currentTarget, event).x / width;
    const isWide = to - from > 1 / NARROW_ZOOM;
    lookAt(
      isWide ? zoomAround(view, point, NARROW_ZOOM) : viewInside(view, { from, to }),
      'smoothly',
    );
  };
  const part = useMemo(() => viewOf(tree, 0, base, weight), [tree, base, weight]);
  const inSight = viewInside(part, view);
  const showsMinimap =
    props.minimap &&
    inSight.to - inSight.from < 0.999 &&
    width >= LEAST_MINIMAP_ROOM.width &&
    height >= LEAST_MINIMAP_ROOM.height;
  const [hasMinimap, setHasMinimap] = useState(false);
  if (showsMinimap && !hasMinimap) setHasMinimap(true);

  const heard = {
    onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
      setByPointer(false);
      if (!zoomByKey(event)) props.onKeyDown(event);
    },
    onFocus: (of: CallTree, node: NodeIndex, row: HTMLElement): void => {
      // The twin may be of the tree before this one, or ahead of what is heard here.
      if (of !== tree) return;
      if (node !== cursor) onCursor(node);
      if (!byPointer) showPointed.current({ tree, node, narrowEnd: 0, anchor: { element: row } });
    },
  };
  const latest = useRef(heard);
  useBrowserLayoutEffect(() => {
    latest.current = heard;
  });
  const { label, columns } = props;
  const holdsEscape = props.holdsEscape || isZoomed;
  // Kept while the pointer moves: then nothing of it changes.
  const twin = useMemo(
    () => (
      <TreeTwin
        tree={tree}
        label={label}
        cursor={cursor}
        focus={focus}
        selected={selected}
        columns={columns}
        boxOf={boxOf}
        byPointer={byPointer}
        onKeyDown={(event) => latest.current.onKeyDown(event)}
        onFocus={(node, row) => latest.current.onFocus(tree, node, row)}
        onBlur={(elsewhere) => {
          // A press on the picture takes the focus from its row for a moment.
          if (elsewhere) setByPointer(false);
          pointAway();
        }}
        holdsEscape={holdsEscape}
      />
    ),
    [tree, label, cursor, focus, selected, columns, boxOf, byPointer, holdsEscape, pointAway],
  );

  return (
    <div className="hf-plot">
      <div
        ref={scrollerRef}
        className="hf-scroller"
        tabIndex={hasRows ? undefined : 0}
        onFocus={({ target, currentTarget }) => {
          hasScrollerFocus.current = target === currentTarget;
        }}
        onBlur={() => {
          hasScrollerFocus.current = false;
        }}
        style={{ height }}
        onScroll={() => {
          // What was under the pointer has moved away; a row with the keyboard's focus has not.
          showPointed.current((old) => (old && 'element' in old.anchor ? old : null));
          repaint();
        }}
      >
        <div
          ref={contentRef}
          className="hf-content"
          style={{ height: contentHeight }}
          onPointerMove={(event) => {
            // What is dragged is moved, not pointed at.
            if (event.buttons !== 0) return;
            const place = placeAt(event);
            event.currentTarget.dataset.over = String(place !== -1);
            const node = picture.node[place];
            const narrowEnd = picture.narrowEnd[place];
            const anchor = { x: event.clientX, y: event.clientY };
            showPointed.current(place === -1 ? null : { tree, node, narrowEnd, anchor });
          }}
          onPointerLeave={pointAway}
          onPointerDown={() => setByPointer(true)}
          // A press would take the focus off the row, and Escape would be the host's to hear.
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => {
            takeKeys();
            // A second click on this place would be one on whatever the first has brought here.
            if (event.detail > 1 || event.shiftKey) return;
            const row = nodeOfClickedRow(event);
            const place = row === undefined ? placeAt(event) : -1;
            const node = row ?? nodeAt(place);
            pressed.current = node;
            if (node !== -1) onCursor(node);
            else if (place !== -1) zoomToNarrow(place, event);
            if (node !== -1) props.onPick(node);
          }}
          onContextMenu={(event) => {
            const node = nodeAt(placeAt(event));
            if (node === -1) return;
            event.preventDefault();
            pointAway();
            pressed.current = node;
            onCursor(node);
            props.onMenu(node, event.clientX, event.clientY);
          }}
        >
          <canvas ref={canvasRef} className="hf-canvas" style={{ width, height }} aria-hidden />
          {selected > 0 && !isMoving && <Mark className="hf-selected" box={boxOf(selected)} />}
          <Pointed
            showRef={showPointed}
            tree={tree}
            boxOf={isMoving ? undefined : boxOf}
            tooltipOf={tooltipAt}
          />
          {hasRows && <Deferred wait={byPointer}>{twin}</Deferred>}
        </div>
      </div>
      {hasMinimap && (
        <LaterMinimap
          isShown={showsMinimap}
          tree={tree}
          weight={weight}
          scale={props.scale}
          orientation={orientation}
          view={inSight}
          onLookAt={(next) => {
            takeKeys();
            zoom.lookAtWhole(next);
            props.onShowWhole();
          }}
        />
      )}
    </div>
  );
}
