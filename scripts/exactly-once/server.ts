import { startClickHouse, type EmbeddedClickHouse } from '@hyperflame/embedded';
import { lastingPort } from './ports.ts';

/** A ClickHouse that is killed again and again, and comes back on the same data and addresses. */
export class FragileServer {
  readonly #dataDir: string;
  readonly #ports: { readonly httpPort: number; readonly tcpPort: number };
  #running: Promise<EmbeddedClickHouse>;
  kills = 0;

  private constructor(dataDir: string, ports: { httpPort: number; tcpPort: number }) {
    this.#dataDir = dataDir;
    this.#ports = ports;
    this.#running = this.#start();
  }

  static async start(dataDir: string): Promise<FragileServer> {
    const server = new FragileServer(dataDir, {
      httpPort: await lastingPort(),
      tcpPort: await lastingPort(),
    });
    await server.ready();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ports.httpPort}`;
  }

  get tcpUrl(): string {
    return `clickhouse://127.0.0.1:${this.#ports.tcpPort}`;
  }

  /** Resolves when it answers. */
  async ready(): Promise<void> {
    await this.#running;
  }

  /** SIGKILL, whatever it is doing, and up again. */
  kill(): Promise<void> {
    this.#running = this.#running.then(async (server) => {
      this.kills++;
      process.kill(server.pid, 'SIGKILL');
      await server.stop();
      return this.#start();
    });
    return this.ready();
  }

  async stop(): Promise<void> {
    await (await this.#running).stop();
  }

  #start(): Promise<EmbeddedClickHouse> {
    return startClickHouse({ dataDir: this.#dataDir, ...this.#ports });
  }
}
