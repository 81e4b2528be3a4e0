import { reasonOf, useConnection } from '../data/clickhouse.ts';
import { TRACE_LIMIT, useTraces, type TraceFilter } from '../data/traces.ts';
import { Empty, Failure, Loading, StaleNotice } from '../faces/faces.tsx';
import { plural } from '../format.ts';
import { usePlace } from '../url/usePlace.ts';
import { Endpoints } from './Endpoints.tsx';
import { Toolbar } from './Toolbar.tsx';
import { TraceTable } from './TraceTable.tsx';

export function TracesPage() {
  const [{ q, endpoint, sort, minutes, live }] = usePlace();
  const filter: TraceFilter = { search: q.trim(), endpoint, sort, minutes };
  return (
    <main className="page">
      <Endpoints filter={filter} live={live} />
      <section className="results" aria-label="Recent traces">
        <Toolbar />
        <Traces filter={filter} live={live} />
      </section>
    </main>
  );
}

function Traces({ filter, live }: { filter: TraceFilter; live: boolean }) {
  const connection = useConnection();
  const { data: traces, error, isPending, refetch } = useTraces(filter, live);
  const retry = () => void refetch();
  const reason = error === null ? '' : reasonOf(error, connection);
  if (traces === undefined) {
    if (isPending) return <Loading label="Loading traces" />;
    return <Failure title="Traces could not be loaded" reason={reason} onRetry={retry} />;
  }
  return (
    <>
      {error !== null && (
        <StaleNotice title="These are not the newest traces." reason={reason} onRetry={retry} />
      )}
      {traces.rows.length === 0 ? (
        <NoTraces filter={filter} where={connection.config.clickhouseUrl} />
      ) : (
        <div className="table-scroller">
          <TraceTable traces={traces.rows} />
          <p className="foot muted">
            {traces.hasMore
              ? `The first ${TRACE_LIMIT} traces are listed. Narrow the search to see others.`
              : plural(traces.rows.length, 'trace')}
          </p>
        </div>
      )}
    </>
  );
}

function NoTraces({ filter, where }: { filter: TraceFilter; where: string }) {
  const { search, endpoint, minutes } = filter;
  const about = [endpoint, search === '' ? '' : `“${search}”`].filter((part) => part !== '');
  return (
    <Empty title="No traces found">
      <p>
        Looked for {about.length === 0 ? 'any trace' : about.join(' and ')} of the last{' '}
        {plural(minutes, 'minute')} in otel_traces at {where}.
      </p>
    </Empty>
  );
}
