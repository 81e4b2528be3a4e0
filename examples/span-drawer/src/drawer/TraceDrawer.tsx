import { useEffect, useRef } from 'react';
import { reasonOf, useConnection } from '../data/clickhouse.ts';
import { SPAN_LIMIT, useSpans } from '../data/spans.ts';
import { Empty, Failure, Loading, StaleNotice } from '../faces/faces.tsx';
import { formatCount, formatDateTime, formatDuration, plural } from '../format.ts';
import { OPENING, usePlace } from '../url/usePlace.ts';
import { layoutWaterfall } from '../waterfall/layout.ts';
import { Waterfall } from '../waterfall/Waterfall.tsx';
import { Drawer } from './Drawer.tsx';

export function TraceDrawer({ traceId }: { traceId: string }) {
  const connection = useConnection();
  const [{ span }, setPlace] = usePlace();
  const { data: spans, error, isPending, refetch } = useSpans(traceId);
  const retry = () => void refetch();
  const reason = error === null ? '' : reasonOf(error, connection);
  const waterfall = spans === undefined ? undefined : layoutWaterfall(spans.rows);
  const root = waterfall?.rows.at(0)?.span;

  // Of a trace with one span there is nothing to choose from. It opens once: closed, it stays closed.
  const isOpened = useRef(span !== '');
  const only = spans?.rows.length === 1 ? spans.rows[0].spanId : undefined;
  useEffect(() => {
    if (only === undefined || isOpened.current) return;
    isOpened.current = true;
    void setPlace({ span: only, flame: '' });
  }, [only, setPlace]);

  return (
    <Drawer
      name="trace"
      share={0.76}
      title={root?.name ?? 'Trace'}
      onClose={() => void setPlace({ trace: '', span: '', tab: null, flame: '' })}
      facts={
        <>
          {root !== undefined && waterfall !== undefined && spans !== undefined && (
            <>
              <span>{formatDateTime(Number(root.startNano / 1_000_000n))}</span>
              <span>{formatDuration(waterfall.durationNano)}</span>
              <span>
                {spans.hasMore
                  ? `${formatCount(SPAN_LIMIT)}+ spans`
                  : plural(spans.rows.length, 'span')}
              </span>
            </>
          )}
          <span className="mono">{traceId}</span>
        </>
      }
    >
      {isPending && <Loading label="Loading spans" />}
      {error !== null && spans === undefined && (
        <Failure title="The trace could not be loaded" reason={reason} onRetry={retry} />
      )}
      {error !== null && spans !== undefined && (
        <StaleNotice title="These are not the newest spans." reason={reason} onRetry={retry} />
      )}
      {waterfall !== undefined && waterfall.rows.length === 0 && (
        <Empty title="No spans found">
          <p>
            Looked for trace <span className="mono">{traceId}</span> in otel_traces at{' '}
            {connection.config.clickhouseUrl}. It may not have arrived yet, or be gone already.
          </p>
        </Empty>
      )}
      {waterfall !== undefined && waterfall.rows.length > 0 && (
        <>
          <Waterfall
            traceId={traceId}
            waterfall={waterfall}
            openSpanId={span}
            onOpen={(spanId) => void setPlace({ span: spanId, flame: '' }, OPENING)}
          />
          {spans?.hasMore === true && (
            <p className="foot muted">Only the first {formatCount(SPAN_LIMIT)} spans are shown.</p>
          )}
        </>
      )}
    </Drawer>
  );
}
