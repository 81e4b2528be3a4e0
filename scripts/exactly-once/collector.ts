import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError } from '../lib/program.mjs';
import { root } from '../lib/run.mjs';
import { lastingPort } from './ports.ts';

export interface CollectorOptions {
  readonly program: string;
  readonly clickhouse: string;
  readonly database: string;
  /** Where its queue is kept from one run to the next. */
  readonly queue: string;
}

const START_WITHIN_MS = 60_000;

/** A Collector with the stand-alone config that is killed again and again, and comes back. */
export class FragileCollector {
  readonly #program: string;
  readonly #env: Readonly<Record<string, string>>;
  #running: Promise<ChildProcess>;
  #child: ChildProcess | undefined;
  readonly #tail: string[] = [];
  kills = 0;

  private constructor(program: string, env: Readonly<Record<string, string>>) {
    this.#program = program;
    this.#env = env;
    this.#running = this.#start();
    // A child does not end with its parent by itself.
    process.once('exit', this.#endNow);
  }

  static async start(options: CollectorOptions): Promise<FragileCollector> {
    const address = async (): Promise<string> => `127.0.0.1:${await lastingPort()}`;
    const collector = new FragileCollector(options.program, {
      CLICKHOUSE_ENDPOINT: options.clickhouse,
      CLICKHOUSE_DATABASE: options.database,
      QUEUE_DIRECTORY: options.queue,
      OTLP_GRPC_ENDPOINT: await address(),
      OTLP_HTTP_ENDPOINT: await address(),
      HEALTH_ENDPOINT: await address(),
      COLLECTOR_METRICS_PORT: String(await lastingPort()),
      COLLECTOR_LOG_LEVEL: 'error',
    });
    await collector.ready();
    return collector;
  }

  /** Posts a message as a profiler does, and says whether it was taken. */
  async post(message: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const answer = await fetch(`http://${this.#env.OTLP_HTTP_ENDPOINT}/v1development/profiles`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: message,
    }).catch(() => undefined);
    if (answer?.status === 400) throw new Error(await answer.text());
    return answer?.ok === true;
  }

  /** How many messages wait or are under way. */
  async queued(): Promise<number> {
    const metrics = `http://127.0.0.1:${this.#env.COLLECTOR_METRICS_PORT}/metrics`;
    const text = await (await fetch(metrics)).text();
    const sizes = [
      ...text.matchAll(/^otelcol_exporter_queue_size\{[^}]*"profiles"[^}]*\} (\S+)$/gm),
    ];
    if (sizes.length === 0) throw new Error('The Collector does not say how long its queue is.');
    return sizes.reduce((sum, [, size]) => sum + Number(size), 0);
  }

  async ready(): Promise<void> {
    await this.#running;
  }

  /** SIGKILL, whatever it is doing, and up again. */
  kill(): Promise<void> {
    this.#running = this.#running.then(async (child) => {
      this.kills++;
      await ended(child, 'SIGKILL');
      return this.#start();
    });
    return this.ready();
  }

  async stop(): Promise<void> {
    await ended(await this.#running, 'SIGTERM');
    process.off('exit', this.#endNow);
  }

  readonly #endNow = (): void => void this.#child?.kill('SIGKILL');

  /** Starts it over and over, as a supervisor does: it ends by itself where ClickHouse is not up yet. */
  async #start(): Promise<ChildProcess> {
    const deadline = Date.now() + START_WITHIN_MS;
    while (Date.now() < deadline) {
      const child = (this.#child = this.#spawn());
      while (!hasEnded(child) && Date.now() < deadline) {
        const answer = await fetch(`http://${this.#env.HEALTH_ENDPOINT}`).catch(() => undefined);
        if (answer?.ok) return child;
        await sleep(50);
      }
      await ended(child, 'SIGKILL');
    }
    throw new PlainError(`The Collector does not start.\n${this.#tail.join('\n')}`);
  }

  #spawn(): ChildProcess {
    const config = join(root, 'packages/ingest/collector/standalone.yaml');
    const child = spawn(
      this.#program,
      ['--feature-gates=+service.profilesSupport', '--config', config],
      { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.#tail.push(line);
        if (this.#tail.length > 20) this.#tail.shift();
      });
    }
    return child;
  }
}

/** By a signal, too: then it has no exit code. */
const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
