import { useMemo } from 'react';
import type { ProfileScope } from '@hyperflame/sdk';

/** The scope among a component's props: the same object for as long as its parts are the same. */
export function useScope(props: Omit<ProfileScope, 'linkage' | 'profileType'>): ProfileScope {
  const { traceId, spanId, includeChildren, service, resource, attributes } = props;
  const { workload, under, containing, timeRange, timeBy } = props;
  return useMemo(
    () => ({
      traceId,
      spanId,
      includeChildren,
      service,
      resource,
      attributes,
      workload,
      under,
      containing,
      timeRange,
      timeBy,
    }),
    [
      traceId,
      spanId,
      includeChildren,
      service,
      resource,
      attributes,
      workload,
      under,
      containing,
      timeRange,
      timeBy,
    ],
  );
}
