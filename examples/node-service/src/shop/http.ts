import type { IncomingHttpHeaders } from 'node:http';

export interface ShopRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ShopResponse {
  readonly status: number;
  readonly type: 'application/json' | 'text/html';
  readonly body: string;
}

export type Handler = (request: ShopRequest) => ShopResponse | Promise<ShopResponse>;

/** Thrown by a handler to answer with a status and a sentence for the caller. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function json(value: unknown, status = 200): ShopResponse {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

/** @throws RequestError 400 when the field is missing or no text */
export function textField(request: ShopRequest, name: string, longest = 200): string {
  const value = request.body[name];
  if (typeof value !== 'string' || value === '' || value.length > longest) {
    throw new RequestError(400, `'${name}' must be a text of 1 to ${longest} characters.`);
  }
  return value;
}
