import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startShopProcess } from './testing/shop-process.ts';

test('ends where its port is taken', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const starting = startShopProcess({
    PORT: String((server.address() as AddressInfo).port),
    HYPERFLAME_EXPORT: 'files',
    HYPERFLAME_CAPTURE_DIR: folder,
  });
  await expect(starting).rejects.toThrow('The shop ended with 1 before it was open.');
  server.close();
  rmSync(folder, { recursive: true });
});
