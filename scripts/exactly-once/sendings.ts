import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../bench/lib/fleetDay/random.ts';
import { otlpMessage, type Batch } from './batches.ts';
import { FragileCollector } from './collector.ts';
import { inParallel, plan } from './plan.ts';
import type { FragileServer } from './server.ts';

export interface SendOptions {
  readonly server: FragileServer;
  readonly database: string;
  /** Path of the Collector's program. */
  readonly collector: string;
  /** Where its queue is kept. */
  readonly queue: string;
  readonly batches: readonly Batch[];
  readonly kills: number;
  readonly seed: string;
  readonly onProgress: (done: number, of: number) => void;
}

export interface SendFigures {
  readonly sendings: number;
  /** That were not taken, because the Collector was killed, and were sent again. */
  readonly brokenOff: number;
  readonly collectorKills: number;
  readonly serverKills: number;
  /** How often the server ended by itself. */
  readonly serverAborts: number;
}

const WORKERS = 12;
const REPEATED_WITHIN = 100;

/** When the queue has been as long for so long, what is left in it will not arrive. */
const STUCK_MS = 120_000;

/**
 * Sends every batch to a Collector, many more than once, while that or the server behind it is
 * killed, until its queue is empty.
 */
export async function sendUnderFire(options: SendOptions): Promise<SendFigures> {
  const { server, database, batches, seed } = options;
  const next = random(`sendings ${seed}`);
  const sendings = plan(next, {
    batches: batches.length,
    repeated: 0.2,
    within: REPEATED_WITHIN,
    kills: options.kills,
  });
  const collector = await FragileCollector.start({
    program: options.collector,
    clickhouse: server.tcpUrl,
    database,
    queue: options.queue,
  });
  const { kills: killsBefore, aborts: abortsBefore } = server;
  let brokenOff = 0;
  const killings: Promise<void>[] = [];
  try {
    await inParallel(sendings, WORKERS, async ({ number, killWithinMs }, position) => {
      if (killWithinMs !== undefined) {
        const victim = next() < 0.7 ? collector : server;
        killings.push(sleep(killWithinMs).then(() => victim.kill()));
      }
      const message = otlpMessage(batches[number] as Batch);
      while (!(await collector.post(message))) {
        brokenOff++;
        await sleep(20);
        await collector.ready();
      }
      options.onProgress(position + 1, sendings.length);
    });
    await Promise.all(killings);
    await untilEmpty(collector);
    return {
      sendings: sendings.length,
      brokenOff,
      collectorKills: collector.kills,
      serverKills: server.kills - killsBefore,
      serverAborts: server.aborts - abortsBefore,
    };
  } finally {
    await collector.stop();
  }
}

async function untilEmpty(collector: FragileCollector): Promise<void> {
  let before = Infinity;
  let since = Date.now();
  while (Date.now() - since < STUCK_MS) {
    const queued = await collector.queued();
    if (queued === 0) return;
    if (queued !== before) [before, since] = [queued, Date.now()];
    await sleep(200);
  }
}
