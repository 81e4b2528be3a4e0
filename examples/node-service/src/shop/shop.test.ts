import { pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { packParcels } from './checkout/parcels.ts';
import { matchCoupon } from './coupon/match.ts';
import { scoreNeighbours } from './recommendations/neighbours.ts';
import { findRoute } from './router.ts';
import { derivePasswordKey } from './sign-in/pbkdf2.ts';

test.each([1, 2, 9999, 10_000, 10_001])('PBKDF2 is what node:crypto says, %i rounds', async (n) => {
  const salt = Buffer.from('some salt');
  const expected = pbkdf2Sync('pässword', salt, n, 32, 'sha256').toString('hex');
  const key = await derivePasswordKey('pässword', salt, n);
  expect(Buffer.from(key).toString('hex')).toBe(expected);
});

test('parcels are as full as they can be, and hold everything once', () => {
  expect(packParcels([7, 5, 4, 3], 10)).toEqual([
    [7, 3],
    [5, 4],
  ]);
  const weights = Array.from({ length: 50 }, (_, i) => 100 + ((i * 7919) % 900));
  const parcels = packParcels(weights, 3000);
  expect(parcels.flat().sort()).toEqual([...weights].sort());
  for (const parcel of parcels) expect(parcel.reduce((a, b) => a + b)).toBeLessThanOrEqual(3000);
});

test('what is heavier than a parcel travels alone', () => {
  expect(packParcels([50, 4], 10)).toEqual([[4], [50]]);
});

test('the neighbour with the same taste scores highest', () => {
  const stars = Float32Array.of(5, 0, 3, 4, 0, 4, 0, 5, 0);
  const scores = scoreNeighbours({ customers: 3, products: 3, stars }, 0);
  expect(scores[1]).toBeCloseTo(32 / (Math.sqrt(34) * Math.sqrt(32)));
  expect([scores[0], scores[2]]).toEqual([0, 0]);
});

test('coupons', () => {
  expect(matchCoupon('SUMMER-2026')).toBe(true);
  expect(matchCoupon('SUMMER!')).toBe(false);
});

test('routes', () => {
  expect(findRoute('GET', '/products/17')).toMatchObject({ name: 'product', params: { id: '17' } });
  expect(findRoute('POST', '/products/17')).toBeUndefined();
  expect(findRoute('GET', '/products/')).toBeUndefined();
  expect(findRoute('GET', '/')).toBeUndefined();
});
