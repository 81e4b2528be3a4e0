import { once } from 'node:events';
import { createServer } from 'node:net';

/** Systems take the ports of outgoing connections from above here: 32 768 in Linux, or higher. */
const BELOW = 32_768;
const FROM = 20_000;

/**
 * A port that stays free while nobody listens on it. A usual "free" port is one of those that
 * connections leave from: while its server is down, the very client that tries to reach it may get it.
 */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = FROM + Math.floor(Math.random() * (BELOW - FROM));
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
