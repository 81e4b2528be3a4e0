import { findProduct, products } from '../catalogue/catalogue.ts';
import { RequestError, type ShopRequest, type ShopResponse } from '../http.ts';
import { renderProductPage } from './page.ts';

const RELATED = 250;

export function productPage(request: ShopRequest): ShopResponse {
  const product = findProduct(request.params['id']);
  if (product === undefined) throw new RequestError(404, `No product '${request.params['id']}'.`);
  const related = products.filter((other) => other.category === product.category).slice(0, RELATED);
  return { status: 200, type: 'text/html', body: renderProductPage(product, related) };
}
