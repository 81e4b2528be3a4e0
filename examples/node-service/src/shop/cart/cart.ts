import { products } from '../catalogue/catalogue.ts';
import { RequestError, type ShopRequest, type ShopResponse } from '../http.ts';
import { seededRandom } from '../random.ts';
import { serializeCart } from './serialize.ts';

/** A reseller's cart: the number of the cart decides what is in it. */
export function cart(request: ShopRequest): ShopResponse {
  const { id } = request.params;
  if (!/^\d{1,6}$/.test(id)) throw new RequestError(404, `No cart '${id}'.`);
  const random = seededRandom(Number(id));
  const lines = products
    .filter(() => random() < 0.6)
    .map((product) => ({ product, quantity: 1 + Math.floor(random() * 12) }));
  return { status: 200, type: 'application/json', body: serializeCart(id, lines) };
}
