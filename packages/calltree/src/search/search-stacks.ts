import type { StackTable } from '../model/stacks.ts';
import { validateStacks } from '../tree/validate-stacks.ts';
import type { SearchQuery } from './query.ts';
import { searchFrames } from './search-frames.ts';

export interface StackSearchResult {
  /** 1 for each frame that matches. Indexed by frame: ask with `frameMatches[tree.frame[node]]`. */
  readonly frameMatches: Uint8Array;
  readonly matchedStacks: number;
  /** Weight of the stacks with at least one matching frame. */
  readonly matchedTotal: number;
  readonly matchedCount: number;
  /** `matchedTotal` as a share of the whole profile, 0 to 1; 0 when the whole is 0. */
  readonly share: number;
}

/**
 * Finds the frames that a query matches and weighs their stacks. Throws `invalid-pattern` and
 * `invalid-stacks`.
 */
export function searchStacks(stacks: StackTable, query: SearchQuery): StackSearchResult {
  validateStacks(stacks);
  const frameMatches = searchFrames(stacks.frames, query);
  const { stackOffset, frameIndex, weight, count } = stacks;
  let matchedStacks = 0;
  let matchedTotal = 0;
  let matchedCount = 0;
  let total = stacks.otherWeight;
  for (let stack = 0; stack < weight.length; stack++) {
    total += weight[stack];
    const to = stackOffset[stack + 1];
    let place = stackOffset[stack];
    while (place < to && frameMatches[frameIndex[place]] === 0) place++;
    if (place === to) continue;
    matchedStacks++;
    matchedTotal += weight[stack];
    matchedCount += count[stack];
  }
  const share = total === 0 ? 0 : matchedTotal / total;
  return { frameMatches, matchedStacks, matchedTotal, matchedCount, share };
}
