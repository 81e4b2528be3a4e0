import type { ClickHouseSettings } from '@clickhouse/client';

/** With these, a statement that takes long is heard of meanwhile, so that nobody gives it up. */
export const KEEPS_ALIVE = {
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: '30000',
} as const satisfies ClickHouseSettings;
