import { createClient } from '@clickhouse/client';
import { freePort, startClickHouse } from '@hyperflame/embedded';
import { migrate } from '@hyperflame/ingest';
import { TTL } from './database.ts';

/** Two servers that are the shards of one cluster. */
export interface TwoNodes {
  readonly urls: readonly string[];
  stop(): Promise<void>;
}

const CLUSTER = 'pair';

export async function startTwoNodes(): Promise<TwoNodes> {
  const ports = [await freePort(), await freePort()];
  const nodes = await Promise.all(
    ports.map((tcpPort) => startClickHouse({ tcpPort, clusters: { [CLUSTER]: ports } })),
  );
  return {
    urls: nodes.map(({ url }) => url),
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

/** Without a Keeper there is no `ON CLUSTER`, so each is migrated by itself. */
export async function migrateNodes({ urls }: TwoNodes, database: string): Promise<void> {
  for (const url of urls) {
    const client = createClient({ url });
    try {
      await migrate(client, { database, ttl: TTL, distributed: CLUSTER });
    } finally {
      await client.close();
    }
  }
}
