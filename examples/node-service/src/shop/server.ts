import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
} from '@opentelemetry/api';
import { log } from '../telemetry/log.ts';
import { preciseNow } from '../telemetry/spans.ts';
import { cart } from './cart/cart.ts';
import { checkout } from './checkout/checkout.ts';
import { Journal } from './checkout/journal.ts';
import { coupon } from './coupon/coupon.ts';
import type { EndpointName } from './endpoints.ts';
import { json, RequestError, type Handler, type ShopRequest, type ShopResponse } from './http.ts';
import { payment } from './payment/payment.ts';
import { productPage } from './product/product.ts';
import { recommendations } from './recommendations/recommendations.ts';
import { findRoute, type Match } from './router.ts';
import { search } from './search/search.ts';
import { signIn } from './sign-in/sign-in.ts';

const LONGEST_BODY = 64 * 1024;

export interface Shop {
  /** e.g. `http://127.0.0.1:8080` */
  readonly url: string;
  /** Answers what is in flight, then ends. */
  close(): Promise<void>;
}

/** @param port 0 picks a free one */
export async function openShop(port: number): Promise<Shop> {
  const journal = await Journal.open();
  let url = '';
  const handlers: Record<EndpointName, Handler> = {
    signIn,
    search,
    product: productPage,
    cart,
    coupon,
    recommendations,
    checkout: checkout({ journal, paymentsUrl: () => url }),
    payment,
  };
  const server = createServer((request, response) => void serve(handlers, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      await journal.remove();
    },
  };
}

async function serve(
  handlers: Record<EndpointName, Handler>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://shop');
  const match = findRoute(request.method, url.pathname);
  if (match === undefined) {
    send(response, json({ error: `Nothing answers ${request.method} ${url.pathname}.` }, 404));
    return;
  }
  const { method, route } = match.endpoint;
  const caller = propagation.extract(context.active(), request.headers);
  const options = {
    kind: SpanKind.SERVER,
    startTime: preciseNow(),
    attributes: {
      'http.request.method': method,
      'http.route': route,
      'url.path': url.pathname,
      'url.scheme': 'http',
    },
  };
  await trace
    .getTracer('shop')
    .startActiveSpan(`${method} ${route}`, options, caller, async function answer(span) {
      const reply = await replyOf(handlers[match.name], request, url, match, span);
      span.setAttribute('http.response.status_code', reply.status);
      send(response, reply);
      span.end(preciseNow());
    });
}

async function replyOf(
  handler: Handler,
  request: IncomingMessage,
  url: URL,
  match: Match,
  span: Span,
): Promise<ShopResponse> {
  const started = performance.now();
  const about = () => ({
    'http.route': match.endpoint.route,
    'shop.milliseconds': Math.round(performance.now() - started),
  });
  try {
    const shopRequest: ShopRequest = {
      params: match.params,
      query: url.searchParams,
      headers: request.headers,
      body: match.endpoint.method === 'POST' ? await readJson(request) : {},
    };
    const answer = await handler(shopRequest);
    log.info(`${match.endpoint.method} ${match.endpoint.route} answered`, about());
    return answer;
  } catch (error) {
    if (error instanceof RequestError) {
      log.warn(error.message, about());
      return json({ error: error.message }, error.status);
    }
    const failure = error instanceof Error ? error : new Error(String(error));
    span.recordException(failure);
    span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
    log.error(failure.message, { ...about(), 'exception.stacktrace': failure.stack ?? '' });
    return json({ error: 'Something went wrong.' }, 500);
  }
}

async function readJson(request: IncomingMessage): Promise<ShopRequest['body']> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new RequestError(413, 'The body is too long.');
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new RequestError(400, 'The body is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestError(400, 'The body must be a JSON object.');
  }
  return value as ShopRequest['body'];
}

function send(response: ServerResponse, { status, type, body }: ShopResponse): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}
