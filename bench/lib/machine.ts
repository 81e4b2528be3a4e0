import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { ClickHouseClient } from '@clickhouse/client';

/** What figures were measured on: without it they mean little. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly os: string;
  readonly node: string;
  readonly clickhouse: string;
}

export async function describeMachine(client: ClickHouseClient): Promise<Machine> {
  const answer = await client.query({ query: 'SELECT version()', format: 'TabSeparated' });
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${platform()} ${release().split('-')[0]}`,
    node: process.version,
    clickhouse: (await answer.text()).trim(),
  };
}

/** `Intel Xeon, 2 cores, 24 GiB; linux 6.1, ClickHouse 26.7.2.1, Node v22.23.3` */
export function machineLine({ cpu, cores, memoryGiB, os, clickhouse, node }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB; ${os}, ClickHouse ${clickhouse}, Node ${node}`;
}
