import type { ClickHouseClient } from '@clickhouse/client';
import type { Fleet } from './fleet.ts';
import { podSlots, type Pod } from './pods.ts';
import { services, type Service } from './services.ts';

/** Random numbers choose a pod by one of these: more slots, finer weights. */
export const POD_SLOTS = 4096;

/** Rows of a few thousand at a time: one request of the whole fleet would be 100 MB of JSON. */
async function insert(
  client: ClickHouseClient,
  table: string,
  values: readonly object[],
): Promise<void> {
  for (let i = 0; i < values.length; i += 5000) {
    await client.insert({ table, format: 'JSONEachRow', values: values.slice(i, i + 5000) });
  }
}

/**
 * Puts a fleet into `database`, as small tables that the samples are joined from:
 *
 *     fleet_slots    slot  → the pod, its resource, and where its stacks stand
 *     fleet_stacks   stack → the exporter's five parallel arrays and StackHash
 */
export async function createHelperTables(
  client: ClickHouseClient,
  database: string,
  fleet: Fleet,
): Promise<void> {
  const run = (query: string): Promise<unknown> => client.command({ query });
  await run(`CREATE OR REPLACE TABLE ${database}.fleet_frames (
    frame UInt32, address UInt64, functionName String, fileName String, line Int32, mapping String
  ) ENGINE = Memory`);
  await insert(
    client,
    `${database}.fleet_frames`,
    fleet.frames.map((frame, i) => ({ frame: i, ...frame })),
  );

  await run(`CREATE OR REPLACE TABLE ${database}.fleet_stack_frames (
    stack UInt32, frames Array(UInt32), threadName String, threadFirst UInt16, threadCount UInt16
  ) ENGINE = Memory`);
  await insert(
    client,
    `${database}.fleet_stack_frames`,
    fleet.stacks.map(({ frames, thread }, stack) => ({
      stack,
      frames,
      threadName: thread.name,
      threadFirst: thread.first,
      threadCount: thread.count,
    })),
  );

  await run(`CREATE OR REPLACE TABLE ${database}.fleet_stacks (
    stack UInt32, threadName LowCardinality(String), threadFirst UInt16, threadCount UInt16,
    StackHash UInt64, Addresses Array(UInt64), FunctionNames Array(LowCardinality(String)),
    FileNames Array(LowCardinality(String)), LineNumbers Array(Int32),
    MappingFileNames Array(LowCardinality(String))
  ) ENGINE = Join(ANY, LEFT, stack)`);
  // StackHash as the exporter makes it: XXH64 of every name and file, each ended by a zero byte.
  await run(`INSERT INTO ${database}.fleet_stacks
    SELECT stack, threadName, threadFirst, threadCount,
      xxHash64(arrayStringConcat(arrayMap(f -> concat(f.3, '\\0', f.4, '\\0'), leafFirst))),
      leafFirst.2, leafFirst.3, leafFirst.4, leafFirst.5, leafFirst.6
    FROM (
      SELECT stack, any(threadName) AS threadName, any(threadFirst) AS threadFirst, any(threadCount) AS threadCount,
        arraySort(groupArray((position, address, functionName, fileName, line, mapping))) AS leafFirst
      FROM (
        SELECT stack, threadName, threadFirst, threadCount, frame, position
        FROM ${database}.fleet_stack_frames ARRAY JOIN frames AS frame, arrayEnumerate(frames) AS position
      ) AS s
      INNER JOIN ${database}.fleet_frames USING (frame)
      GROUP BY stack
    )`);
  await run(`DROP TABLE ${database}.fleet_stack_frames`);

  await run(`CREATE OR REPLACE TABLE ${database}.fleet_slots (
    slot UInt16, pod UInt16, ServiceName LowCardinality(String), ResourceAttributes Map(LowCardinality(String), String),
    executable String, pid UInt32, windowPhase UInt64, tickPhase UInt64, linkedPermille UInt16, longSpans UInt8, skew Float64,
    onFirst UInt32, onCount UInt32, offFirst UInt32, offCount UInt32
  ) ENGINE = Join(ANY, LEFT, slot)`);
  await insert(
    client,
    `${database}.fleet_slots`,
    podSlots(fleet.pods, POD_SLOTS).map((podIndex, slot) => {
      const pod = fleet.pods[podIndex] as Pod;
      const service = services[pod.service] as Service;
      const range = fleet.ranges[pod.service] as Fleet['ranges'][number];
      return {
        slot,
        pod: podIndex,
        ServiceName: service.named ? service.name : '',
        ResourceAttributes: pod.resource,
        executable: pod.executable,
        pid: pod.pid,
        windowPhase: pod.windowPhase,
        tickPhase: pod.tickPhase,
        linkedPermille: Math.round(service.linked * 1000),
        longSpans: service.longSpans ? 1 : 0,
        skew: service.skew === 1 ? 0.999 : service.skew,
        onFirst: range.onCpu.first,
        onCount: range.onCpu.count,
        offFirst: range.offCpu.first,
        offCount: range.offCpu.count,
      };
    }),
  );
}
