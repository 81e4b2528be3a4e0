import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';

export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
  readonly samples: number;
}

/** Spans of a name with the CPU samples that are linked to them, the one with the most first. */
export async function spansNamed(client: ClickHouseClient, name: string): Promise<SpanPlace[]> {
  return rows<SpanPlace>(
    client,
    `SELECT TraceId AS traceId, SpanId AS spanId, toFloat64(ifNull(samples, 0)) AS samples
     FROM otel_traces
     LEFT JOIN (
       SELECT TraceId, SpanId, sum(Count) AS samples
       FROM otel_profiles
       WHERE startsWith(ProfileType, 'cpu:')
       GROUP BY TraceId, SpanId
     ) AS profiled USING (TraceId, SpanId)
     WHERE SpanName = {name:String}
     ORDER BY samples DESC`,
    { name },
  );
}

/**
 * The function that most CPU time of these spans is in itself, counted from the raw rows.
 *
 * A single span can differ from its like: while V8 replaces a function by faster code, samples name
 * its caller until the profiler has heard of the new code, which can last for one whole call.
 */
export async function heaviestFunction(
  client: ClickHouseClient,
  spanIds: readonly string[],
): Promise<string> {
  const [{ name }] = await rows<{ name: string }>(
    client,
    `SELECT leaf.FunctionName AS name
     FROM otel_profiles AS samples
     INNER JOIN (SELECT StackId, any(FrameIds)[1] AS FrameId FROM otel_profiles_stacks GROUP BY StackId)
       AS stacks USING (StackId)
     INNER JOIN (SELECT FrameId, any(FunctionName) AS FunctionName FROM otel_profiles_frames GROUP BY FrameId)
       AS leaf USING (FrameId)
     WHERE SpanId IN {spanIds:Array(String)} AND startsWith(ProfileType, 'cpu:')
     GROUP BY name
     ORDER BY sum(Value) DESC
     LIMIT 1`,
    { spanIds },
  );
  return name;
}

/**
 * A span that waited while its process worked for others: no sample is linked to it, but the
 * process has some from while it ran. Old enough that none can still be on its way.
 */
export async function waitingSpan(client: ClickHouseClient): Promise<SpanPlace> {
  const found = await rows<SpanPlace>(
    client,
    `SELECT TraceId AS traceId, SpanId AS spanId, 0 AS samples
     FROM otel_traces
     WHERE SpanName IN ('reserve stock', 'write order', 'charge card')
       AND Timestamp < now() - 6
       AND SpanId NOT IN (SELECT SpanId FROM otel_profiles)
     ORDER BY Duration DESC
     LIMIT 1`,
    {},
  );
  if (found.length === 0) throw new Error('Every span that waits has samples of its own.');
  return found[0];
}

export async function sampleCount(client: ClickHouseClient): Promise<number> {
  const [{ samples }] = await rows<{ samples: number }>(
    client,
    'SELECT toFloat64(sum(Count)) AS samples FROM otel_profiles',
    {},
  );
  return samples;
}

/** Until there is something to look at. */
export async function untilProfiled(client: ClickHouseClient): Promise<void> {
  await until('profiles arrive', async () => {
    const found = await Promise.all([
      spansNamed(client, 'POST /sign-in'),
      spansNamed(client, 'pack parcels'),
    ]);
    const waits = await waitingSpan(client).catch(() => undefined);
    return waits !== undefined && found.every(([best]) => best !== undefined && best.samples > 10);
  });
}

export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 120_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited two minutes until ${what}.`);
    await sleep(300);
  }
}

async function rows<Row>(
  client: ClickHouseClient,
  query: string,
  params: Record<string, unknown>,
): Promise<Row[]> {
  const result = await client.query({ query, query_params: params, format: 'JSONEachRow' });
  return result.json<Row>();
}
