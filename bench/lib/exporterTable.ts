import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { freePort } from '@hyperflame/embedded';
import { startOwned } from '../../scripts/lib/owned.mjs';

/** The exporter's own name for it. */
export const EXPORTER_TABLE = 'otel_profiles';

export interface ExporterTableOptions {
  readonly client: ClickHouseClient;
  /** Path of the Collector's program. */
  readonly collector: string;
  readonly tcpUrl: string;
  /** Made by the exporter too. */
  readonly database: string;
}

/**
 * The peer: the table that the Collector's `clickhouse` exporter makes by itself for profiles. It is
 * made by starting that exporter with `create_schema: true`, so that it is the real one, with its
 * codecs and indexes, and not a copy that grows old here.
 */
export async function createExporterTable(options: ExporterTableOptions): Promise<void> {
  const { client, collector, tcpUrl, database } = options;
  const folder = await mkdtemp(join(tmpdir(), 'hyperflame-bench-'));
  const file = join(folder, 'collector.yaml');
  const port = await freePort();
  await writeFile(
    file,
    `receivers:
  otlp: { protocols: { http: { endpoint: "127.0.0.1:${port}" } } }
exporters:
  clickhouse: { endpoint: "${tcpUrl}", database: ${database}, create_schema: true }
service:
  telemetry: { metrics: { level: none } }
  pipelines:
    profiles: { receivers: [otlp], exporters: [clickhouse] }
`,
  );
  const running = startOwned(collector, [
    '--feature-gates=+service.profilesSupport',
    '--config',
    file,
  ]);
  try {
    for (;;) {
      // It makes its table before it starts to listen; until then, or for ever if it can't, none.
      const answer = await client.query({
        query: 'EXISTS TABLE {database:Identifier}.{table:Identifier}',
        query_params: { database, table: EXPORTER_TABLE },
        format: 'TabSeparated',
      });
      if ((await answer.text()).trim() === '1') return;
      if (running.hasEnded()) {
        throw new Error(`The Collector ended before it made its table:\n${running.tail()}`);
      }
      await sleep(100);
    }
  } finally {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
