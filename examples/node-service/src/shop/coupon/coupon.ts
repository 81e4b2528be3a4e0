import { json, RequestError, textField, type ShopRequest, type ShopResponse } from '../http.ts';
import { matchCoupon } from './match.ts';

/** 2^22 ways to cut a code are slow; 2^30 would hang the shop. */
const LONGEST_CODE = 22;

export function coupon(request: ShopRequest): ShopResponse {
  const code = textField(request, 'code', LONGEST_CODE);
  if (!matchCoupon(code)) throw new RequestError(422, `'${code}' is not a coupon.`);
  return json({ code, discountPercent: 10 });
}
