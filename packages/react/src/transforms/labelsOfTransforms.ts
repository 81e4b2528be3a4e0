import type { LabelColumn, Transform } from '@hyperflame/calltree';

/** A server tells stacks apart by no more labels than this at once. */
export const MOST_ASKED = 2;

/** Labels that have to be known of stacks for these changes to be made to them. */
export function labelsOfTransforms(transforms: readonly Transform[]): readonly string[] {
  const labels = transforms.flatMap((transform) => ('label' in transform ? [transform.label] : []));
  return [...new Set(labels)].slice(0, MOST_ASKED);
}

/**
 * How many frames from the root on stand for labels of the stacks; `undefined` where the changes made
 * to these are others, too.
 */
export function labelFrames(
  transforms: readonly Transform[],
  labels: readonly LabelColumn[] = [],
): number | undefined {
  if (!transforms.every(({ type }) => type === 'group-by-label')) return undefined;
  const keys = new Set(labels.map(({ key }) => key));
  return transforms.filter((one) => 'label' in one && keys.has(one.label)).length;
}
