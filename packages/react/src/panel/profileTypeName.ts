import { parseProfileType } from '@hyperflame/sdk';
import type { Messages } from '../messages/messages.ts';

/**
 * A type as people say it: what is measured and, where that is not enough to tell two types apart,
 * all of it.
 *
 *     samples:count:cpu:nanoseconds       CPU time
 *     off_cpu:nanoseconds::               Off-CPU time
 *     alloc_space:bytes:space:bytes       Allocated memory
 *     page_faults:count::                 page_faults
 */
export function profileTypeName(
  profileType: string,
  all: readonly string[],
  messages: Messages,
): string {
  const name = shortName(profileType, messages);
  const isAlone = all.every(
    (other) => other === profileType || shortName(other, messages) !== name,
  );
  return isAlone ? name : `${name} (${profileType})`;
}

function shortName(profileType: string, messages: Messages): string {
  const { sampleType, sampleUnit, periodType } = parseProfileType(profileType);
  // Counted samples stand for their period: 20 a second of `cpu` is CPU time.
  const what = (sampleUnit === 'count' && sampleType === 'samples' && periodType) || sampleType;
  return Object.hasOwn(messages.profileTypes, what) ? messages.profileTypes[what] : what;
}
