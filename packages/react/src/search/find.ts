import { frameLabel, searchFrames, type CallTree, type FrameTable } from '@hyperflame/calltree';
import { atOnce, inTurns, type Pieces } from '../hooks/inTurns.ts';
import type { Compute } from '../hooks/useEngineResult.ts';
import { Matches } from './Matches.ts';
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

/** Nodes that are looked at without a look at the clock: a fraction of a millisecond. */
const PIECE = 1 << 16;

/** What these frames are of a tree: at once, or as work to be waited for where the tree is large. */
export function weigh(tree: CallTree, found: Found): FrameSearch | Compute<FrameSearch> {
  const pieces = () => lookThrough(tree, found);
  return tree.length <= PIECE ? atOnce(pieces()) : inTurns(pieces);
}

function* lookThrough(tree: CallTree, found: Found): Pieces<FrameSearch> {
  const matches = new Matches(tree, found.isFrame);
  for (let from = 0; from < tree.length; from += PIECE) {
    matches.lookUntil(Math.min(tree.length, from + PIECE));
    yield;
  }
  return searchOf(tree, found, matches);
}

function searchOf(tree: CallTree, { isFrame, problem }: Found, matches: Matches): FrameSearch {
  const { frame, total } = tree;
  return {
    tree,
    hasMatch: (from, until) => matches.isAmong(from, until),
    isMatch: (node) => frame[node] < isFrame.length && isFrame[frame[node]] === 1,
    nextMatch: (node, step, from, until) => matches.next(node, step, from, until),
    share: total[0] === 0 ? 0 : matches.weight / total[0],
    matchedNodes: matches.count,
    problem,
  };
}
