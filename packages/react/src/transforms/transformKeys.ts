import {
  FRAME_KINDS,
  frameKey,
  framePath,
  frameProperty,
  ROOT_FRAME,
  type CallTree,
  type FrameIndex,
  type FrameTable,
  type Granularity,
  type NodeIndex,
  type Transform,
  type TransformType,
} from '@hyperflame/calltree';
import type { Messages } from '../messages/messages.ts';

/** Transforms that start from one frame, in the order of its menu, with the keys that do the same. */
export const FRAME_TRANSFORMS = [
  { type: 'focus-subtree', key: 'F', label: 'focusSubtree' },
  { type: 'focus-function', key: 'f', label: 'focusFunction' },
  { type: 'focus-self', key: 'S', label: 'focusSelf' },
  { type: 'focus-kind', key: 'g', label: 'focusKind' },
  { type: 'merge-function', key: 'm', label: 'mergeFunction' },
  { type: 'merge-node', key: 'M', label: 'mergeNode' },
  { type: 'drop-function', key: 'd', label: 'dropFunction' },
  { type: 'drop-kind', key: 'G', label: 'dropKind' },
  { type: 'collapse-subtree', key: 'c', label: 'collapseSubtree' },
  { type: 'collapse-property', key: 'C', label: 'collapseModule' },
  { type: 'collapse-recursion', key: 'r', label: 'collapseRecursion' },
  { type: 'collapse-direct-recursion', key: 'R', label: 'collapseDirectRecursion' },
] as const satisfies readonly {
  type: TransformType;
  key: string;
  label: keyof Messages;
}[];

export type FrameTransformType = (typeof FRAME_TRANSFORMS)[number]['type'];

/**
 * The transform of a kind that starts from this node; `undefined` where it would make no sense: at
 * the root, at "(other)", or for the module or kind of a frame that none is known of.
 */
export function transformAt(
  tree: CallTree,
  node: NodeIndex,
  type: FrameTransformType,
): Transform | undefined {
  const { frames, granularity, inverted } = tree;
  const frame = tree.frame[node];
  if (frame >= frames.length) return undefined;
  switch (type) {
    case 'focus-subtree':
    case 'merge-node':
      // One side of a sandwich is no place in the profile.
      if (tree.frame[0] !== ROOT_FRAME) return undefined;
      return { type, path: framePath(tree, node), granularity, inverted };
    default:
      return transformOfFunction(frames, frame, granularity, type);
  }
}

/** The transform of a kind that is about a function wherever it stands, if the kind is such a one. */
export function transformOfFunction(
  frames: FrameTable,
  frame: FrameIndex,
  granularity: Granularity,
  type: FrameTransformType,
): Transform | undefined {
  switch (type) {
    case 'focus-subtree':
    case 'merge-node':
      return undefined;
    case 'focus-kind':
    case 'drop-kind': {
      const kind = FRAME_KINDS[frames.kind[frame]] ?? 'unknown';
      return kind === 'unknown' ? undefined : { type, kind };
    }
    case 'collapse-property': {
      const value = frameProperty(frames, frame, 'module');
      return value === '' ? undefined : { type, by: 'module', value };
    }
    default:
      return { type, frame: frameKey(frames, frame, granularity), granularity };
  }
}

/** The transform that a key asks for at a node, if any. */
export function transformOfKey(
  tree: CallTree,
  node: NodeIndex,
  key: string,
): Transform | undefined {
  const found = FRAME_TRANSFORMS.find((one) => one.key === key);
  return found && transformAt(tree, node, found.type);
}
