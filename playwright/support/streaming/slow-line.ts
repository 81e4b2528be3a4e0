import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { pipeline, Transform } from 'node:stream';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** A page, and the way from it to a ClickHouse. */
export interface SlowLine {
  readonly url: string;
  /** Holds up the first answer that has more bytes than this, until `release`. */
  holdAfter: number;
  readonly isHolding: boolean;
  release(): void;
  /** Bytes of a second that get through. */
  bytesPerSecond: number;
  stop(): void;
}

/** How often a part of an answer gets through. */
const TICK_MS = 20;

export async function startSlowLine(folder: string, clickhouseUrl: string): Promise<SlowLine> {
  let holding: (() => void) | undefined;
  const line = {
    holdAfter: Infinity,
    bytesPerSecond: Infinity,
    get isHolding() {
      return holding !== undefined;
    },
    release() {
      line.holdAfter = Infinity;
      holding?.();
      holding = undefined;
    },
  };

  function slowed(): Transform {
    let sent = 0;
    return new Transform({
      async transform(part: Buffer, _, done) {
        for (let from = 0; from < part.length;) {
          const most = Math.max(1, Math.min(part.length, (line.bytesPerSecond * TICK_MS) / 1000));
          const piece = part.subarray(from, from + most);
          from += piece.length;
          sent += piece.length;
          if (line.bytesPerSecond < Infinity) {
            await new Promise((resolve) => setTimeout(resolve, TICK_MS));
          }
          this.push(piece);
          if (sent > line.holdAfter) await new Promise<void>((resolve) => (holding = resolve));
        }
        done();
      },
    });
  }

  const server = createServer(async (incoming, outgoing) => {
    const { pathname, search } = new URL(incoming.url ?? '/', 'http://page');
    if (pathname === '/clickhouse') {
      const { host: _, ...headers } = incoming.headers;
      const passedOn = request(
        new URL(search, clickhouseUrl),
        { method: incoming.method, headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          pipeline(answer, slowed(), outgoing, () => undefined);
        },
      );
      passedOn.on('error', () => outgoing.destroy());
      outgoing.on('close', () => passedOn.destroy());
      incoming.pipe(passedOn);
      return;
    }
    try {
      const content = await readFile(join(folder, pathname === '/' ? 'index.html' : pathname));
      outgoing.setHeader('content-type', TYPES[extname(pathname)] ?? 'text/html');
      outgoing.end(content);
    } catch {
      outgoing.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(line, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  });
}
