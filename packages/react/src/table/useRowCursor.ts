import { useCallback, useState } from 'react';
import type { FrameKey } from '@hyperflame/calltree';

interface Place {
  readonly rows: Uint32Array;
  readonly index: number;
  /** Of the function there; `null` before anybody has gone to one. */
  readonly key: FrameKey | null;
}

/**
 * The row that the keyboard is at, counted as shown. Among other rows it is that of the same function,
 * or, where that is gone, the one in its place.
 *
 * @param keyOf  to be kept stable while rows are the same
 */
export function useRowCursor(
  rows: Uint32Array,
  keyOf: (row: number) => FrameKey,
): [cursor: number, setCursor: (index: number) => void] {
  const [at, setAt] = useState<Place>({ rows, index: 0, key: null });
  let { index } = at;
  if (at.rows !== rows) {
    const found = at.key === null ? -1 : rows.findIndex((row) => keyOf(row) === at.key);
    if (found !== -1) index = found;
    // The key stays until somebody moves on: what a filter leaves out comes back.
    setAt({ rows, index, key: at.key });
  }
  const setCursor = useCallback(
    (next: number) => {
      if (next < rows.length) setAt({ rows, index: next, key: keyOf(rows[next]) });
    },
    [rows, keyOf],
  );
  return [Math.max(0, Math.min(index, rows.length - 1)), setCursor];
}
