import { useState } from 'react';
import { reasonOf, useConnection } from '../data/clickhouse.ts';
import { LOG_LIMIT, useLogs } from '../data/logs.ts';
import { Empty, Failure, Loading, StaleNotice } from '../faces/faces.tsx';
import { formatCount, formatTime } from '../format.ts';

export function LogsTab({ traceId, spanId }: { traceId: string; spanId: string }) {
  const connection = useConnection();
  const [whole, setWhole] = useState(false);
  const {
    data: logs,
    error,
    isPending,
    refetch,
  } = useLogs({
    traceId,
    spanId: whole ? '' : spanId,
  });
  const retry = () => void refetch();
  const reason = error === null ? '' : reasonOf(error, connection);
  return (
    <>
      <div className="panel-bar">
        <div className="segments" role="group" aria-label="Logs of">
          <button
            type="button"
            className="button"
            aria-pressed={!whole}
            onClick={() => setWhole(false)}
          >
            This span
          </button>
          <button
            type="button"
            className="button"
            aria-pressed={whole}
            onClick={() => setWhole(true)}
          >
            Whole trace
          </button>
        </div>
      </div>
      {isPending && <Loading label="Loading logs" />}
      {error !== null && logs === undefined && (
        <Failure title="Logs could not be loaded" reason={reason} onRetry={retry} />
      )}
      {error !== null && logs !== undefined && (
        <StaleNotice title="These are not the newest logs." reason={reason} onRetry={retry} />
      )}
      {logs?.rows.length === 0 && (
        <Empty title={whole ? 'This trace wrote no logs' : 'This span wrote no logs'} />
      )}
      <ol className="logs">
        {logs?.rows.map((log, at) => (
          <li key={at} className="log">
            <span className="muted">{formatTime(log.timeMillis)}</span>
            <span className="severity" data-tone={toneOf(log.severity)} title={log.severity}>
              {log.severity.toLowerCase()}
            </span>
            <span className="body">{log.body}</span>
            <span className="fields mono">
              {Object.entries(log.attributes)
                .map(([key, value]) => `${key}=${value}`)
                .join('  ')}
            </span>
          </li>
        ))}
      </ol>
      {logs?.hasMore === true && (
        <p className="foot muted">Only the first {formatCount(LOG_LIMIT)} logs are shown.</p>
      )}
    </>
  );
}

/** Each library writes severities in its own way: ERROR, Error, err. */
function toneOf(severity: string): 'bad' | 'odd' | 'good' {
  if (/^(err|fatal|crit|alert|emerg|panic)/i.test(severity)) return 'bad';
  return /^warn/i.test(severity) ? 'odd' : 'good';
}
