import { setTimeout as sleep } from 'node:timers/promises';
import { startClickHouse, type EmbeddedClickHouse } from '@hyperflame/embedded';
import { lastingPort } from './ports.ts';

interface Ports {
  readonly httpPort: number;
  readonly tcpPort: number;
}

/** How often it is looked after. */
const LOOK_EVERY_MS = 100;

/**
 * A ClickHouse that is killed again and again, and comes back on the same data and addresses. It also
 * comes back, as under any supervisor, when it ends by itself: 26.7 aborts now and then when a client
 * that speaks its native protocol is killed in the middle of an insert.
 */
export class FragileServer {
  readonly #dataDir: string;
  readonly #ports: Ports;
  #running: Promise<EmbeddedClickHouse>;
  #stopped = false;
  kills = 0;
  /** How often it ended by itself. */
  aborts = 0;

  private constructor(dataDir: string, ports: Ports) {
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
    void server.#lookAfter();
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
    const server = await this.#running;
    // It may have ended by itself a moment ago.
    if (isRunning(server)) return;
    await sleep(2 * LOOK_EVERY_MS);
    return this.ready();
  }

  /** SIGKILL, whatever it is doing, and up again. */
  kill(): Promise<void> {
    this.kills++;
    this.#running = this.#running.then((server) => this.#again(server));
    return this.ready();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await (await this.#running).stop();
  }

  async #lookAfter(): Promise<void> {
    while (!this.#stopped) {
      const server = await this.#running;
      if (!isRunning(server) && !this.#stopped) {
        this.aborts++;
        this.#running = this.#again(server);
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  async #again(server: EmbeddedClickHouse): Promise<EmbeddedClickHouse> {
    // Stopping is a SIGKILL.
    await server.stop();
    return this.#start();
  }

  #start(): Promise<EmbeddedClickHouse> {
    return startClickHouse({ dataDir: this.#dataDir, ...this.#ports });
  }
}

function isRunning({ pid }: EmbeddedClickHouse): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
