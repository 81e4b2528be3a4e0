import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import { frameInfo, type FrameInfo } from './frameDetails.ts';

const UNASKED = 2;

/** A host's choice of frames, asked once for each frame and only for those that are drawn. */
export function highlighter(
  tree: CallTree,
  highlight: (frame: FrameInfo) => boolean,
): (node: NodeIndex) => boolean {
  const { frames, granularity } = tree;
  const answers = new Uint8Array(frames.length).fill(UNASKED);
  return (node) => {
    const frame = tree.frame[node];
    // The root and "(other)" are no frames of the profile.
    if (frame >= frames.length) return false;
    if (answers[frame] === UNASKED) {
      answers[frame] = highlight(frameInfo(frames, frame, granularity)) ? 1 : 0;
    }
    return answers[frame] === 1;
  };
}
