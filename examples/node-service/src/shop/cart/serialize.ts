import type { Product } from '../catalogue/catalogue.ts';

export interface CartLine {
  readonly product: Product;
  readonly quantity: number;
}

/** A wholesale cart as JSON: every line with its product, its reviews and its sums. */
export function serializeCart(id: string, lines: readonly CartLine[]): string {
  const cart = {
    id,
    lines: lines.map(({ product, quantity }) => ({
      ...product,
      quantity,
      priceCents: String(product.priceCents),
      totalCents: String(product.priceCents * quantity),
    })),
    totalCents: String(
      lines.reduce((sum, line) => sum + line.product.priceCents * line.quantity, 0),
    ),
  };
  return JSON.stringify(cart, moneyAsText, 1);
}

/** '129900' → '1,299.00'. Being called for every value is what makes the cart slow. */
function moneyAsText(key: string, value: unknown): unknown {
  if (!key.endsWith('Cents') || typeof value !== 'string') return value;
  const cents = value.padStart(3, '0');
  return cents.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',') + '.' + cents.slice(-2);
}
