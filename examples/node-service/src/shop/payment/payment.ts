import { json, RequestError, textField, type ShopRequest, type ShopResponse } from '../http.ts';
import { signReceipt } from './sign.ts';

const ROUNDS = 3000;

/** Stands in its own trace segment, as another company's server would: called over HTTP only. */
export function payment(request: ShopRequest): ShopResponse {
  const order = textField(request, 'order');
  const cents = request.body['cents'];
  if (typeof cents !== 'number' || !Number.isSafeInteger(cents) || cents <= 0) {
    throw new RequestError(400, "'cents' must be a positive whole number.");
  }
  return json({ order, receipt: signReceipt('shop secret', order, cents, ROUNDS) });
}
