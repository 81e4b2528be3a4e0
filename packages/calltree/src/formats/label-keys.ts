import { malformed } from './guards.ts';

/**
 * Each key of a label becomes a column with a place for every stack: a small file with very many keys
 * would take all memory.
 */
const MOST_KEYS = 256;

/** Counts the keys of labels in a file. */
export class LabelKeys {
  readonly #keys = new Set<string>();

  get size(): number {
    return this.#keys.size;
  }

  /** Throws `invalid-format` for a key too many. */
  add(key: string, place: string): void {
    if (this.#keys.add(key).size > MOST_KEYS) {
      throw malformed(place, `more than ${MOST_KEYS} different keys of labels`);
    }
  }
}
