import { useSpanSampleCounts } from '@hyperflame/react';
import { useMemo } from 'react';

/**
 * How many samples each span of a trace has of its own: what a flame graph of that span will say.
 * Undefined until it is known, and where it can't be known; nothing on the page waits for it.
 */
export function useSpanSamples(traceId: string): ReadonlyMap<string, number> | undefined {
  const { data } = useSpanSampleCounts({ traceId });
  return useMemo(
    () =>
      data &&
      // Of several profile types, the first is the one that is shown.
      new Map(data.items.map(({ spanId, profileTypes }) => [spanId, profileTypes[0].samples])),
    [data],
  );
}
