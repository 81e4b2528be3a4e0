import type { TimeRange } from '../questions/scope.ts';
import type { Parameters } from './parameters.ts';

/** Which of a row's events happened in a time: expressions over the row, which is called `stored`. */
export interface HappenedEvents {
  /** `Array(Tuple(time, weight))`: Unix milliseconds, Int64, and Int128. */
  readonly events: string;
  /** Whether the row has no event times and its window began in that time. */
  readonly undated: string;
}

/**
 * An event weighs what its producer said, or an equal part of its row; the parts of a row add up to
 * the row:
 *
 *     window  |--e--e--------------e-|      Value 100 ms, 3 events
 *     range       [---------------------]
 *     counts     33 ms            34 ms
 *
 * A row without event times can't be placed, so it counts where its window began.
 */
export function eventsIn({ from, to }: TimeRange, parameters: Parameters): HappenedEvents {
  const bind = (name: string, time: Date) => parameters.bind(name, 'Int64', String(time.getTime()));
  const start = bind('start', from);
  const end = bind('end', to);
  const began = 'toUnixTimestamp64Milli(stored.Timestamp)';
  const count = 'toInt128(length(stored.EventOffsets))';
  const equalPart = `intDiv(toInt128(stored.Value) * n, ${count}) - intDiv(toInt128(stored.Value) * (n - 1), ${count})`;
  return {
    events: `arrayFilter(
      event -> event.1 >= ${start} AND event.1 < ${end},
      arrayMap(
        (offset, value, n) -> (${began} + offset, if(empty(stored.EventValues), ${equalPart}, toInt128(value))),
        stored.EventOffsets,
        arrayResize(stored.EventValues, length(stored.EventOffsets)),
        arrayEnumerate(stored.EventOffsets)
      )
    )`,
    undated: `(empty(stored.EventOffsets) AND ${began} >= ${start})`,
  };
}
