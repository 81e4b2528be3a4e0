/** Stars by customer and product, row by row; 0 is "not rated". */
export interface Ratings {
  readonly customers: number;
  readonly products: number;
  readonly stars: Float32Array;
}

/**
 * How alike every other customer's taste is to this one's: the cosine of their rating rows.
 *
 *     me    [5, 0, 3]
 *     you   [4, 0, 4]    (5·4 + 3·4) / (√34 · √32) = 0.97
 */
export function scoreNeighbours(ratings: Ratings, customer: number): Float64Array {
  const { customers, products, stars } = ratings;
  const scores = new Float64Array(customers);
  const mine = customer * products;
  for (let other = 0; other < customers; other++) {
    const theirs = other * products;
    let dot = 0;
    let myNorm = 0;
    let theirNorm = 0;
    for (let product = 0; product < products; product++) {
      const a = stars[mine + product];
      const b = stars[theirs + product];
      dot += a * b;
      myNorm += a * a;
      theirNorm += b * b;
    }
    scores[other] = dot / (Math.sqrt(myNorm * theirNorm) || 1);
  }
  scores[customer] = 0;
  return scores;
}
