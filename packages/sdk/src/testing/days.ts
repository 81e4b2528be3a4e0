import { landedTime, makeSamples, START_MS, type LandedSample } from './corpus.ts';
import { randomNumbers } from './random.ts';

const DAY_MS = 86_400_000;
export const DAYS = 3;
export const END_MS = START_MS + DAYS * DAY_MS;

/** Lengths of all buckets of all rollups. */
const GRAINS_MS = [60_000, 15 * 60_000, 3_600_000, DAY_MS];

/** A time in those days; every other one at the edge of a bucket, or a millisecond beside it. */
export function someTime(random: ReturnType<typeof randomNumbers>): number {
  const time = START_MS + random.whole(DAYS * DAY_MS);
  if (random.chance(0.5)) return time;
  const grain = random.pick(GRAINS_MS);
  return Math.floor(time / grain) * grain + random.pick([-1, 0, 0, 1]);
}

/** Samples as of `makeSamples`, but over three days, many of them at the edges of buckets. */
export function makeDays(rows: number, seed: number): LandedSample[] {
  const random = randomNumbers(seed);
  return makeSamples(rows, seed).map((sample) => ({
    ...sample,
    Timestamp: landedTime(someTime(random)),
  }));
}
