import { expect, it } from 'vitest';
import { mayGrow, type Span } from './spans.ts';

const span = (endMillis: number): Span => ({
  traceId: 't',
  spanId: 's',
  parentSpanId: '',
  name: 'GET /',
  kind: 'Server',
  service: 'shop',
  startNano: BigInt(endMillis - 250) * 1_000_000n,
  durationNano: 250e6,
  status: 'Ok',
  statusMessage: '',
  attributes: {},
  resource: {},
  events: [],
});

it('waits for further spans of a trace for half a minute after the last one ended', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(mayGrow([], now)).toBe(false);
  expect(mayGrow([span(now - 60_000), span(now - 29_999)], now)).toBe(true);
  expect(mayGrow([span(now - 60_000), span(now - 30_000)], now)).toBe(false);
});
