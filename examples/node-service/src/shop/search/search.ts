import { setImmediate as nextTurn } from 'node:timers/promises';
import { products } from '../catalogue/catalogue.ts';
import { json, RequestError, type ShopRequest, type ShopResponse } from '../http.ts';
import { rankProducts, type Ranked } from './rank.ts';

/** Products ranked between two breathers in which other requests get their turn. */
const SHELF = 500;
const ANSWERS = 20;

export async function search(request: ShopRequest): Promise<ShopResponse> {
  const query = request.query.get('q') ?? '';
  if (query.length < 2 || query.length > 100) {
    throw new RequestError(400, "'q' must have 2 to 100 characters.");
  }
  const found: Ranked[] = [];
  for (let at = 0; at < products.length; at += SHELF) {
    found.push(...rankProducts(query, products.slice(at, at + SHELF)));
    await nextTurn();
  }
  found.sort((a, b) => b.score - a.score);
  return json({
    query,
    hits: found
      .slice(0, ANSWERS)
      .map(({ product: { id, name, priceCents }, score }) => ({ id, name, priceCents, score })),
  });
}
