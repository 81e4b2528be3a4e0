/**
 * Long work in steps of a few milliseconds: between two of them it can be given up, or others can
 * have their turn. Each says how many things it has done; the result comes with the last one.
 */
export type Steps<Result = void> = Generator<number, Result>;

/** Cheap things, such as moving a number, that are done in one step. */
const AT_ONCE = 1 << 16;

/** Does the same to one part of a range after the other, each a step. */
export function* inParts(
  from: number,
  to: number,
  part: (from: number, to: number) => void,
): Steps {
  for (let at = from; at < to; at += AT_ONCE) {
    const end = Math.min(at + AT_ONCE, to);
    part(at, end);
    yield end - at;
  }
}

/** Does all steps without a break. */
export function allAtOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
