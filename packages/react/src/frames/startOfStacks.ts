import type { FunctionKey } from '@hyperflame/sdk';
import { functionOfKey } from './functionOfKey.ts';
import type { FramePath } from '../state/flameState.ts';

/**
 * How the stacks in scope begin: as the host says, and further on as a person has chosen. A person,
 * or a link, never leads out of what the host asks for.
 *
 *     host main          chosen main → handle     main → handle
 *     host main → gc     chosen main → handle     main → gc
 */
export function startOfStacks(
  hosts: readonly FunctionKey[] | undefined,
  chosen: FramePath,
): readonly FunctionKey[] | undefined {
  const start = [...(hosts ?? [])];
  for (const key of chosen.slice(start.length)) {
    const next = functionOfKey(key);
    // What is below a frame that cannot be asked for cannot be, either.
    if (!next) break;
    start.push(next);
  }
  return start.length === 0 ? hosts : start;
}
