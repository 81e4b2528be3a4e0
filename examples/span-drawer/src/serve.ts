import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { CONFIG_PATH, configFromEnv, type PageConfig } from './page-config.ts';

export interface ServeOptions {
  /** 0 picks a free port. */
  readonly port: number;
  readonly config: PageConfig;
  /** The built page. */
  readonly dir?: string;
}

export interface ServedApp {
  /** e.g. `http://127.0.0.1:5173` */
  readonly url: string;
  close(): Promise<void>;
}

/** Not a name that somebody else's server of names has for this machine: the configuration is for one page. */
const HERE = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * Serves the built page on the loopback address, and its configuration with it.
 * @throws Error when the page is not built, or the port is taken
 */
export async function serveApp(options: ServeOptions): Promise<ServedApp> {
  const { port, config, dir = join(import.meta.dirname, '../dist') } = options;
  if (!existsSync(join(dir, 'index.html'))) {
    throw new Error(`There is no built page in ${dir}; 'npm run build' makes it.`);
  }
  // Paths without a file are places inside the page.
  const files = sirv(dir, { single: true, etag: true });
  const server = createServer((request, response) => {
    if (!HERE.test(request.headers.host ?? '')) {
      response.writeHead(421).end();
      return;
    }
    if (request.url === CONFIG_PATH) {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(config));
      return;
    }
    files(request, response, () => {
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken.`) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

if (process.argv[1] === import.meta.filename) {
  try {
    const app = await serveApp({
      port: Number(process.env['PORT'] || 5173),
      config: configFromEnv(process.env),
    });
    console.log(`The page is at ${app.url}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
