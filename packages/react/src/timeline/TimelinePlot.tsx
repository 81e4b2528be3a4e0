import { useCallback, useId, useMemo, useRef } from 'react';
import { useElementSize } from '../hooks/useElementSize.ts';
import { usePaintedCanvas, type Brush } from '../hooks/usePaintedCanvas.ts';
import type { TimeWindow } from '../state/flameState.ts';
import { SEQUENTIAL } from '../theme/palette.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import type { ColorVariable } from '../theme/variables.ts';
import { Ramp } from '../view/Legend.tsx';
import { ClearWindow } from './ClearWindow.tsx';
import { largestCell, regroup, ticks, type TimeGrid } from './grid.ts';
import { paintGrid } from './paintGrid.ts';
import type { TimelineOptions } from './ProfileTimelineView.tsx';
import { SpanLanes } from './SpanLanes.tsx';
import { useBrush } from './useBrush.ts';
import { useTimelineWords } from './useTimelineWords.ts';

const TICK_WIDTH = 90;
/** What a letter of a time takes at most, and the line before it. */
const LETTER_WIDTH = 7;
const TICK_INSET = 5;
const SCALE = SEQUENTIAL.map((_, i): ColorVariable => `self-${i + 1}`);

interface TimelinePlotProps extends TimelineOptions {
  label: string;
  /** There is something in it. */
  grid: TimeGrid;
  timeWindow: TimeWindow | null;
  onPick: (timeWindow: TimeWindow | null) => void;
}

/** The picture of a grid, what is picked of it, and what is under the pointer. */
export function TimelinePlot(props: TimelinePlotProps) {
  const { grid: fine, label, timeWindow, onPick, spans = [], timeZone, legend = true } = props;
  const { messages, format } = useAllSettings();
  const helpId = useId();
  const boxRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const { width } = useElementSize(boxRef);
  const grid = useMemo(() => regroup(fine, Math.max(1, width / 2)), [fine, width]);
  const height = props.plotHeight ?? (grid.rows > 1 ? 72 : 48);
  const length = grid.columns * grid.columnMs;
  const drawn = { from: grid.from, to: grid.from + length };

  const paint = useCallback((brush: Brush) => paintGrid(brush, grid), [grid]);
  usePaintedCanvas(canvasRef, width, height, paint);

  const words = useTimelineWords(grid, fine, timeZone);
  const end = fine.from + fine.columns * fine.columnMs;
  const { column, row, hovered, dragged, told, clear, events } = useBrush({
    ...{ grid, end, timeWindow, onPick },
  });
  const keyed = row === null ? null : column * grid.rows + row;
  const marked = hovered ?? keyed;
  const atKeys = keyed === null ? words.column(column) : words.cell(keyed);
  // One of another time is in force nowhere in this one.
  const isHere = timeWindow !== null && timeWindow.from < drawn.to && timeWindow.to > drawn.from;
  const shown = dragged ?? (isHere ? timeWindow : null);
  const windowText = shown && words.window(shown);

  const place = (time: number): string =>
    `${Math.min(1, Math.max(0, (time - grid.from) / length)) * 100}%`;
  /** At the end, a part of a time would be another one. */
  const hasRoom = (time: number): boolean =>
    ((drawn.to - time) / length) * width > TICK_INSET + words.clock(time).length * LETTER_WIDTH;
  const most = messages.most(format.weight(largestCell(grid), grid.unit));
  return (
    <>
      <div id={helpId} hidden>
        {grid.rows > 1 ? messages.heatmapHelp : messages.timelineHelp}
      </div>
      <div className="hf-timeline" dir="ltr">
        <SpanLanes {...{ spans, width, place, onPick }} time={drawn} />
        <div
          ref={boxRef}
          className="hf-brush"
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-describedby={helpId}
          aria-valuemin={0}
          aria-valuemax={grid.columns - 1}
          aria-valuenow={column}
          aria-valuetext={windowText ? `${atKeys}. ${windowText}` : atKeys}
          data-mantine-stop-propagation={timeWindow || row !== null ? 'true' : undefined}
          style={{ height }}
          {...events}
        >
          <canvas ref={canvasRef} className="hf-canvas" style={{ width, height }} aria-hidden />
          {shown && (
            <div
              className="hf-window"
              style={{ left: place(shown.from), right: `calc(100% - ${place(shown.to)})` }}
            />
          )}
          {marked !== null && (
            <div
              className="hf-cell"
              style={{
                left: `${(Math.floor(marked / grid.rows) / grid.columns) * 100}%`,
                width: `${100 / grid.columns}%`,
                bottom: `${((marked % grid.rows) / grid.rows) * 100}%`,
                height: `${100 / grid.rows}%`,
              }}
            />
          )}
          <div
            className="hf-column"
            style={{ left: `${(column / grid.columns) * 100}%`, width: `${100 / grid.columns}%` }}
          />
        </div>
        <div className="hf-axis" aria-hidden>
          {ticks(grid, Math.max(1, Math.floor(width / TICK_WIDTH)), timeZone).map((time) => (
            <span key={time} style={{ left: place(time) }}>
              {hasRoom(time) && words.clock(time)}
            </span>
          ))}
        </div>
      </div>
      <div className="hf-timeline-foot">
        <span role="status" className="hf-muted">
          {hovered !== null || told === 'cell' ? (
            // Of the keys, the slider tells it; said for every cell under a pointer, it would not end.
            <span aria-hidden>{hovered === null ? atKeys : words.cell(hovered)}</span>
          ) : (
            windowText
          )}
        </span>
        {timeWindow && (
          <ClearWindow
            onClick={() => {
              boxRef.current?.focus({ preventScroll: true });
              clear();
            }}
          />
        )}
        {legend &&
          (grid.rows > 1 ? (
            <Ramp variables={SCALE} from={messages.nothing} to={most}>
              <span>
                {messages.timelineRows(format.weight(fine.columnMs * 1e6, 'nanoseconds'))}
              </span>
            </Ramp>
          ) : (
            <span className="hf-legend">{most}</span>
          ))}
      </div>
    </>
  );
}
