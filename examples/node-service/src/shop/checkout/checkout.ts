import { randomUUID } from 'node:crypto';
import { findProduct, type Product } from '../catalogue/catalogue.ts';
import { json, RequestError, type ShopRequest, type ShopResponse } from '../http.ts';
import { charge } from '../payment/client.ts';
import { inSpan } from '../../telemetry/spans.ts';
import { log } from '../../telemetry/log.ts';
import type { Journal } from './journal.ts';
import { packParcels } from './parcels.ts';
import { priceOrder } from './tax.ts';

const PARCEL_GRAMS = 31_500;
const MOST_ITEMS = 120;

export interface CheckoutParts {
  readonly journal: Journal;
  /** Base URL of the server that takes payments. */
  readonly paymentsUrl: () => string;
}

export function checkout({ journal, paymentsUrl }: CheckoutParts) {
  return async function placeOrder(request: ShopRequest): Promise<ShopResponse> {
    const items = itemsOf(request);
    const order = randomUUID();
    const cents = await inSpan('price order', {}, function price() {
      return priceOrder(items);
    });
    await inSpan('reserve stock', { attributes: { 'shop.items': items.length } }, () =>
      journal.append('stock', { order, items: items.map((item) => item.id) }),
    );
    // The card and the parcels have nothing to do with each other, so they go side by side.
    const [receipt, parcels] = await Promise.all([
      charge(paymentsUrl(), order, cents),
      inSpan('pack parcels', {}, function pack(span) {
        const packed = packParcels(
          items.map((item) => item.weightGrams),
          PARCEL_GRAMS,
        );
        span.setAttribute('shop.parcels', packed.length);
        return packed;
      }),
    ]);
    await inSpan('write order', {}, () => journal.append('orders', { order, cents, receipt }));
    log.info('Order placed', { 'shop.order': order, 'shop.cents': cents });
    return json({ order, cents, parcels: parcels.length }, 201);
  };
}

function itemsOf(request: ShopRequest): Product[] {
  const ids = request.body['products'];
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MOST_ITEMS) {
    throw new RequestError(400, `'products' must list 1 to ${MOST_ITEMS} product numbers.`);
  }
  return ids.map((id) => {
    const product = findProduct(String(id));
    if (product === undefined) throw new RequestError(422, `No product '${String(id)}'.`);
    return product;
  });
}
