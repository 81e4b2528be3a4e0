import {
  useCallback,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import { capturePointer } from '../hooks/capturePointer.ts';
import { useElementSize } from '../hooks/useElementSize.ts';
import { usePaintedCanvas, type Brush } from '../hooks/usePaintedCanvas.ts';
import type { TimeWindow } from '../state/flameState.ts';
import { wholeMs } from '../state/timeWindow.ts';
import { SEQUENTIAL } from '../theme/palette.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import type { ColorVariable } from '../theme/variables.ts';
import { Ramp } from '../view/Legend.tsx';
import { shortText } from '../format/displayText.ts';
import {
  columnWeight,
  lanesOf,
  largestCell,
  regroup,
  ticks,
  windowOf,
  windowWeight,
  type TimeGrid,
} from './grid.ts';
import { ClearWindow } from './ClearWindow.tsx';
import { paintGrid } from './paintGrid.ts';
import type { TimelineOptions } from './ProfileTimelineView.tsx';

const MOST_LANES = 3;
const LANE_HEIGHT = 16;
const TICK_WIDTH = 90;
/** What a letter of a time takes at most, and the line before it. */
const LETTER_WIDTH = 7;
const TICK_INSET = 5;
/** CSS pixels. Nothing of a name could be read in less. */
const LEAST_NAMED_WIDTH = 30;
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
  const { messages, format, locale } = useAllSettings();
  const helpId = useId();
  const boxRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const { width } = useElementSize(boxRef);
  const grid = useMemo(() => regroup(fine, Math.max(1, width / 2)), [fine, width]);
  const height = props.plotHeight ?? (grid.rows > 1 ? 72 : 48);
  const length = grid.columns * grid.columnMs;

  // Times, not columns: of another width, or of newer data, the same column is another time.
  const [cursor, setCursor] = useState(fine.from);
  /** Where a drag, or a selection by keys, began. */
  const [anchor, setAnchor] = useState<number | null>(null);
  const [dragged, setDragged] = useState<TimeWindow | null>(null);
  /** Of the grid's weights. */
  const [hovered, setHovered] = useState<number | null>(null);
  /** The part of the column that the keys have gone to, from the bottom; null for all of it. */
  const [part, setPart] = useState<number | null>(null);
  /** What keys have moved to last, which is then told. */
  const [told, setTold] = useState<'cell' | 'window'>('window');
  const columnOf = (time: number): number =>
    Math.min(grid.columns - 1, Math.max(0, Math.floor((time - grid.from) / grid.columnMs)));
  const timeOf = (column: number): number => grid.from + column * grid.columnMs;
  const at = columnOf(cursor);
  const row = part === null ? null : Math.min(part, grid.rows - 1);
  /** Of columns from a time on, or to it. The last column may be longer than the data. */
  const windowTo = (begun: number, column: number): TimeWindow => {
    const { from, to } = windowOf(grid, columnOf(begun), column);
    return { from, to: Math.min(to, fine.from + fine.columns * fine.columnMs) };
  };

  const paint = useCallback((brush: Brush) => paintGrid(brush, grid), [grid]);
  usePaintedCanvas(canvasRef, width, height, paint);

  const timeFormat = useMemo(
    () =>
      new Intl.DateTimeFormat(locale, {
        timeZone,
        ...(length > 24 * 3600e3 ? { month: 'short', day: 'numeric' } : {}),
        hour: '2-digit',
        minute: '2-digit',
        ...(grid.columnMs < 60_000 ? { second: '2-digit' } : {}),
      }),
    [locale, timeZone, length, grid.columnMs],
  );
  const clock = (time: number): string => timeFormat.format(time);
  const say = (column: number): string =>
    messages.timelineCell(
      clock(timeOf(column)),
      format.weight(columnWeight(grid, column), grid.unit),
    );
  // One of another time is in force nowhere in this one.
  const isHere =
    timeWindow !== null && timeWindow.from < grid.from + length && timeWindow.to > grid.from;
  const shown = dragged ?? (isHere ? timeWindow : null);
  /** A column, and in a heatmap a part of it. */
  const sayCell = (cell: number): string => {
    const row = cell % grid.rows;
    const text = say((cell - row) / grid.rows);
    if (grid.rows === 1) return text;
    const [from, to] = [row, row + 1].map((edge) =>
      format.weight((edge / grid.rows) * fine.columnMs * 1e6, 'nanoseconds'),
    );
    return `${text} · ${messages.timelineWindow(from, to, format.weight(grid.weight[cell], grid.unit))}`;
  };
  const sayWindow = (window: TimeWindow): string => {
    // Of what is drawn several columns may be one; what is asked for is as fine as the data.
    const { weight, isEstimate } = windowWeight(fine, window);
    const text = format.weight(weight, fine.unit);
    return messages.timelineWindow(
      clock(window.from),
      clock(window.to),
      isEstimate ? messages.about(text) : text,
    );
  };
  const place = (time: number): string =>
    `${Math.min(1, Math.max(0, (time - grid.from) / length)) * 100}%`;
  /** At the end, a part of a time would be another one. */
  const hasRoom = (time: number): boolean =>
    ((grid.from + length - time) / length) * width > TICK_INSET + clock(time).length * LETTER_WIDTH;
  const columnAt = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(1, box.width);
    return Math.min(grid.columns - 1, Math.max(0, Math.floor(share * grid.columns)));
  };
  const cellAt = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (box.bottom - event.clientY) / Math.max(1, box.height);
    const row = Math.min(grid.rows - 1, Math.max(0, Math.floor(share * grid.rows)));
    return columnAt(event) * grid.rows + row;
  };
  const sayCursor = (): string => (row === null ? say(at) : sayCell(at * grid.rows + row));
  const clear = (): void => {
    setAnchor(null);
    onPick(null);
  };
  /** Up and down in a heatmap: to the parts of a column, and back to all of it. */
  const goToPart = (up: boolean): void => {
    if (up) setPart(row === null ? 0 : Math.min(grid.rows - 1, row + 1));
    else setPart(row === null || row === 0 ? null : row - 1);
    setTold('cell');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.round(grid.columns / 10));
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - page,
      PageUp: at + page,
      Home: 0,
      End: grid.columns - 1,
    };
    if (grid.rows > 1 && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      goToPart(event.key === 'ArrowUp');
    } else if (Object.hasOwn(moves, event.key)) {
      const to = Math.min(grid.columns - 1, Math.max(0, moves[event.key]));
      setCursor(timeOf(to));
      setTold(event.shiftKey ? 'window' : 'cell');
      if (event.shiftKey) {
        const begun = anchor ?? timeOf(at);
        setAnchor(begun);
        onPick(windowTo(begun, to));
      } else {
        setAnchor(null);
      }
    } else if (event.key === 'Enter' || event.key === ' ') {
      setTold('window');
      onPick(windowTo(timeOf(at), at));
    } else if (event.key === 'Escape' && row !== null) {
      setPart(null);
    } else if (event.key === 'Escape' && timeWindow) {
      clear();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const lanes = useMemo(() => {
    const isInSight = ({ from, to }: TimeWindow) => from < grid.from + length && to >= grid.from;
    return lanesOf(spans.filter(isInSight), MOST_LANES);
  }, [spans, grid.from, length]);
  const laneCount = lanes.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const largest = largestCell(grid);
  const over = hovered !== null && hovered < grid.weight.length ? hovered : null;
  const most = messages.most(format.weight(largest, grid.unit));
  const windowText = shown && sayWindow(shown);
  const pointed = dragged ? null : over;
  const marked = pointed ?? (row === null ? null : at * grid.rows + row);
  return (
    <>
      <div id={helpId} hidden>
        {grid.rows > 1 ? messages.heatmapHelp : messages.timelineHelp}
      </div>
      <div className="hf-timeline" dir="ltr">
        {/* Spans stand above the samples that belong to them. */}
        {laneCount > 0 && (
          <div className="hf-lanes" style={{ height: laneCount * LANE_HEIGHT }}>
            {lanes.map(({ mark, lane }) => {
              const name = shortText(mark.name, 200);
              const duration = format.weight((mark.to - mark.from) * 1e6, 'nanoseconds');
              return (
                <button
                  key={mark.id}
                  type="button"
                  title={messages.spanMark(name, duration)}
                  aria-label={messages.spanMark(name, duration)}
                  style={{
                    left: place(mark.from),
                    width: `max(6px, calc(${place(mark.to)} - ${place(mark.from)}))`,
                    top: lane * LANE_HEIGHT,
                    height: LANE_HEIGHT - 2,
                  }}
                  onClick={() => onPick(wholeMs(mark))}
                >
                  {((mark.to - mark.from) / length) * width > LEAST_NAMED_WIDTH && (
                    <bdi>{name}</bdi>
                  )}
                </button>
              );
            })}
          </div>
        )}
        <div
          ref={boxRef}
          className="hf-brush"
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-describedby={helpId}
          aria-valuemin={0}
          aria-valuemax={grid.columns - 1}
          aria-valuenow={at}
          aria-valuetext={windowText ? `${sayCursor()}. ${windowText}` : sayCursor()}
          data-mantine-stop-propagation={timeWindow || row !== null ? 'true' : undefined}
          style={{ height }}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            const column = columnAt(event);
            capturePointer(event.currentTarget, event.pointerId);
            const time = timeOf(column);
            setPart(null);
            setTold('window');
            setAnchor(time);
            setCursor(time);
            setDragged(windowTo(time, column));
          }}
          onPointerMove={(event) => {
            setHovered(cellAt(event));
            if (dragged && anchor !== null) {
              setDragged(windowTo(anchor, columnAt(event)));
            }
          }}
          onPointerUp={(event) => {
            // From where it is now: what its last move has changed may not be drawn yet.
            const picked = dragged && anchor !== null && windowTo(anchor, columnAt(event));
            if (picked) onPick(picked);
            // What was picked is told until the pointer goes on.
            setHovered(null);
            setDragged(null);
            setAnchor(null);
          }}
          onPointerCancel={() => {
            setDragged(null);
            setAnchor(null);
          }}
          onPointerLeave={() => setHovered(null)}
          onBlur={() => setTold('window')}
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
            style={{ left: `${(at / grid.columns) * 100}%`, width: `${100 / grid.columns}%` }}
          />
        </div>
        <div className="hf-axis" aria-hidden>
          {ticks(grid, Math.max(1, Math.floor(width / TICK_WIDTH)), timeZone).map((time) => (
            <span key={time} style={{ left: place(time) }}>
              {hasRoom(time) && clock(time)}
            </span>
          ))}
        </div>
      </div>
      <div className="hf-timeline-foot">
        <span role="status" className="hf-muted">
          {pointed !== null ? (
            sayCell(pointed)
          ) : told === 'cell' ? (
            // The slider tells it to those who hear it.
            <span aria-hidden>{sayCursor()}</span>
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
