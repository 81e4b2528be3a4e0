import { join } from 'node:path';
import { readConfig } from './config.ts';
import { openShop } from './shop/server.ts';
import { startTelemetry } from './telemetry/telemetry.ts';

const root = join(import.meta.dirname, '..');

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const telemetry = startTelemetry(config, root);
  const shop = await openShop(config.port).catch(async (error: unknown) => {
    // The profiler would keep the process, and go on to send what it takes.
    await telemetry.shutdown();
    throw error;
  });
  console.log(`The shop is open at ${shop.url}`);
  process.send?.({ url: shop.url });

  let closing: Promise<void> | undefined;
  const close = () => (closing ??= end());
  const end = async () => {
    await shop.close();
    await telemetry.shutdown();
    // An open channel to the parent would keep the process.
    if (process.connected) process.disconnect();
  };
  process.once('SIGINT', () => void close());
  process.once('SIGTERM', () => void close());
  // Started by another program: end with it, also when it was killed.
  process.once('disconnect', () => void close());
}
