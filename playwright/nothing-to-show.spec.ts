import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { startClickHouse } from '@hyperflame/embedded';
import { serveApp } from '../examples/span-drawer/src/serve.ts';
import { migrateAt } from '../scripts/lib/stack.mjs';
import { spansNamed, waitingSpan } from './support/data.ts';
import { expectPicture, openProfile, spanPanel } from './support/page.ts';
import { expect, test } from './support/stack.ts';

test('an unknown trace id says what was looked for, and where', async ({ page, stack }) => {
  const traceId = '0123456789abcdef0123456789abcdef';
  await page.goto(`${stack.pageUrl}/?trace=${traceId}`);
  const panel = page.locator('[data-drawer="trace"]');
  await expect(panel).toContainText('No spans found');
  await expect(panel).toContainText(traceId);
  await expect(panel).toContainText(stack.connection.url);
});

test('a span that waited offers its process’s samples, as an estimate', async ({
  page,
  stack,
  client,
}) => {
  const span = await waitingSpan(client);
  await openProfile(page, stack.pageUrl, span);
  const panel = spanPanel(page);
  await expect(panel).toContainText('No samples are linked to this span');
  await expect(panel).toContainText(span.spanId);
  await panel.getByRole('button', { name: 'Show the process while this span ran' }).click();
  await expectPicture(page);
  await expect(panel.getByText('Estimate', { exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Back to linked samples' }).click();
  await expect(panel).toContainText('No samples are linked to this span');
});

test('ClickHouse stops: the reason and a retry, and the rest of the page lives', async ({
  page,
  client,
}) => {
  // Another server, because this one has to stop; with a real trace in it.
  let server = await startClickHouse();
  const { url } = server;
  const port = Number(new URL(url).port);
  const connection = { url, username: 'default', password: '', database: 'default' };
  await migrateAt(connection);
  await copyTraces(client, url);
  const config = { clickhouseUrl: url, user: 'viewer', password: 'viewer', database: 'default' };
  const app = await serveApp({ port: 0, config });
  try {
    const [span] = await spansNamed(client, 'pack parcels');
    await page.goto(`${app.url}/?live=false&q=${span.traceId}`);
    await page.locator(`[data-trace-id="${span.traceId}"]`).click();
    const row = page.locator(`[data-span-id="${span.spanId}"]`);
    await expect(row).toBeVisible();
    await server.stop();

    await row.click();
    await page.getByRole('tab', { name: /^Profile/ }).click();
    const panel = spanPanel(page);
    await expect(panel.getByRole('alert')).toContainText('Try again');
    // What was there is still there and still works.
    await page.getByRole('tab', { name: 'Overview' }).click();
    await expect(panel).toContainText('shop.parcels');
    await page.getByRole('tab', { name: /^Logs/ }).click();
    await expect(panel.getByRole('alert')).toContainText(`ClickHouse did not answer at ${url}`);
    await expect(page.locator('.traces tbody tr').first()).toBeVisible();

    await page.getByRole('tab', { name: /^Profile/ }).click();
    await expect(panel.getByRole('alert')).toContainText('Try again');
    server = await startClickHouse({ httpPort: port });
    await migrateAt(connection);
    await panel.getByRole('button', { name: 'Try again' }).click();
    await expect(panel).toContainText('No samples are linked to this span');
  } finally {
    await app.close();
    await server.stop();
  }
});

async function copyTraces(from: ClickHouseClient, url: string): Promise<void> {
  const to = createClient({ url });
  const result = await from.query({
    query: 'SELECT * FROM otel_traces',
    format: 'JSONCompactEachRowWithNames',
  });
  await to.insert({
    table: 'otel_traces',
    values: await result.json<unknown[]>(),
    format: 'JSONCompactEachRowWithNames',
  });
  await to.close();
}
