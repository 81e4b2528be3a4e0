import { request } from 'node:http';
import { context, propagation, SpanKind } from '@opentelemetry/api';
import { inSpan } from '../../telemetry/spans.ts';

/** Asks for the money; the receipt's signature. @throws Error when it is refused */
export function charge(paymentsUrl: string, order: string, cents: number): Promise<string> {
  const url = new URL('/payments', paymentsUrl);
  const attributes = {
    'http.request.method': 'POST',
    'server.address': url.hostname,
    'server.port': Number(url.port),
    'url.full': url.href,
  };
  return inSpan('charge card', { kind: SpanKind.CLIENT, attributes }, async (span) => {
    const answer = await post(url, JSON.stringify({ order, cents }));
    span.setAttribute('http.response.status_code', answer.status);
    if (answer.status !== 200) throw new Error(`The payment was refused: ${answer.body}`);
    return (JSON.parse(answer.body) as { receipt: string }).receipt;
  });
}

/**
 * A connection of its own for every call. On a shared one, Node runs the socket's events in the
 * context of the request that opened it, so one customer's samples would carry another's span.
 */
function post(url: URL, body: string): Promise<{ status: number; body: string }> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  propagation.inject(context.active(), headers);
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}
