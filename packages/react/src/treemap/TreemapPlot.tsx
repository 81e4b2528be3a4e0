import { useCallback, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { Treemap } from '@visx/hierarchy';
import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import type { Box } from '../canvas/geometry.ts';
import type { ColorScale } from '../color/scales.ts';
import { nodeName } from '../frames/frameNames.ts';
import { useEscape } from '../hooks/useEscape.ts';
import { useElementSize } from '../hooks/useElementSize.ts';
import { pointIn } from '../hooks/pointIn.ts';
import { usePaintedCanvas } from '../hooks/usePaintedCanvas.ts';
import type { Anchor } from '../hooks/Placer.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { focusTwin } from '../twin/focusTwin.ts';
import { nodeOfClickedRow } from '../twin/nodeOfClickedRow.ts';
import { TreeTwin, type TwinColumn } from '../twin/TreeTwin.tsx';
import { Tooltip } from '../view/Tooltip.tsx';
import type { TooltipText } from '../view/tooltipText.ts';
import { HEADER, paintTiles } from './paintTiles.ts';
import { areasBelow, layoutRoot, SMALL_PARTS, tileAt, tilesOf, type Tile } from './tiles.ts';

interface TreemapPlotProps {
  tree: CallTree;
  label: string;
  /** What fills the picture. */
  area: NodeIndex;
  cursor: NodeIndex;
  selected: NodeIndex;
  /** CSS pixels; `fill` is what the parent gives. */
  height: number | 'fill';
  scale: ColorScale;
  isMatch: ((node: NodeIndex) => boolean) | null;
  columns: readonly TwinColumn[];
  holdsEscape: boolean;
  tooltipOf: (node: NodeIndex) => TooltipText;
  onCursor: (node: NodeIndex) => void;
  onPick: (node: NodeIndex) => void;
  onMenu: (node: NodeIndex, x: number, y: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** The picture of one area, its layout done anew only when the area or the room is another. */
export function TreemapPlot(props: TreemapPlotProps) {
  const { tree, area, height } = props;
  const boxRef = useRef<HTMLDivElement>(null);
  const size = useElementSize(boxRef);
  const pixels = size.width * size.height;
  const root = useMemo(() => layoutRoot(areasBelow(tree, area, pixels)), [tree, area, pixels]);
  return (
    <div
      ref={boxRef}
      className="hf-tiles"
      data-fill={height === 'fill'}
      style={height === 'fill' ? undefined : { height }}
    >
      {size.width > 0 && size.height > 0 && (
        <Treemap
          root={root}
          size={[size.width, size.height]}
          paddingInner={1}
          paddingTop={({ depth, y0, y1 }) => (depth > 0 && y1 - y0 > 2 * HEADER ? HEADER : 1)}
        >
          {(laidOut) => (
            <Tiles
              {...props}
              width={size.width}
              pixels={size.height}
              tiles={tilesOf(laidOut.descendants())}
            />
          )}
        </Treemap>
      )}
    </div>
  );
}

interface TilesProps extends TreemapPlotProps {
  width: number;
  pixels: number;
  tiles: readonly Tile[];
}

interface Hover {
  readonly node: NodeIndex;
  readonly anchor: Anchor;
}

const NOWHERE: Box = { left: 0, top: 0, width: 0, height: 0 };

/** The layout writes into one object again and again: its tiles are the same while these props are. */
function useTiles({ tree, area, width, pixels, tiles }: TilesProps): readonly Tile[] {
  const [kept, setKept] = useState({ tree, area, width, pixels, tiles });
  const isSame =
    kept.tree === tree && kept.area === area && kept.width === width && kept.pixels === pixels;
  if (!isSame) setKept({ tree, area, width, pixels, tiles });
  return isSame ? kept.tiles : tiles;
}

function Tiles(props: TilesProps) {
  const { tree, area, width, pixels, scale, isMatch, cursor, selected, onCursor } = props;
  const { messages, format } = useAllSettings();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const [byPointer, setByPointer] = useState(false);
  const tiles = useTiles(props);
  const byNode = useMemo(() => new Map(tiles.map((tile) => [tile.node, tile])), [tiles]);

  const paint = useCallback(
    (brush: Parameters<typeof paintTiles>[0]) =>
      paintTiles(brush, {
        tiles,
        scale,
        isMatch,
        // The functions of a package follow it, so the first one speaks for all of them.
        slotOfGroup: (node) =>
          tree.end[node + 1] === node + 2 ? scale.slotOf(node + 1) : undefined,
        nameOf: (node) => nodeName(tree, node, messages),
        nameOfSmallParts: messages.smallParts,
        countOfSmallParts: format.count,
        weightOf: (node) => format.weight(tree.total[node], tree.unit),
      }),
    [tiles, scale, isMatch, tree, messages, format],
  );
  usePaintedCanvas(canvasRef, width, pixels, paint);

  const boxOf = (node: NodeIndex): Box => {
    if (node === area) return { left: 0, top: 0, width, height: pixels };
    // What is too small for a tile is found where its group is.
    for (let at = node; at > 0; at = tree.parent[at]) {
      const tile = byNode.get(at);
      if (tile) return tile;
    }
    return NOWHERE;
  };
  const nodeAt = (event: MouseEvent): NodeIndex => {
    if (!contentRef.current) return SMALL_PARTS;
    const { x, y } = pointIn(contentRef.current, event);
    return tileAt(tiles, x, y)?.node ?? SMALL_PARTS;
  };
  useEscape(() => setHover(null));
  const isShown = hover !== null && hover.node < tree.length;
  const ring = isShown && !('element' in hover.anchor) ? boxOf(hover.node) : undefined;
  return (
    <>
      <div
        ref={contentRef}
        className="hf-content"
        data-over={isShown}
        onPointerMove={(event) => {
          const node = nodeAt(event);
          const anchor = { x: event.clientX, y: event.clientY };
          setHover(node === SMALL_PARTS ? null : { node, anchor });
        }}
        onPointerLeave={() => setHover(null)}
        onPointerDown={() => setByPointer(true)}
        onClick={(event) => {
          const node = nodeOfClickedRow(event) ?? nodeAt(event);
          if (node === SMALL_PARTS) return;
          setHover(null);
          props.onPick(node);
          focusTwin(contentRef.current);
        }}
        onContextMenu={(event) => {
          const node = nodeAt(event);
          if (node === SMALL_PARTS) return;
          event.preventDefault();
          setHover(null);
          onCursor(node);
          props.onMenu(node, event.clientX, event.clientY);
        }}
      >
        <canvas
          ref={canvasRef}
          className="hf-canvas"
          style={{ width, height: pixels }}
          aria-hidden
        />
        {selected > 0 && byNode.has(selected) && (
          <Mark className="hf-selected" box={boxOf(selected)} />
        )}
        {ring && <Mark className="hf-hovered" box={ring} />}
        <TreeTwin
          tree={tree}
          label={props.label}
          help={messages.treemapHelp}
          cursor={cursor}
          focus={area}
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
            if (!byPointer) setHover({ node, anchor: { element: row } });
          }}
          onBlur={(elsewhere) => {
            if (elsewhere) setByPointer(false);
            setHover(null);
          }}
          holdsEscape={props.holdsEscape}
        />
      </div>
      {isShown && <Tooltip anchor={hover.anchor} text={props.tooltipOf(hover.node)} />}
    </>
  );
}

function Mark({ className, box }: { className: string; box: Box }) {
  const { left, top, width, height } = box;
  return <div className={`hf-mark ${className}`} style={{ left, top, width, height }} />;
}
