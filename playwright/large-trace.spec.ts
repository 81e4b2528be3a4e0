import { randomBytes } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { spanPanel } from './support/page.ts';
import { expect, test } from './support/stack.ts';

const spanIdOf = (at: number) => (at + 1).toString(16).padStart(16, '0');
/** `DateTime64(9)` as ClickHouse reads it from JSON. */
const timeOf = (millis: number) => new Date(millis).toISOString().slice(0, -1);

/** A root with spans below it, in order of their start, the root's logs and, last, one of the last span. */
async function insertTrace(
  client: ClickHouseClient,
  { spans, rootLogs = 0 }: { spans: number; rootLogs?: number },
): Promise<{ traceId: string; lastSpanId: string }> {
  const TraceId = randomBytes(16).toString('hex');
  const start = Date.now() - 60_000;
  await client.insert({
    table: 'otel_traces',
    format: 'JSONEachRow',
    values: Array.from({ length: spans }, (_, at) => ({
      ...{ Timestamp: timeOf(start + at), TraceId, SpanId: spanIdOf(at) },
      ...{ ParentSpanId: at === 0 ? '' : spanIdOf(0), SpanName: `step ${at}`, Duration: 1_000_000 },
      ...{ SpanKind: 'Internal', ServiceName: 'visitor', StatusCode: 'Unset' },
    })),
  });
  await client.insert({
    table: 'otel_logs',
    format: 'JSONEachRow',
    values: Array.from({ length: rootLogs + 1 }, (_, at) => ({
      ...{ Timestamp: timeOf(start + at), TraceId, ServiceName: 'visitor', SeverityText: 'INFO' },
      ...{ SpanId: spanIdOf(at === rootLogs ? spans - 1 : 0), Body: `line ${at}` },
    })),
  });
  return { traceId: TraceId, lastSpanId: spanIdOf(spans - 1) };
}

test('a trace is said to be cut only where it is longer', async ({ page, stack, client }) => {
  const panel = page.locator('[data-drawer="trace"]');
  const whole = await insertTrace(client, { spans: 2000 });
  await page.goto(`${stack.pageUrl}/?trace=${whole.traceId}&live=false`);
  await expect(panel).toContainText('2,000 spans');
  await expect(panel).not.toContainText('Only the first');

  const longer = await insertTrace(client, { spans: 2001 });
  await page.goto(`${stack.pageUrl}/?trace=${longer.traceId}&span=${longer.lastSpanId}&live=false`);
  await expect(panel).toContainText('Only the first 2,000 spans are shown.');
  await expect(spanPanel(page)).toContainText('No such span');
  await expect(spanPanel(page)).toContainText('Only the first 2,000 spans were looked at.');
});

test('a span’s log is found behind many of another span', async ({ page, stack, client }) => {
  const { traceId, lastSpanId } = await insertTrace(client, { spans: 2, rootLogs: 501 });
  await page.goto(`${stack.pageUrl}/?trace=${traceId}&span=${lastSpanId}&tab=logs&live=false`);
  const panel = spanPanel(page);
  await expect(panel.locator('.log')).toHaveText([/line 501/]);
  await expect(panel).not.toContainText('Only the first');
  await panel.getByRole('button', { name: 'Whole trace' }).click();
  await expect(panel.locator('.log')).toHaveCount(500);
  await expect(panel).toContainText('Only the first 500 logs are shown.');
});

test('what cannot be loaded again stays, and is said to be old', async ({
  page,
  stack,
  client,
}) => {
  const { traceId, lastSpanId } = await insertTrace(client, { spans: 2 });
  await page.clock.install();
  await page.goto(`${stack.pageUrl}/?trace=${traceId}&span=${lastSpanId}&tab=logs&live=false`);
  const panel = spanPanel(page);
  await expect(panel).toContainText('line 0');
  await page.keyboard.press('Escape');
  await page.clock.fastForward('01:00');
  await page.route(`${stack.connection.url}/**`, (route) => route.abort());
  await page.locator(`[data-span-id="${lastSpanId}"]`).click();

  await expect(page.locator('[data-drawer="trace"]')).toContainText(
    'These are not the newest spans.',
  );
  await expect(panel).toContainText('What is shown of the span is not the newest.');
  await expect(panel).not.toContainText('could not be loaded');
  await page.getByRole('tab', { name: /^Logs/ }).click();
  await expect(panel).toContainText('These are not the newest logs.');
  await expect(panel).toContainText('line 0');

  await page.unroute(`${stack.connection.url}/**`);
  await panel.getByRole('button', { name: 'Try again' }).first().click();
  await expect(panel).not.toContainText('What is shown of the span is not the newest.');
});
