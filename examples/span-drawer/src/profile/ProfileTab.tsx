import {
  decodeFlameState,
  DEFAULT_FLAME_STATE,
  encodeFlameState,
  FlameGraph,
  TopTable,
  type FlameState,
} from '@hyperflame/react';
import { useCallback, useMemo } from 'react';
import type { Span } from '../data/spans.ts';
import { PROFILE_VIEWS, usePlace, type ProfileView } from '../url/usePlace.ts';
import { useSpanSamples } from './useSpanSamples.ts';

const LABELS: Record<ProfileView, string> = {
  graph: 'Flame graph',
  both: 'Both',
  table: 'Table',
};

/** What the table beside a flame graph need not say again, nor offer. */
const BESIDE_GRAPH = {
  faces: { Linkage: Nothing, Partial: Nothing, Stale: Nothing },
  toolbar: false,
  transformable: false,
};

/** @param hasChildren whether other spans are below this one */
export function ProfileTab({ span, hasChildren }: { span: Span; hasChildren: boolean }) {
  const [{ view, below, flame }, setPlace] = usePlace();
  const state = useMemo(() => decodeFlameState(flame) ?? DEFAULT_FLAME_STATE, [flame]);
  const onStateChange = useCallback(
    (next: FlameState) => void setPlace({ flame: encodeFlameState(next) }),
    [setPlace],
  );
  const samples = useSpanSamples(span.traceId)?.get(span.spanId) ?? 0;
  const includeChildren = below && hasChildren;
  // One face is enough to say that there is nothing.
  const nothingToCompare = samples === 0 && !includeChildren && state.linkage === 'linked';
  const shown = view === 'both' && nothingToCompare ? 'graph' : view;

  const question = { traceId: span.traceId, spanId: span.spanId, includeChildren };
  return (
    <>
      <div className="panel-bar">
        <div className="segments" role="group" aria-label="Show">
          {PROFILE_VIEWS.map((name) => (
            <button
              key={name}
              type="button"
              className="button"
              aria-pressed={name === view}
              onClick={() => void setPlace({ view: name })}
            >
              {LABELS[name]}
            </button>
          ))}
        </div>
        {hasChildren && (
          <label className="check">
            <input
              type="checkbox"
              checked={below}
              onChange={(event) => void setPlace({ below: event.target.checked })}
            />
            Include child spans
          </label>
        )}
      </div>
      <div className="profile">
        {shown !== 'table' && (
          <div className="profile-part">
            <FlameGraph
              {...question}
              spanDuration={span.durationNano}
              height="fill"
              state={state}
              onStateChange={onStateChange}
              onOpenLogs={() => void setPlace({ tab: 'logs' })}
            />
          </div>
        )}
        {shown !== 'graph' && (
          <div className="profile-part">
            <TopTable
              {...question}
              height="fill"
              state={state}
              onStateChange={onStateChange}
              // Beside the graph, which has all of this for both.
              {...(shown === 'both' ? BESIDE_GRAPH : {})}
            />
          </div>
        )}
      </div>
    </>
  );
}

function Nothing() {
  return null;
}
