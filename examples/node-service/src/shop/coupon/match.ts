/**
 * Groups of letters and digits, with or without dashes between them. Written in a hurry: for a code
 * that ends in anything else, the engine tries every way of cutting it into groups, and each
 * further character doubles the work.
 */
const COUPON = /^([A-Z0-9]+-?)+$/;

export function matchCoupon(code: string): boolean {
  return COUPON.test(code);
}
