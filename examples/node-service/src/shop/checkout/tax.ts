import type { Product } from '../catalogue/catalogue.ts';

const RATES: Readonly<Record<string, number>> = { Notebook: 0.07, Teapot: 0.19, Planter: 0.07 };

/** Sum with tax, rounded line by line as an invoice must. */
export function priceOrder(items: readonly Product[]): number {
  let cents = 0;
  for (const item of items)
    cents += Math.round(item.priceCents * (1 + (RATES[item.category] ?? 0.19)));
  return cents;
}
