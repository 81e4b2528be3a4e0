import { frameLabel, searchFrames, type CallTree, type FrameTable } from '@hyperflame/calltree';
import type { Compute } from '../hooks/useEngineResult.ts';
import { matchTexts, TooSlowError } from './matchTexts.ts';
import { hasBrokenExpression, parseSearch } from './parseSearch.ts';
import type { FrameSearch } from './useFrameSearch.ts';

/** Frames that are looked for. */
export interface Found {
  readonly frames: FrameTable;
  /** 1 for each that is. */
  readonly isFrame: Uint8Array;
  /** An expression is none, and was looked for as text; or was given up, and finds nothing. */
  readonly problem: 'broken' | 'slow' | undefined;
}

/** At once, or as work to be waited for, where there is an expression to try. `null`: nothing is looked for. */
export function find(frames: FrameTable, text: string): Found | Compute<Found> | null {
  const patterns = parseSearch(text);
  if (patterns === null) return null;
  const problem = hasBrokenExpression(text) ? 'broken' : undefined;
  const isExpression = ({ kind }: { kind?: string }): boolean => kind === 'regex';
  const isFrame = searchFrames(
    frames,
    patterns.filter((one) => !isExpression(one)),
  );
  const expressions = patterns.filter(isExpression);
  if (expressions.length === 0) return { frames, isFrame, problem };
  return async (signal) => {
    const { texts, textOf } = namesOf(frames);
    try {
      for (const { pattern } of expressions) {
        const matches = await matchTexts(pattern, texts, signal);
        textOf.forEach((at, frame) => {
          if (matches[at] === 1) isFrame[frame] = 1;
        });
      }
      return { frames, isFrame, problem };
    } catch (error) {
      if (error instanceof TooSlowError) return { frames, isFrame, problem: 'slow' };
      throw error;
    }
  };
}

interface Names {
  readonly texts: readonly string[];
  /** By frame, which of them is its own. */
  readonly textOf: Uint32Array;
}

/** Worked out once for all letters of an expression that is being typed. */
const names = new WeakMap<FrameTable, Names>();

/** Each name once. */
function namesOf(frames: FrameTable): Names {
  let known = names.get(frames);
  if (known) return known;
  const places = new Map<string, number>();
  const textOf = Uint32Array.from({ length: frames.length }, (_, frame) => {
    const name = frameLabel(frames, frame);
    const at = places.get(name) ?? places.size;
    places.set(name, at);
    return at;
  });
  known = { texts: [...places.keys()], textOf };
  names.set(frames, known);
  return known;
}

/** What these frames are of a tree. */
export function weigh(tree: CallTree, { isFrame, problem }: Found): FrameSearch {
  const { length, frame, end, total } = tree;
  let matched = 0;
  let matchedNodes = 0;
  const matchesBefore = new Uint32Array(length + 1);
  // Nodes before this one lie in a subtree that has been counted as a whole.
  let counted = 0;
  for (let node = 0; node < length; node++) {
    matchesBefore[node] = matchedNodes;
    if (isFrame[frame[node]] !== 1) continue;
    matchedNodes++;
    if (node < counted) continue;
    counted = end[node];
    matched += total[node];
  }
  matchesBefore[length] = matchedNodes;
  return {
    hasMatch: (from, until) => matchesBefore[until] > matchesBefore[from],
    isMatch: (node) => isFrame[frame[node]] === 1,
    share: total[0] === 0 ? 0 : matched / total[0],
    matchedNodes,
    problem,
  };
}
