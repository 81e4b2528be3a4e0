import { useMemo } from 'react';
import { treeWidths, type CallTree, type NodeIndex } from '@hyperflame/calltree';

export interface Widths {
  readonly weight: Float64Array;
  /** Where there are weights below zero: the nodes that have one, to be told from the others. */
  readonly isHatched: ((node: NodeIndex) => boolean) | undefined;
}

/** What the widths of a call tree stand for, and how what is taken away is told from what is added. */
export function useWidths(tree: CallTree): Widths {
  return useMemo(() => {
    const weight = treeWidths(tree);
    const isBelowZero = (node: NodeIndex) => tree.total[node] < 0;
    return { weight, isHatched: weight === tree.total ? undefined : isBelowZero };
  }, [tree]);
}
