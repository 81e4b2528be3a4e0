import type { KeyboardEvent } from 'react';
import { reasonOf, useConnection } from '../data/clickhouse.ts';
import { useLogs } from '../data/logs.ts';
import { SPAN_LIMIT, useSpans, type Span } from '../data/spans.ts';
import { Empty, Failure, Loading, StaleNotice } from '../faces/faces.tsx';
import { formatCount, formatDateTime, formatDuration } from '../format.ts';
import { ProfileTab } from '../profile/ProfileTab.tsx';
import { useSpanSamples } from '../profile/useSpanSamples.ts';
import { TABS, usePlace, type Tab } from '../url/usePlace.ts';
import { Drawer } from './Drawer.tsx';
import { LogsTab } from './LogsTab.tsx';
import { OverviewTab } from './OverviewTab.tsx';

export function SpanDrawer({ traceId, spanId }: { traceId: string; spanId: string }) {
  const connection = useConnection();
  const [, setPlace] = usePlace();
  const { data: spans, error, isPending, refetch } = useSpans(traceId);
  const retry = () => void refetch();
  const reason = error === null ? '' : reasonOf(error, connection);
  const span = spans?.rows.find((one) => one.spanId === spanId);
  return (
    <Drawer
      name="span"
      share={0.52}
      title={span?.name ?? 'Span'}
      onClose={() => void setPlace({ span: '', flame: '' })}
      facts={
        <>
          {span !== undefined && (
            <>
              <span>{span.service}</span>
              <span>{formatDateTime(Number(span.startNano / 1_000_000n))}</span>
              <span>{formatDuration(span.durationNano)}</span>
            </>
          )}
          <span className="mono">{spanId}</span>
        </>
      }
    >
      {isPending && <Loading label="Loading span" />}
      {error !== null && spans === undefined && (
        <Failure title="The span could not be loaded" reason={reason} onRetry={retry} />
      )}
      {error !== null && spans !== undefined && (
        <StaleNotice
          title="What is shown of the span is not the newest."
          reason={reason}
          onRetry={retry}
        />
      )}
      {spans !== undefined && span === undefined && (
        <Empty title="No such span">
          <p>
            Looked for span <span className="mono">{spanId}</span> of trace{' '}
            <span className="mono">{traceId}</span> in otel_traces at{' '}
            {connection.config.clickhouseUrl}.
            {spans.hasMore && ` Only the first ${formatCount(SPAN_LIMIT)} spans were looked at.`}
          </p>
        </Empty>
      )}
      {spans !== undefined && span !== undefined && (
        <SpanTabs
          span={span}
          hasChildren={spans.rows.some((other) => other.parentSpanId === span.spanId)}
        />
      )}
    </Drawer>
  );
}

const LABELS: Record<Tab, string> = { overview: 'Overview', profile: 'Profile', logs: 'Logs' };

function SpanTabs({ span, hasChildren }: { span: Span; hasChildren: boolean }) {
  const [{ tab }, setPlace] = usePlace();
  const samples = useSpanSamples(span.traceId)?.get(span.spanId);
  const logs = useLogs({ traceId: span.traceId, spanId: span.spanId }).data;
  const counts: Partial<Record<Tab, string>> = {
    profile: samples ? formatCount(samples) : undefined,
    logs: logs?.rows.length
      ? `${formatCount(logs.rows.length)}${logs.hasMore ? '+' : ''}`
      : undefined,
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    void setPlace({ tab: next });
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };

  return (
    <>
      <div className="tabs" role="tablist" aria-label="Span" onKeyDown={onKeyDown}>
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            id={`tab-${name}`}
            role="tab"
            aria-selected={name === tab}
            aria-controls="tab-panel"
            tabIndex={name === tab ? 0 : -1}
            onClick={() => void setPlace({ tab: name })}
          >
            {LABELS[name]}
            {counts[name] !== undefined && <span className="count">{counts[name]}</span>}
          </button>
        ))}
      </div>
      <div
        className="tab-panel"
        id="tab-panel"
        role="tabpanel"
        aria-labelledby={`tab-${tab}`}
        // Nothing in an overview takes the focus, so that keys could not scroll it.
        tabIndex={tab === 'overview' ? 0 : undefined}
      >
        {tab === 'overview' && <OverviewTab span={span} />}
        {tab === 'profile' && <ProfileTab span={span} hasChildren={hasChildren} />}
        {tab === 'logs' && <LogsTab traceId={span.traceId} spanId={span.spanId} />}
      </div>
    </>
  );
}
