import { pbkdf2Sync, randomUUID, timingSafeEqual } from 'node:crypto';
import { json, RequestError, textField, type ShopRequest, type ShopResponse } from '../http.ts';
import { derivePasswordKey } from './pbkdf2.ts';

const ROUNDS = 30_000;

interface Account {
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** Customers '0' … '7' with the passwords 'password-0' … 'password-7'. */
const accounts = new Map<string, Account>(
  Array.from({ length: 8 }, (_, customer) => {
    const salt = Buffer.from(`salt of customer ${customer}`);
    const key = pbkdf2Sync(`password-${customer}`, salt, ROUNDS, 32, 'sha256');
    return [String(customer), { salt, key }];
  }),
);

export async function signIn(request: ShopRequest): Promise<ShopResponse> {
  const account = accounts.get(textField(request, 'customer'));
  const password = textField(request, 'password', 64);
  if (account === undefined) throw new RequestError(401, 'Unknown customer or wrong password.');
  const key = await derivePasswordKey(password, account.salt, ROUNDS);
  if (!timingSafeEqual(key, account.key)) {
    throw new RequestError(401, 'Unknown customer or wrong password.');
  }
  return json({ session: randomUUID() });
}
