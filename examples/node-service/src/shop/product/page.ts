import type { Product, Review } from '../catalogue/catalogue.ts';

/** The whole page as HTML, every character of it escaped by hand. */
export function renderProductPage(product: Product, related: readonly Product[]): string {
  const parts = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<title>${escapeHtml(product.name)}</title></head><body>`,
    `<h1>${escapeHtml(product.name)}</h1><p>${escapeHtml(product.brand)}</p>`,
    `<p>${price(product.priceCents)}</p>`,
  ];
  for (const item of [product, ...related]) {
    parts.push(`<section><h2>${escapeHtml(item.name)}</h2><ul>`);
    for (const review of item.reviews) parts.push(renderReview(review));
    parts.push('</ul></section>');
  }
  parts.push('</body></html>');
  return parts.join('\n');
}

function renderReview(review: Review): string {
  const stars = '★'.repeat(review.stars) + '☆'.repeat(5 - review.stars);
  return `<li><b>${escapeHtml(review.author)}</b> ${stars}<p>${renderMarkdown(review.text)}</p></li>`;
}

function renderMarkdown(text: string): string {
  return escapeHtml(text)
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\[([^\]]+)\]\((https:[^)]+)\)/g, '<a href="$2">$1</a>');
}

function escapeHtml(text: string): string {
  let escaped = '';
  for (const character of text) {
    switch (character) {
      case '&':
        escaped += '&amp;';
        break;
      case '<':
        escaped += '&lt;';
        break;
      case '>':
        escaped += '&gt;';
        break;
      case '"':
        escaped += '&quot;';
        break;
      default:
        escaped += character;
    }
  }
  return escaped;
}

function price(cents: number): string {
  return `€${(cents / 100).toFixed(2)}`;
}
