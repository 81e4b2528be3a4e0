import { useMemo } from 'react';
import { useTraceSizes, type Sort, type TraceRow } from '../data/traces.ts';
import { formatCount, formatDateTime, formatDuration, formatTime } from '../format.ts';
import { Icon } from '../theme/Icon.tsx';
import { OPENING, usePlace } from '../url/usePlace.ts';

export function TraceTable({ traces }: { traces: readonly TraceRow[] }) {
  const [{ trace: open, sort }, setPlace] = usePlace();
  const ids = useMemo(() => traces.map(({ traceId }) => traceId), [traces]);
  const sizes = useTraceSizes(ids).data;
  const longest = Math.max(...traces.map(({ durationNano }) => durationNano));
  const setSort = (next: Sort) => void setPlace({ sort: next });
  return (
    <table className="traces">
      <thead>
        <tr>
          <th aria-sort={sort === 'newest' ? 'descending' : 'none'}>
            <button type="button" onClick={() => setSort('newest')}>
              When <Icon name="chevronDown" size={12} />
            </button>
          </th>
          <th>
            <span>Endpoint</span>
          </th>
          <th className="wide">
            <span>Service</span>
          </th>
          <th className="number wide">
            <span>Status</span>
          </th>
          <th className="number wide">
            <span>Spans</span>
          </th>
          <th
            aria-sort={
              sort === 'slowest' ? 'descending' : sort === 'fastest' ? 'ascending' : 'none'
            }
          >
            <button
              type="button"
              onClick={() => setSort(sort === 'slowest' ? 'fastest' : 'slowest')}
            >
              Duration <Icon name="chevronDown" size={12} />
            </button>
          </th>
        </tr>
      </thead>
      <tbody>
        {traces.map((trace) => {
          const { traceId, spanId } = trace;
          const show = () => void setPlace({ trace: traceId, span: '', flame: '' }, OPENING);
          return (
            <tr key={`${traceId} ${spanId}`} aria-selected={traceId === open} onClick={show}>
              <td className="muted">
                <span className="wide">{formatDateTime(trace.startMillis)}</span>
                <span className="narrow">{formatTime(trace.startMillis)}</span>
              </td>
              <td>
                <button
                  type="button"
                  className="open"
                  data-trace-id={traceId}
                  title={trace.endpoint}
                >
                  {trace.endpoint}
                </button>
              </td>
              <td className="wide muted">{trace.service}</td>
              <td className="number wide">
                <Status trace={trace} />
              </td>
              <td className="number wide muted">{formatCountOf(sizes?.get(traceId))}</td>
              <td>
                <div className="duration">
                  <span className="value">{formatDuration(trace.durationNano)}</span>
                  <div className="track">
                    <div
                      className="fill"
                      style={{ width: `${(100 * trace.durationNano) / longest}%` }}
                    />
                  </div>
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function formatCountOf(value: number | undefined): string {
  return value === undefined ? '' : formatCount(value);
}

function Status({ trace: { status, httpStatus } }: { trace: TraceRow }) {
  const tone = status === 'Error' ? 'bad' : Number(httpStatus) >= 400 ? 'odd' : 'good';
  return (
    <span className="status" data-tone={tone}>
      {httpStatus || (status === 'Error' ? 'Error' : '')}
    </span>
  );
}
