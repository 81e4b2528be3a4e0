import { framesOfKey } from '../frames/find.ts';
import { groupFrames } from '../frames/groups.ts';
import { OTHER_KIND } from '../frames/label.ts';
import type { StackTable } from '../model/stacks.ts';
import { filterFrames } from './frame-filter.ts';
import { groupByProperty } from './group-by-property.ts';
import { groupByLabel, selectLabel } from './labels.ts';
import { rewriteStacks, type StackRewrite } from './rewrite-stacks.ts';
import {
  collapseRecursion,
  collapseRepeats,
  dropMarked,
  fromFirst,
  fromNode,
  onlyLast,
  onlyMarked,
  replaceByGroup,
  throughFirst,
  withoutMarked,
  withoutNode,
} from './rewrites.ts';
import type { FrameProperty, Transform } from './transform.ts';

/**
 * Applies transforms in order. To undo one, apply the others to the first table again: it is never
 * changed. Throws `invalid-pattern` for a search that does not compile.
 */
export function applyTransforms(stacks: StackTable, transforms: readonly Transform[]): StackTable {
  return transforms.reduce(applyTransform, stacks);
}

/** Applies one transform. */
export function applyTransform(stacks: StackTable, transform: Transform): StackTable {
  const { frames } = stacks;
  const ofKey = ({ frame, granularity }: Extract<Transform, { frame: string }>) =>
    framesOfKey(frames, frame, granularity);
  switch (transform.type) {
    case 'focus-subtree':
      // At the root, all is in focus, also what is left out.
      return transform.path.length > 0 ? focus(stacks, fromNode(frames, transform)) : stacks;
    case 'focus-function':
      return focus(stacks, fromFirst(ofKey(transform)));
    case 'focus-self':
      return focus(stacks, onlyLast(ofKey(transform)));
    case 'focus-kind':
      return focus(stacks, onlyMarked(filterFrames(frames, { kinds: [transform.kind] })));
    case 'drop-function':
      return rewriteStacks(stacks, dropMarked(ofKey(transform)));
    case 'drop-kind':
      return rewriteStacks(stacks, dropMarked(filterFrames(frames, { kinds: [transform.kind] })));
    case 'merge-function':
      return rewriteStacks(stacks, withoutMarked(ofKey(transform)));
    case 'merge-node':
      return rewriteStacks(stacks, withoutNode(frames, transform));
    case 'hide-frames':
      return rewriteStacks(stacks, withoutMarked(filterFrames(frames, transform.frames)));
    case 'keep-frames': {
      const kept = filterFrames(frames, transform.frames);
      return rewriteStacks(
        stacks,
        // What is left out is no frame that a filter could mean.
        withoutMarked(kept.map((is, at) => (is || frames.kind[at] === OTHER_KIND ? 0 : 1))),
      );
    }
    case 'collapse-subtree':
      return rewriteStacks(stacks, throughFirst(ofKey(transform)));
    case 'collapse-direct-recursion':
      return rewriteStacks(
        stacks,
        collapseRepeats(
          groupFrames(frames, transform.granularity ?? 'function'),
          transform.frame === undefined
            ? undefined
            : framesOfKey(frames, transform.frame, transform.granularity),
        ),
      );
    case 'collapse-recursion':
      return rewriteStacks(stacks, collapseRecursion(ofKey(transform)));
    case 'collapse-property':
      return group(stacks, transform.by, transform.value);
    case 'group-by':
      return group(stacks, transform.by);
    case 'focus-label':
    case 'drop-label': {
      const { type, label, value } = transform;
      return selectLabel(stacks, label, value, type === 'focus-label');
    }
    case 'group-by-label':
      return groupByLabel(stacks, transform.label);
  }
}

/** Nobody knows how much of what a table leaves out would be in focus: it goes. */
function focus(stacks: StackTable, rewrite: StackRewrite): StackTable {
  return {
    ...rewriteStacks(stacks, rewrite),
    otherWeight: 0,
    otherCount: 0,
    otherByLabels: undefined,
  };
}

function group(stacks: StackTable, by: FrameProperty, onlyValue?: string): StackTable {
  const grouped = groupByProperty(stacks.frames, by, onlyValue);
  return rewriteStacks(stacks, replaceByGroup(grouped.group), grouped.frames);
}
