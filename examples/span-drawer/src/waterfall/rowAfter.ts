/**
 * The row that a key goes to from row `at`, or undefined for a key that goes nowhere. There is
 * nothing beyond the first and the last: a key held down ends there.
 */
export function rowAfter(key: string, at: number, rows: number): number | undefined {
  const last = rows - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, last);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
  }
}
