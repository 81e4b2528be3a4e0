import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { buildCollector } from '../../scripts/build-collector.mjs';
import { collectorConfig } from '../collector/config.ts';

/** A real Collector, for tests: the stand-alone config on free ports. */
export interface TestCollector {
  /** `http://127.0.0.1:PORT` of the OTLP/HTTP receiver. */
  readonly url: string;
  /** `127.0.0.1:PORT` of the OTLP/gRPC receiver. */
  readonly grpc: string;
  /** What it has logged so far. */
  log(): string;
  /** Ends it, and its queue with it: what it had taken and not written yet. */
  stop(): Promise<void>;
}

export async function startCollector(
  env: Readonly<Record<string, string>>,
  config = collectorConfig('standalone'),
): Promise<TestCollector> {
  const collector = await buildCollector();
  const folder = await mkdtemp(join(tmpdir(), 'hyperflame-collector-'));
  const [grpc, http, health, metrics] = await freePorts(4);
  const file = join(folder, 'config.yaml');
  await writeFile(file, config);

  const child = spawn(collector, ['--feature-gates=+service.profilesSupport', '--config', file], {
    env: {
      OTLP_GRPC_ENDPOINT: `127.0.0.1:${grpc}`,
      OTLP_HTTP_ENDPOINT: `127.0.0.1:${http}`,
      HEALTH_ENDPOINT: `127.0.0.1:${health}`,
      COLLECTOR_METRICS_PORT: String(metrics),
      FLUSH_MILLISECONDS: '200',
      QUEUE_DIRECTORY: join(folder, 'queue'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => (log += text.toString()));
  }
  const ended = once(child, 'exit').then(() => rm(folder, { recursive: true, force: true }));

  for (;;) {
    if (child.exitCode !== null) throw new Error(`The Collector ended at once:\n${log}`);
    const answer = await fetch(`http://127.0.0.1:${health}`).catch(() => undefined);
    if (answer?.ok) break;
    await sleep(50);
  }
  return {
    url: `http://127.0.0.1:${http}`,
    grpc: `127.0.0.1:${grpc}`,
    log: () => log,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Ports that are free now; all are held until all are known, so none comes twice. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as { port: number }).port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** Posts OTLP as a profiler does: bytes as protobuf, text as JSON. */
export async function post(
  collector: TestCollector,
  path: '/v1development/profiles' | '/v1/traces' | '/v1/logs' | '/v1/metrics',
  body: Uint8Array<ArrayBuffer> | string,
): Promise<Response> {
  const type = typeof body === 'string' ? 'application/json' : 'application/x-protobuf';
  return fetch(collector.url + path, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
}
