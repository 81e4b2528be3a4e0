import { describe, it } from 'vitest';
import { Random } from '../testing/random.ts';
import { forSeeds } from '../testing/random-stacks.ts';
import { rankTexts } from './rank-texts.ts';
import { allAtOnce } from './steps.ts';

/** Compares each text with the one before it in the order of the language. */
function expectRanks(texts: readonly string[]): void {
  const rank = allAtOnce(rankTexts(texts));
  const sorted = Array.from(texts.keys()).sort((a, b) =>
    texts[a] < texts[b] ? -1 : texts[a] > texts[b] ? 1 : 0,
  );
  let expected = 0;
  sorted.forEach((text, i) => {
    if (i > 0 && texts[text] !== texts[sorted[i - 1]]) expected++;
    if (rank[text] !== expected) {
      throw new Error(`${JSON.stringify(texts[text])} has rank ${rank[text]}, not ${expected}`);
    }
  });
}

describe('ranks of texts', () => {
  it('are those of their code units, however long and strange', () => {
    // Letters whose codes lie around those that have room in a byte, and beginnings in common.
    const letters = ['a', 'b', '\0', 'ý', 'þ', 'ÿ', 'Ā', '€', '😀', '\ud83d', 'in common'];
    forSeeds(30, (seed) => {
      const random = new Random(seed);
      const few = 2 + random.below(letters.length - 2);
      const texts = Array.from({ length: 3000 }, () =>
        Array.from({ length: random.below(9) }, () => letters[random.below(few)]).join(''),
      );
      expectRanks(texts);
    });
  });

  it.each([
    ['no texts', []],
    ['empty ones', Array.from({ length: 1000 }, () => '')],
    [
      'numbers behind a name',
      Array.from({ length: 20_000 }, (_, i) => `hash_${(i * 7919) % 6007}`),
    ],
    ['a long beginning', Array.from({ length: 500 }, (_, i) => 'f'.repeat(100_000) + (i % 300))],
    ['one text inside another', Array.from({ length: 2000 }, (_, i) => 'x'.repeat(i % 700))],
    ['letters that no byte holds', Array.from({ length: 2000 }, (_, i) => `名前${i % 900}`)],
  ])('%s', (_, texts) => {
    expectRanks(texts);
  });
});
