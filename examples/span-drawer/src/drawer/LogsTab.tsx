import { useState } from 'react';
import { reasonOf, useConnection } from '../data/clickhouse.ts';
import { useLogs } from '../data/logs.ts';
import { Empty, Failure, Loading } from '../faces/faces.tsx';
import { formatTime } from '../format.ts';

export function LogsTab({ traceId, spanId }: { traceId: string; spanId: string }) {
  const connection = useConnection();
  const [whole, setWhole] = useState(false);
  const { data, error, isPending, refetch } = useLogs(traceId);
  const logs = data?.filter((log) => whole || log.spanId === spanId) ?? [];
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
      {error !== null && data === undefined && (
        <Failure
          title="Logs could not be loaded"
          reason={reasonOf(error, connection)}
          onRetry={() => void refetch()}
        />
      )}
      {data !== undefined && logs.length === 0 && (
        <Empty title={whole ? 'This trace wrote no logs' : 'This span wrote no logs'} />
      )}
      <ol className="logs">
        {logs.map((log, at) => (
          <li key={at} className="log">
            <span className="muted">{formatTime(log.timeMillis)}</span>
            <span className="severity" data-tone={toneOf(log.severity)}>
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
    </>
  );
}

function toneOf(severity: string): 'bad' | 'odd' | 'good' {
  if (severity === 'ERROR' || severity === 'FATAL') return 'bad';
  return severity === 'WARN' ? 'odd' : 'good';
}
