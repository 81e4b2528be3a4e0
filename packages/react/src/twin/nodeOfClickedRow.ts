import type { MouseEvent } from 'react';
import type { NodeIndex } from '@hyperflame/calltree';

/**
 * The node of the row that was clicked by a screen reader or by voice, which know rows and no places:
 * such a click counts no presses. Undefined for a pointer's, whose place tells.
 */
export function nodeOfClickedRow({ detail, target }: MouseEvent): NodeIndex | undefined {
  const row = detail === 0 ? (target as Element).closest<HTMLElement>('[data-node]') : null;
  return row ? Number(row.dataset.node) : undefined;
}
