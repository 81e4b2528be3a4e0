/** Work in pieces of a fraction of a millisecond; the result comes with the last one. */
export type Pieces<Result> = Generator<undefined, Result>;

/** Then the page has its turn. */
const TURN_MS = 4;

/** The page does first what it has to do. */
export function pageTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Work on the page's thread that never holds it up. */
export function inTurns<Result>(
  pieces: () => Pieces<Result>,
): (signal?: AbortSignal) => Promise<Result> {
  return async (signal) => {
    const work = pieces();
    for (;;) {
      await pageTurn();
      signal?.throwIfAborted();
      const end = performance.now() + TURN_MS;
      while (performance.now() < end) {
        const piece = work.next();
        if (piece.done) return piece.value;
      }
    }
  };
}

/** Work so small that it is done before anything could have its turn. */
export function atOnce<Result>(pieces: Pieces<Result>): Result {
  for (;;) {
    const piece = pieces.next();
    if (piece.done) return piece.value;
  }
}
