import { useSpanSampleCounts } from '@hyperflame/react';
import { parseProfileType, type SpanSampleCount } from '@hyperflame/sdk';
import { useMemo } from 'react';

/**
 * How many samples each span of a trace has of its own: what a flame graph of that span will say.
 * Undefined until it is known, and where it can't be known; nothing on the page waits for it.
 */
export function useSpanSamples(traceId: string): ReadonlyMap<string, number> | undefined {
  const { data } = useSpanSampleCounts({ traceId });
  return useMemo(
    () => data && new Map(data.items.map((span) => [span.spanId, samplesShown(span)])),
    [data],
  );
}

/**
 * Of several profile types, a flame graph shows CPU time if there is any, by its samples or by their
 * period, else the one with the most samples. `profileTypes` begins with that.
 */
export function samplesShown({ profileTypes }: SpanSampleCount): number {
  const cpu = profileTypes.find(({ profileType }) => {
    const { sampleType, periodType } = parseProfileType(profileType);
    return sampleType === 'cpu' || periodType === 'cpu';
  });
  return (cpu ?? profileTypes[0]).samples;
}
