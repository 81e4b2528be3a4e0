import { createClient } from '@clickhouse/client-web';
import { fromClickHouseWeb } from '@hyperflame/sdk';

// Vite fills in these words as they stand, and no others.
const env = import.meta.env;

/** Everyone who can open the page can read these: an account that may only read, with limits. */
export const client = fromClickHouseWeb(
  createClient({
    url: env.VITE_CLICKHOUSE_URL ?? 'http://127.0.0.1:8123',
    username: env.VITE_CLICKHOUSE_USER ?? 'viewer',
    password: env.VITE_CLICKHOUSE_PASSWORD ?? 'viewer',
  }),
);

export const database = env.VITE_CLICKHOUSE_DATABASE ?? 'default';
