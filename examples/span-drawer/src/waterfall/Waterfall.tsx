import { useRef, type CSSProperties, type KeyboardEvent } from 'react';
import { formatCount, formatDuration } from '../format.ts';
import { useSpanSamples } from '../profile/useSpanSamples.ts';
import { Icon } from '../theme/Icon.tsx';
import { rowAfter } from './rowAfter.ts';
import { ticks, type Waterfall as Layout, type WaterfallRow } from './layout.ts';

interface WaterfallProps {
  traceId: string;
  waterfall: Layout;
  openSpanId: string;
  onOpen: (spanId: string) => void;
}

export function Waterfall({ traceId, waterfall, openSpanId, onOpen }: WaterfallProps) {
  const samples = useSpanSamples(traceId);
  const list = useRef<HTMLOListElement>(null);
  const { rows, durationNano } = waterfall;

  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = at === -1 ? undefined : rowAfter(event.key, at, buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    buttons[next].focus();
  };

  return (
    <div className="waterfall">
      <div className="waterfall-axis" aria-hidden="true">
        <div>Span</div>
        <div className="plot">
          {ticks(durationNano, 5).map((time) => (
            <span key={time} className="tick" style={{ left: `${(100 * time) / durationNano}%` }}>
              {time === 0 ? '0' : formatDuration(time)}
            </span>
          ))}
        </div>
      </div>
      <ol ref={list} aria-label="Spans" onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <li key={row.span.spanId}>
            <Row
              row={row}
              samples={samples?.get(row.span.spanId) ?? 0}
              open={row.span.spanId === openSpanId}
              onOpen={onOpen}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

interface RowProps {
  row: WaterfallRow;
  /** Profile samples that are linked to this very span. */
  samples: number;
  open: boolean;
  onOpen: (spanId: string) => void;
}

function Row({ row: { span, depth, left, width }, samples, open, onOpen }: RowProps) {
  const right = 100 * (left + width);
  const label: CSSProperties =
    right > 80 && left > 0.2 ? { right: `${100 - 100 * left}%` } : { left: `min(${right}%, 100%)` };
  return (
    <button
      type="button"
      className="waterfall-row"
      data-span-id={span.spanId}
      aria-current={open}
      onClick={() => onOpen(span.spanId)}
    >
      <span className="waterfall-name" style={{ '--depth': depth } as CSSProperties}>
        <span className="name" title={`${span.name} · ${span.service}`}>
          {span.name}
        </span>
        {samples > 0 && (
          <span className="samples-mark" title={`${formatCount(samples)} profile samples`}>
            <Icon name="flame" size={12} />
            {formatCount(samples)}
            <span className="visually-hidden"> profile samples</span>
          </span>
        )}
      </span>
      <span className="plot">
        <span
          className="bar"
          style={
            {
              left: `${100 * left}%`,
              width: `${100 * width}%`,
              '--tone': toneOf(span.status, span.kind),
            } as CSSProperties
          }
        />
        <span className="bar-label" style={label}>
          {formatDuration(span.durationNano)}
        </span>
      </span>
    </button>
  );
}

/** Failed spans stand out; else who waits (clients) looks different from who works. */
function toneOf(status: string, kind: string): string {
  if (status === 'Error') return 'var(--color-text-danger)';
  if (kind === 'Server' || kind === 'Consumer') return 'var(--color-chart-2)';
  if (kind === 'Client' || kind === 'Producer') return 'var(--color-chart-4)';
  return 'var(--color-chart-3)';
}
