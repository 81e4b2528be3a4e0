import type { Product } from '../catalogue/catalogue.ts';

export interface Ranked {
  readonly product: Product;
  /** 0 … 1 */
  readonly score: number;
}

/**
 * How alike each product's card (name, brand, first opinions) is to the query: the Sørensen–Dice coefficient of their letter
 * pairs, so that 'desk lmap' still finds the desk lamp.
 *
 *     'lamp' → la am mp      'lmap' → lm ma ap      0 of 3 pairs shared: 0
 *     'lamp' → la am mp      'lamps' → la am mp ps  3 shared: 2·3 / (3 + 4) = 0.86
 */
export function rankProducts(query: string, shelf: readonly Product[]): Ranked[] {
  const ranked: Ranked[] = [];
  const wanted = query.toLowerCase();
  for (const product of shelf) {
    const opinions = product.reviews.slice(0, 3).map((review) => review.text);
    const card = [product.name, product.brand, ...opinions].join(' ').toLowerCase();
    let shared = 0;
    for (let i = 0; i + 1 < wanted.length; i++) {
      for (let j = 0; j + 1 < card.length; j++) {
        if (
          wanted.charCodeAt(i) === card.charCodeAt(j) &&
          wanted.charCodeAt(i + 1) === card.charCodeAt(j + 1)
        ) {
          shared++;
          break;
        }
      }
    }
    const score = (2 * shared) / (wanted.length - 1 + card.length - 1);
    if (score > 0.05) ranked.push({ product, score });
  }
  return ranked;
}
