/** A source of pseudo-random numbers in [0, 1). The same seed gives the same numbers everywhere. */
export type Random = () => number;

/** FNV-1a over UTF-16 code units: enough to turn a readable seed into 32 well-mixed bits. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** Mulberry32: 32 bits of state, and fast; nothing here needs a longer period than 2³². */
export function random(seed: string): Random {
  let state = hash32(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** An integer in [low, high]. */
export function integer(next: Random, low: number, high: number): number {
  return low + Math.floor(next() * (high - low + 1));
}

export function pick<T>(next: Random, from: readonly T[]): T {
  return from[Math.floor(next() * from.length)] as T;
}

/** Earlier entries more often: entry i of n with a probability that falls as i grows. */
export function pickEarly<T>(next: Random, from: readonly T[]): T {
  const u = next();
  return from[Math.floor(u * u * from.length)] as T;
}

/** A number whose logarithm is normal with the given median and spread (Box–Muller). */
export function logNormal(next: Random, median: number, sigma: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - next()));
  return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * next()));
}

export function shuffled<T>(next: Random, items: readonly T[]): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const swap = result[i] as T;
    result[i] = result[j] as T;
    result[j] = swap;
  }
  return result;
}
