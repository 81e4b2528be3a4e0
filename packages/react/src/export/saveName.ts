import type { ProfileScope } from '@hyperflame/sdk';

/** What the profile of a scope is saved as: enough to tell two files apart. */
export function saveName({ service, traceId, spanId }: ProfileScope = {}): string {
  return ['profile', service, spanId ?? traceId].filter(Boolean).join(' ');
}
