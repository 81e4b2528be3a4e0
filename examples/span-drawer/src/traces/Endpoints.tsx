import { useEndpoints, type TraceFilter } from '../data/traces.ts';
import { formatCount, formatDuration } from '../format.ts';
import { usePlace } from '../url/usePlace.ts';

/** Endpoints to narrow the list with. Says nothing of failures: the list beside it does. */
export function Endpoints({ filter, live }: { filter: TraceFilter; live: boolean }) {
  const [, setPlace] = usePlace();
  const { data = [] } = useEndpoints(filter, live);
  return (
    <nav className="facets" aria-label="Endpoints">
      <h2>Endpoint</h2>
      <ul>
        {data.map(({ endpoint, traces, p95Nano }) => {
          const chosen = endpoint === filter.endpoint;
          return (
            <li key={endpoint}>
              <button
                type="button"
                className="facet"
                aria-pressed={chosen}
                onClick={() => void setPlace({ endpoint: chosen ? '' : endpoint })}
              >
                <span className="name" title={endpoint}>
                  {endpoint}
                </span>
                <span className="muted">{formatCount(traces)}</span>
                <span className="sub">95th percentile {formatDuration(p95Nano)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
