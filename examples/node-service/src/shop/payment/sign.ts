import { createHmac } from 'node:crypto';

/** Chained so that a receipt costs something to forge. */
export function signReceipt(secret: string, order: string, cents: number, rounds: number): string {
  let signature = `${order}:${cents}`;
  for (let round = 0; round < rounds; round++) {
    signature = createHmac('sha256', secret).update(signature).digest('hex');
  }
  return signature;
}
