import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { connect, ServerError, withServer } from './connection.ts';

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

/** A server that is anything but ClickHouse, and how it is connected to. */
async function other(answer: RequestListener) {
  const server = createServer((request, response) => {
    request.resume();
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, user: 'default', password: '', database: 'default' };
}

describe('what answers and is not ClickHouse', () => {
  it.each([
    [
      502,
      '<h1>502 Bad Gateway</h1>\n<hr>',
      true,
      /does not answer: HTTP 502: <h1>502 Bad Gateway<\/h1>$/,
    ],
    [
      404,
      'no such page',
      false,
      /^What answers at http:\S+ is not ClickHouse: HTTP 404: no such page$/,
    ],
    [200, '<html>Welcome</html>', false, /is not ClickHouse: HTTP 200: <html>Welcome<\/html>$/],
    [200, '{"hello":"you"}\n', false, /is not ClickHouse: HTTP 200: \{"hello":"you"\}$/],
    [200, '', false, /is not ClickHouse: HTTP 200: $/],
  ])('%i %j', async (status, body, unreachable, message) => {
    const connection = await other((_, response) => response.writeHead(status).end(body));
    let asked = 0;
    const work = withServer(connection, () => Promise.resolve(asked++));
    await expect(work).rejects.toThrow(message);
    await expect(work).rejects.toBeInstanceOf(ServerError);
    await expect(work).rejects.toMatchObject({ unreachable });
    expect(asked).toBe(0);
  });

  it('a proxy that loses ClickHouse later may find it again', async () => {
    const connection = await other((request, response) => {
      const isLater = request.url?.includes('later');
      response.writeHead(isLater ? 502 : 200);
      response.end(isLater ? 'Bad Gateway' : '{"version":"26.7.1.1"}\n');
    });
    const work = withServer(connection, (client) =>
      client.command({ query: 'SELECT 1', query_id: 'later' }),
    );
    await expect(work).rejects.toMatchObject({
      unreachable: true,
      message: expect.stringMatching(/does not answer: Bad Gateway$/),
    });
  });

  it('a mistake of this program is not taken for one of the server', async () => {
    const connection = await other((_, response) => response.end('{"version":"26.7.1.1"}\n'));
    const work = withServer(connection, () =>
      Promise.reject(new TypeError('undefined is no table')),
    );
    await expect(work).rejects.toBeInstanceOf(TypeError);
  });
});

describe('a URL', () => {
  it.each([
    ['http://me:p@s3c@nowhere:1', 'ClickHouse at http://nowhere:1 '],
    ['http://me:12/s3c@nowhere:1', '"http://nowhere:1" is not'],
    ['http://me:pa/s3c@nowhere:1', '"http://nowhere:1" is not'],
    ['me:s3c@nowhere:1', '"nowhere:1" is not'],
    ['tcp://me:s3c@nowhere:1', '"tcp://nowhere:1" is not'],
    ['http://nowhere:1/?password=s3c', '"http://nowhere:1" is not'],
    ['http://nowhere:x?password=s3c', '"http://nowhere:x" is not'],
  ])('%s is shown without its password', async (url, shown) => {
    const work = (async () =>
      withServer({ url, user: 'u', password: '', database: 'd' }, () => Promise.resolve()))();
    const message = await work.catch((error: Error) => error.message);
    expect(message).toContain(shown);
    expect(message).not.toContain('s3c');
  });

  it.each(['localhost:8123', 'db:8123', 'tcp://db:9000', 'nowhere'])(
    '%s is refused: it says no protocol that is spoken here',
    (url) => {
      expect(() => connect({ url, user: 'u', password: '', database: 'default' })).toThrow(
        `"${url}" is not a ClickHouse URL: it must begin with http:// or https://.`,
      );
    },
  );

  it.each(['http://db:8123/shop', 'http://db:8123/?database=shop'])(
    '%s is refused: two places could name the database',
    (url) => {
      expect(() => connect({ url, user: 'u', password: '', database: 'default' })).toThrow(
        '"http://db:8123" is not a ClickHouse URL: it has more than a host and a port; --database says which database.',
      );
    },
  );
});
