import { SEQUENTIAL } from '../theme/palette.ts';

/** Shares of the whole that the steps of self begin at, of which the first has none: see `selfScale`. */
export const SELF_LIMITS: readonly number[] = SEQUENTIAL.slice(1).map(
  (_, i, { length }) => (i / length) ** 2,
);
