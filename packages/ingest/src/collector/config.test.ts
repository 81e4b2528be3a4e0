import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { buildCollector } from '../../scripts/build-collector.mjs';
import { collectorConfig, collectorParameters, TOPOLOGIES, type Topology } from './config.ts';

const GATE = '--feature-gates=service.profilesSupport';

/** The parts of HyperDX's own configuration that ours is merged into. */
const HYPERDX = `
receivers:
  otlp/hyperdx:
    protocols:
      grpc: { endpoint: 127.0.0.1:4317 }
      http: { endpoint: 127.0.0.1:4318 }
processors:
  memory_limiter: { check_interval: 5s, limit_mib: 1500, spike_limit_mib: 512 }
exporters:
  debug: {}
service:
  pipelines:
    traces: { receivers: [otlp/hyperdx], processors: [memory_limiter], exporters: [debug] }
`;

describe('collector configs', () => {
  let collector: string;
  let folder: string;

  beforeAll(async () => {
    collector = await buildCollector();
    folder = await mkdtemp(join(tmpdir(), 'hyperflame-'));
  }, 3_600_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function validate(texts: string[], gate = GATE): Promise<string> {
    const args = ['validate', gate];
    for (const [index, text] of texts.entries()) {
      const file = join(folder, `${index}.yaml`);
      await writeFile(file, text);
      args.push('--config', file);
    }
    try {
      await promisify(execFile)(collector, args, {
        cwd: folder,
        env: { CLICKHOUSE_ENDPOINT: 'tcp://db:9000', K8S_NODE_NAME: 'node-1' },
      });
      return 'valid';
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
  }

  it.each(Object.keys(TOPOLOGIES) as Topology[])(
    '%s is accepted by the Collector',
    async (topology) => {
      const base = topology.startsWith('clickstack') ? [HYPERDX] : [];
      expect(await validate([...base, collectorConfig(topology)])).toBe('valid');
    },
  );

  it.each(Object.keys(TOPOLOGIES) as Topology[])(
    '%s is accepted with every parameter filled in, however odd',
    async (topology) => {
      const values = Object.fromEntries(
        collectorParameters(topology).map(({ name, defaultValue }) => [
          name,
          name === 'CLICKHOUSE_PASSWORD'
            ? `it's "$HOME" \${env:X} #1: {}`
            : (defaultValue ?? 'tcp://db:9000'),
        ]),
      );
      const base = topology.startsWith('clickstack') ? [HYPERDX] : [];
      const config = collectorConfig(topology, values);
      expect(config).not.toMatch(/^[^#]*(?<!\$)\$\{env:/m);
      expect(await validate([...base, config])).toBe('valid');
    },
  );

  it('is refused without the gate, so the gate is worth its mention', async () => {
    expect(await validate([collectorConfig('standalone')], '--feature-gates=')).toContain(
      'service.profilesSupport',
    );
  });

  it('sends every signal of the stand-alone collector through one receiver', () => {
    const { service, receivers } = parse(collectorConfig('standalone'), { merge: true }) as {
      receivers: object;
      service: { pipelines: Record<string, { receivers: string[] }> };
    };
    expect(Object.keys(receivers)).toEqual(['otlp']);
    expect(Object.keys(service.pipelines)).toEqual(['logs', 'traces', 'metrics', 'profiles']);
    for (const pipeline of Object.values(service.pipelines)) {
      expect(pipeline.receivers).toEqual(['otlp']);
    }
  });

  it.each(['standalone', 'clickstack', 'k8s-gateway'] as const)(
    '%s writes profiles into the landing table, which the exporter must not make',
    (topology) => {
      const { exporters } = parse(collectorConfig(topology), { merge: true }) as {
        exporters: Record<string, Record<string, unknown>>;
      };
      const exporter = exporters['clickhouse/hyperflame'] ?? exporters['clickhouse'];
      expect(exporter).toMatchObject({
        create_schema: false,
        profiles_table_name: 'otel_profiles_ingest',
        retry_on_failure: { enabled: true },
        // The server puts requests of different days together, and more than 100 would be refused.
        connection_params: { max_partitions_per_insert_block: '0' },
      });
    },
  );

  it.each(['standalone', 'k8s-agent', 'k8s-gateway'] as const)(
    '%s keeps what it took on disk, and a request stays what it was',
    (topology) => {
      const { exporters, extensions, service } = parse(collectorConfig(topology), {
        merge: true,
      }) as {
        exporters: Record<string, { sending_queue: Record<string, unknown> }>;
        extensions: Record<string, unknown>;
        service: { extensions: string[] };
      };
      for (const { sending_queue: queue } of Object.values(exporters)) {
        const storage = String(queue['storage']);
        expect(Object.keys(extensions)).toContain(storage);
        expect(service.extensions).toContain(storage);
        // A batch of the exporter's is cut anew after a restart: nobody would know it again.
        expect(queue).not.toHaveProperty('batch');
      }
    },
  );

  it.each(['standalone', 'k8s-agent', 'k8s-gateway'] as const)(
    '%s takes no request, of any signal, that its queue has no room for',
    (topology) => {
      const { exporters, processors, service } = parse(collectorConfig(topology), {
        merge: true,
      }) as {
        exporters: Record<string, { sending_queue: { sizer: string; queue_size: number } }>;
        processors: { profilecheck: { max_items: number } };
        service: { pipelines: Record<string, { processors: string[] }> };
      };
      for (const { processors: ofSignal } of Object.values(service.pipelines)) {
        expect(ofSignal.slice(0, 2)).toEqual(['memory_limiter', 'profilecheck']);
      }
      for (const { sending_queue: queue } of Object.values(exporters)) {
        expect(queue.sizer).toBe('items');
        // Also where there is something in the queue already.
        expect(processors.profilecheck.max_items).toBeLessThanOrEqual(queue.queue_size / 4);
      }
    },
  );

  it('the agent takes nobody for the pod of the profiler that has sent their profiles', () => {
    type Association = { pod_association: { sources: { from: string; name?: string }[] }[] };
    const { processors, service } = parse(collectorConfig('k8s-agent'), { merge: true }) as {
      processors: Record<string, Association & { extract: unknown }>;
      service: { pipelines: Record<string, { processors: string[] }> };
    };
    const ofPipeline = (signal: string) => {
      const name = service.pipelines[signal].processors.find((one) => one.startsWith('k8s_'));
      return processors[name ?? ''];
    };
    const ways = (signal: string) =>
      ofPipeline(signal).pod_association.map(({ sources }) =>
        sources.map(({ from, name }) => name ?? from),
      );
    expect(ways('traces')).toEqual([['container.id'], ['k8s.pod.uid'], ['connection']]);
    expect(ways('profiles')).toEqual([['container.id'], ['k8s.pod.uid']]);
    expect(ofPipeline('profiles').extract).toEqual(ofPipeline('traces').extract);
  });

  it('refuses a parameter that the topology does not have, naming those it has', () => {
    expect(() => collectorConfig('clickstack-forward', { OTLP_PORT: '1' })).toThrow(
      'The clickstack-forward config has no parameter OTLP_PORT; it has HYPERFLAME_ENDPOINT.',
    );
  });

  it('only a port is a number, and nothing is in quotes twice', async () => {
    const config = collectorConfig('standalone', {
      CLICKHOUSE_PASSWORD: '123456',
      COLLECTOR_METRICS_PORT: '8889',
      FLUSH_MILLISECONDS: '500',
    });
    expect(config).toContain('password: "123456"');
    expect(config).toContain('port: 8889');
    expect(config).toContain('async_insert_busy_timeout_max_ms: "500"');
    expect(await validate([config])).toBe('valid');
  });

  it('leaves what is not given to the environment', () => {
    const config = collectorConfig('standalone', { CLICKHOUSE_DATABASE: 'observability' });
    expect(config).toContain('database: "observability"');
    expect(config).toContain('endpoint: ${env:CLICKHOUSE_ENDPOINT:-tcp://127.0.0.1:9000}');
  });
});
