import { describe, expect, it, onTestFinished } from 'vitest';
import { connectOrStart } from './index.ts';

describe('connectOrStart', () => {
  it('uses the server that the environment names', async () => {
    const server = await connectOrStart({}, { CLICKHOUSE_URL: 'http://db.example:8124/' });
    expect(server).toMatchObject({
      url: 'http://db.example:8124',
      tcpUrl: 'clickhouse://db.example:9000',
      pid: undefined,
    });
    await server.stop();
  });

  it('takes the native address from the environment too', async () => {
    const { tcpUrl } = await connectOrStart(
      {},
      { CLICKHOUSE_URL: 'http://db:8123', CLICKHOUSE_TCP_URL: 'clickhouse://db:9440?secure=true' },
    );
    expect(tcpUrl).toBe('clickhouse://db:9440?secure=true');
  });

  it('speaks TLS natively where it does so over HTTP', async () => {
    const { tcpUrl } = await connectOrStart({}, { CLICKHOUSE_URL: 'https://me:s3c@db:8443' });
    expect(tcpUrl).toBe('clickhouse://db:9440?secure=true');
  });

  it('names the variable when it holds no URL, and not what it holds', async () => {
    for (const CLICKHOUSE_TCP_URL of [undefined, 'clickhouse://db:9000']) {
      const env = { CLICKHOUSE_URL: 'http://admin:s3/c@db', CLICKHOUSE_TCP_URL };
      await expect(connectOrStart({}, env)).rejects.toThrow(
        /^CLICKHOUSE_URL is no URL such as http:[/][/]127\.0\.0\.1:8123\.$/,
      );
    }
  });

  it('starts one where the environment names none', async () => {
    const server = await connectOrStart({}, {});
    onTestFinished(() => server.stop());
    expect(await (await fetch(`${server.url}/ping`)).text()).toBe('Ok.\n');
  });
});
