import {
  FRAME_KINDS,
  frameKey,
  frameLabel,
  framePath,
  selfCount,
  selfWeight,
  ROOT_FRAME,
  type CallTree,
  type FrameIndex,
  type FrameKey,
  type FrameKind,
  type FrameTable,
  type Granularity,
  type NodeIndex,
  type Unit,
} from '@hyperflame/calltree';
import type { FramePath } from '../state/flameState.ts';

/** What a frame is, wherever it stands. */
export interface FrameInfo {
  /** The same in every profile. */
  readonly key: FrameKey;
  /** The function's name as the profiler sent it: hostile text until the host has escaped it. */
  readonly name: string;
  /** Empty when unknown, as is `mapping`; `line` is 0 then. */
  readonly file: string;
  readonly line: number;
  readonly mapping: string;
  readonly kind: FrameKind;
}

/** A frame in its place in a call tree, as callbacks hand it to the host. */
export interface FrameDetails extends FrameInfo {
  /**
   * Frames from below the root down to this one. Empty where a picture's places are none of the
   * profile, as in a sandwich and a treemap.
   */
  readonly path: FramePath;
  /** In `unit`, at this place in the tree only. */
  readonly self: number;
  readonly total: number;
  /** `total` of the whole profile. */
  readonly whole: number;
  readonly selfCount: number;
  readonly totalCount: number;
  readonly unit: Unit;
}

export function frameInfo(
  frames: FrameTable,
  frame: FrameIndex,
  granularity: Granularity,
): FrameInfo {
  const inTable = frame < frames.length;
  return {
    key: frameKey(frames, frame, granularity),
    name: frameLabel(frames, frame),
    file: inTable ? frames.strings[frames.file[frame]] : '',
    line: inTable ? frames.line[frame] : 0,
    mapping: inTable ? frames.strings[frames.mapping[frame]] : '',
    kind: (inTable && FRAME_KINDS[frames.kind[frame]]) || 'unknown',
  };
}

/** @param whole weight of the whole profile, where the tree is a part of it */
export function frameDetails(
  tree: CallTree,
  node: NodeIndex,
  whole: number = tree.total[0],
): FrameDetails {
  return {
    ...frameInfo(tree.frames, tree.frame[node], tree.granularity),
    // One side of a sandwich has a function for its root.
    path: tree.frame[0] === ROOT_FRAME ? framePath(tree, node) : [],
    self: selfWeight(tree, node),
    total: tree.total[node],
    whole,
    selfCount: selfCount(tree, node),
    totalCount: tree.totalCount[node],
    unit: tree.unit,
  };
}
