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

/** Of several profile types, a flame graph shows CPU time first. */
function samplesShown({ profileTypes }: SpanSampleCount): number {
  const cpu = profileTypes.find(
    ({ profileType }) => parseProfileType(profileType).sampleType === 'cpu',
  );
  return (cpu ?? profileTypes[0]).samples;
}
