import { useMemo } from 'react';
import { shortText } from '../format/displayText.ts';
import type { TimeWindow } from '../state/flameState.ts';
import { wholeMs } from '../state/timeWindow.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { lanesOf } from './grid.ts';
import type { SpanMark } from './ProfileTimelineView.tsx';

const MOST_LANES = 3;
const LANE_HEIGHT = 16;
/** CSS pixels. Nothing of a name could be read in less. */
const LEAST_NAMED_WIDTH = 30;

interface SpanLanesProps {
  spans: readonly SpanMark[];
  /** What is drawn of the time. */
  time: TimeWindow;
  /** CSS pixels. */
  width: number;
  /** Where a time is, from the left. */
  place: (time: number) => string;
  onPick: (picked: TimeWindow) => void;
}

/** Spans above the samples that belong to them; choosing one picks its time. */
export function SpanLanes({ spans, time, width, place, onPick }: SpanLanesProps) {
  const { messages, format } = useAllSettings();
  const { from: begin, to: end } = time;
  const lanes = useMemo(
    () =>
      lanesOf(
        spans.filter(({ from, to }) => from < end && to >= begin),
        MOST_LANES,
      ),
    [spans, begin, end],
  );
  const laneCount = lanes.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  if (laneCount === 0) return null;
  return (
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
            {((mark.to - mark.from) / (end - begin)) * width > LEAST_NAMED_WIDTH && (
              <bdi>{name}</bdi>
            )}
          </button>
        );
      })}
    </div>
  );
}
