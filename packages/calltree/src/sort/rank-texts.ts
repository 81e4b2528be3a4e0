import { RadixSort } from './radix-sort.ts';
import { inParts, type Steps } from './steps.ts';

/** Up to here, comparing texts with each other is the fastest way. */
const FEW = 256;

/** Code units in a key, each in a byte that is 0 where the text has ended. */
const IN_KEY = 4;
const LARGEST = 255;

/** Texts `from … to` that have their first `common` units in common. */
interface Group {
  readonly from: number;
  readonly to: number;
  readonly common: number;
}

/**
 * The rank of each text by its code units; equal texts have the same.
 *
 * Texts are sorted by four code units at once, those with the same four by the next ones, and so on
 * until few are left together. Where that parts none of them, all they have in common is skipped.
 *
 *     hash_10 hash_2 hash_11 hash_2        "hash" parts none, what follows "hash_" does: 0 2 1 2
 */
export function* rankTexts(texts: readonly string[]): Steps<Uint32Array> {
  const sort = new RadixSort(texts.length);
  const compare = (a: number, b: number) =>
    texts[a] === texts[b] ? 0 : texts[a] < texts[b] ? -1 : 1;
  const groups: Group[] = [{ from: 0, to: texts.length, common: 0 }];
  for (let group = groups.pop(); group; group = groups.pop()) {
    const { from, to, common } = group;
    if (to - from <= FEW) {
      sort.items.subarray(from, to).sort(compare);
      yield to - from;
      continue;
    }
    yield* sort.by((text) => keyAt(texts[text], common), from, to);
    const { items, keys } = sort;
    if (keys[from] === keys[to - 1] && unitsIn(keys[from]) > 0) {
      let prefix = texts[items[from]];
      yield* inParts(from, to, (start, stop) => {
        for (let i = start; i < stop; i++) {
          const text = texts[items[i]];
          if (!text.startsWith(prefix)) prefix = prefix.slice(0, unitsInCommon(text, prefix));
        }
      });
      groups.push({ from, to, common: prefix.length });
      continue;
    }
    let start = from;
    yield* inParts(from + 1, to + 1, (first, last) => {
      for (let i = first; i < last; i++) {
        if (i < to && keys[i] === keys[start]) continue;
        const key = keys[start];
        const more = unitsIn(key);
        if (more > 0 && i - start > 1) groups.push({ from: start, to: i, common: common + more });
        // There is no telling these apart by keys. Where the key is 0, texts have ended and are equal.
        else if (more === 0 && key !== 0) items.subarray(start, i).sort(compare);
        start = i;
      }
    });
  }

  const { items } = sort;
  const rank = new Uint32Array(texts.length);
  yield* inParts(1, texts.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const isNew = texts[items[i]] !== texts[items[i - 1]];
      rank[items[i]] = rank[items[i - 1]] + (isNew ? 1 : 0);
    }
  });
  return rank;
}

function unitsInCommon(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** A number that grows with the text from a place on. Equal for some texts that differ. */
function keyAt(text: string, from: number): number {
  let key = 0;
  for (let i = 0, unit = 1; i < IN_KEY; i++) {
    // Nothing is known behind the end, or behind a unit that has no room in its byte.
    const isKnown = unit !== LARGEST && from + i < text.length;
    unit = isKnown
      ? Math.min(text.charCodeAt(from + i) + 1, LARGEST)
      : unit === LARGEST
        ? LARGEST
        : 0;
    key = (key << 8) | unit;
  }
  return key >>> 0;
}

/** How many units of a text its key tells. */
function unitsIn(key: number): number {
  let units = 0;
  for (let byte = key >>> 24; byte !== 0 && byte !== LARGEST && units < IN_KEY; units++) {
    key <<= 8;
    byte = key >>> 24;
  }
  return units;
}
