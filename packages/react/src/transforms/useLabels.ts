import { useMemo } from 'react';
import type { Transform } from '@hyperflame/calltree';
import { labelsOfTransforms } from './labelsOfTransforms.ts';

/** The labels that the changes made to a profile need; the same object while they are the same. */
export function useLabels(transforms: readonly Transform[]): readonly string[] | undefined {
  const text = JSON.stringify(labelsOfTransforms(transforms));
  return useMemo(() => {
    const labels = JSON.parse(text) as readonly string[];
    return labels.length === 0 ? undefined : labels;
  }, [text]);
}
