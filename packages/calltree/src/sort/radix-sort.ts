import { inParts, type Steps } from './steps.ts';

/** Three digits make a key of 32 bits, and 2 048 places to write at stay in a processor's cache. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Sorts many items, numbers that stand for something, in a time that grows with how many there are
 * and with nothing else. Keys are whole numbers of 32 bits, and items of one key keep their order; so
 * longer keys are sorted word by word, the least important one first:
 *
 *     yield* sort.by((item) => low[item]);
 *     yield* sort.by((item) => high[item]);
 *
 * A key is looked up once and then moves with its item, so sorting reads memory from end to end.
 */
export class RadixSort {
  #items: Uint32Array;
  #keys: Uint32Array;
  #movedItems: Uint32Array;
  #movedKeys: Uint32Array;

  /** Items are the numbers from 0 on. */
  constructor(length: number) {
    this.#items = new Uint32Array(length);
    for (let item = 0; item < length; item++) this.#items[item] = item;
    this.#keys = new Uint32Array(length);
    this.#movedItems = new Uint32Array(length);
    this.#movedKeys = new Uint32Array(length);
  }

  /** In their order as it is now; further sorting may use the array for something else. */
  get items(): Uint32Array {
    return this.#items;
  }

  /** The keys they were last sorted by, in the same order. */
  get keys(): Uint32Array {
    return this.#keys;
  }

  /** Puts the items `from … to` in the order of their keys, smallest first. */
  *by(keyOf: (item: number) => number, from = 0, to = this.#items.length): Steps {
    const items = this.#items;
    const keys = this.#keys;
    let common = -1;
    let any = 0;
    yield* inParts(from, to, (start, stop) => {
      for (let i = start; i < stop; i++) {
        const key = keyOf(items[i]);
        keys[i] = key;
        common &= key;
        any |= key;
      }
    });
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      // A digit that all keys have alike puts nothing in another order.
      if ((((any ^ common) >>> shift) & (DIGITS - 1)) !== 0) yield* this.#byDigit(shift, from, to);
    }
  }

  *#byDigit(shift: number, from: number, to: number): Steps {
    const items = this.#items;
    const keys = this.#keys;
    const movedItems = this.#movedItems;
    const movedKeys = this.#movedKeys;
    const place = new Uint32Array(DIGITS);
    yield* inParts(from, to, (start, stop) => {
      for (let i = start; i < stop; i++) place[(keys[i] >>> shift) & (DIGITS - 1)]++;
    });
    let next = from;
    for (let digit = 0; digit < DIGITS; digit++) {
      const size = place[digit];
      place[digit] = next;
      next += size;
    }
    yield* inParts(from, to, (start, stop) => {
      for (let i = start; i < stop; i++) {
        const to = place[(keys[i] >>> shift) & (DIGITS - 1)]++;
        movedItems[to] = items[i];
        movedKeys[to] = keys[i];
      }
    });
    if (to - from < items.length) {
      items.set(movedItems.subarray(from, to), from);
      keys.set(movedKeys.subarray(from, to), from);
    } else {
      this.#items = movedItems;
      this.#keys = movedKeys;
      this.#movedItems = items;
      this.#movedKeys = keys;
    }
  }
}
