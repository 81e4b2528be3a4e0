import { createClient } from '@clickhouse/client';
import { startStack } from '../../scripts/lib/stack.mjs';
import { untilProfiled } from './data.ts';
import { shareStack } from './stack.ts';

/** Once for all tests; the shop stays under load, so that data keeps arriving. */
export default async function startSharedStack(): Promise<() => Promise<void>> {
  const stack = await startStack({
    load: { rps: 3, seed: 1 },
    profileSeconds: 2,
    pagePort: 0,
    ownDatabase: true,
  });
  const { otlpUrl, pageUrl, connection } = stack;
  if (otlpUrl === undefined || pageUrl === undefined) {
    await stack.stop();
    throw new Error('End-to-end tests need the Collector.');
  }
  shareStack({ otlpUrl, pageUrl, connection });
  const client = createClient(connection);
  try {
    await untilProfiled(client);
  } catch (error) {
    await stack.stop();
    throw error;
  } finally {
    await client.close();
  }
  return () => stack.stop();
}
