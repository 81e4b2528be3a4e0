import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ENDPOINTS, type EndpointName } from './shop/endpoints.ts';
import { pick, seededRandom } from './shop/random.ts';

export interface LoadOptions {
  /** Base URL of the shop. */
  readonly url: string;
  /** Undefined goes on until the signal. */
  readonly seconds?: number;
  /** Requests that begin in a second, on average; they do not wait for each other. */
  readonly rps: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

export interface EndpointLoad {
  readonly endpoint: string;
  readonly requests: number;
  /** No answer, or a status of 500 and more. */
  readonly failures: number;
  readonly medianMillis: number;
  readonly p95Millis: number;
}

/** How often customers come to each. Payments are the shop's own calls. */
const WEIGHTS: Record<Exclude<EndpointName, 'payment'>, number> = {
  signIn: 6,
  search: 5,
  product: 4,
  cart: 2,
  coupon: 2,
  recommendations: 3,
  checkout: 3,
};

const names = (Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]).flatMap((name) =>
  Array.from({ length: WEIGHTS[name] }, () => name),
);
const QUERIES = ['oak desk lamp', 'lether backpack', 'quiet wall clock', 'tea', 'copper ketle'];

/**
 * Sends requests at random times (a Poisson process, as independent customers do), the same ones
 * in the same order for the same seed.
 */
export async function runLoad(options: LoadOptions): Promise<EndpointLoad[]> {
  const random = seededRandom(options.seed);
  const end = options.seconds === undefined ? Infinity : Date.now() + options.seconds * 1000;
  const outcomes: Outcome[] = [];
  const inFlight = new Set<Promise<void>>();
  let due = Date.now();
  while (!options.signal?.aborted) {
    due += (-Math.log(1 - random()) * 1000) / options.rps;
    if (due > end) break;
    await delay(Math.max(0, due - Date.now()), undefined, { signal: options.signal }).catch(
      () => undefined,
    );
    if (options.signal?.aborted) break;
    const name = pick(random, names);
    const sent = send(options.url, name, requestFor(name, random)).then((outcome) => {
      outcomes.push(outcome);
      inFlight.delete(sent);
    });
    inFlight.add(sent);
  }
  await Promise.all(inFlight);
  return summarise(outcomes);
}

interface Outcome {
  readonly name: EndpointName;
  readonly failed: boolean;
  readonly millis: number;
}

interface LoadRequest {
  readonly path: string;
  readonly body?: unknown;
}

function requestFor(name: keyof typeof WEIGHTS, random: () => number): LoadRequest {
  const below = (limit: number) => Math.floor(random() * limit);
  switch (name) {
    case 'signIn': {
      const customer = below(8);
      // One in ten mistypes.
      const password = random() < 0.1 ? 'passwrod' : `password-${customer}`;
      return { path: '/sign-in', body: { customer: String(customer), password } };
    }
    case 'search':
      return { path: `/search?q=${encodeURIComponent(pick(random, QUERIES))}` };
    case 'product':
      return { path: `/products/${below(3000)}` };
    case 'cart':
      return { path: `/carts/${below(1000)}` };
    case 'coupon':
      return { path: '/coupons', body: { code: `SUMMER${2000 + below(100)}GARDENSALES!` } };
    case 'recommendations':
      return { path: `/customers/${below(4000)}/recommendations` };
    case 'checkout':
      return {
        path: '/checkout',
        body: { products: Array.from({ length: 40 + below(60) }, () => below(3000)) },
      };
  }
}

async function send(
  shop: string,
  name: keyof typeof WEIGHTS,
  { path, body }: LoadRequest,
): Promise<Outcome> {
  const started = performance.now();
  let failed: boolean;
  try {
    const response = await fetch(shop + path, {
      method: ENDPOINTS[name].method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    await response.arrayBuffer();
    failed = response.status >= 500;
  } catch {
    failed = true;
  }
  return { name, failed, millis: performance.now() - started };
}

function summarise(outcomes: readonly Outcome[]): EndpointLoad[] {
  return Object.entries(ENDPOINTS)
    .map(([name, { method, route }]) => {
      const own = outcomes.filter((outcome) => outcome.name === name);
      const millis = own.map((outcome) => outcome.millis).sort((a, b) => a - b);
      return {
        endpoint: `${method} ${route}`,
        requests: own.length,
        failures: own.filter((outcome) => outcome.failed).length,
        medianMillis: Math.round(millis[Math.floor(millis.length * 0.5)] ?? 0),
        p95Millis: Math.round(millis[Math.floor(millis.length * 0.95)] ?? 0),
      };
    })
    .filter(({ requests }) => requests > 0);
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:8080' },
      seconds: { type: 'string' },
      rps: { type: 'string', default: '6' },
      seed: { type: 'string', default: '1' },
    },
  });
  const stopping = new AbortController();
  void once(process, 'SIGINT').then(() => stopping.abort());
  const summary = await runLoad({
    url: values.url,
    seconds: values.seconds === undefined ? undefined : Number(values.seconds),
    rps: Number(values.rps),
    seed: Number(values.seed),
    signal: stopping.signal,
  });
  console.table(summary);
}
