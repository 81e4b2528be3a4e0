import type { ClickHouseClient } from '@clickhouse/client';

/** Figures counted from the raw rows by SQL of their own, which has nothing to do with the product's. */
export interface Counted {
  readonly weight: number;
  readonly samples: number;
}

export interface CountedFunction extends Counted {
  readonly name: string;
  readonly self: number;
}

/** Samples of a service that were taken from `from` to before `to`. */
export interface Range {
  readonly service: string;
  readonly from: Date;
  readonly to: Date;
}

/** Each sample by itself, with the names of its frames, leaf first. Those of a row weigh the same. */
const NAMED = `
  SELECT rows.Value / length(rows.EventOffsets) AS Value, 1 AS Count, SampleAttributes,
    arrayMap(id -> (SELECT CAST((groupArray(FrameId), groupArray(FunctionName)), 'Map(UInt64, String)')
                    FROM otel_profiles_frames)[id], FrameIds) AS Names
  FROM otel_profiles AS rows
  INNER JOIN (SELECT StackId, any(FrameIds) AS FrameIds FROM otel_profiles_stacks GROUP BY StackId)
    AS stacks ON stacks.StackId = rows.StackId
  ARRAY JOIN rows.EventOffsets AS offset
  WHERE ServiceName = {service:String}
    AND toUnixTimestamp64Milli(Timestamp) + offset BETWEEN {from:Int64} AND {to:Int64} - 1`;

/** Of all rows, or of those whose stacks begin with these functions, root first. */
export async function countedWhole(
  client: ClickHouseClient,
  range: Range,
  under: readonly string[] = [],
): Promise<Counted> {
  const [found] = await rows<Counted>(
    client,
    `SELECT toFloat64(sum(Value)) AS weight, toFloat64(sum(Count)) AS samples FROM (${NAMED})
     WHERE arraySlice(arrayReverse(Names), 1, length({under:Array(String)})) = {under:Array(String)}`,
    { ...range, under },
  );
  return found;
}

/** Of each thread; without a name where a sample has none. */
export function countedThreads(
  client: ClickHouseClient,
  range: Range,
  under: readonly string[] = [],
): Promise<(Counted & { name: string })[]> {
  return rows(
    client,
    `SELECT SampleAttributes['thread.name'] AS name, toFloat64(sum(Value)) AS weight,
       toFloat64(sum(Count)) AS samples
     FROM (${NAMED})
     WHERE arraySlice(arrayReverse(Names), 1, length({under:Array(String)})) = {under:Array(String)}
     GROUP BY name ORDER BY weight DESC`,
    { ...range, under },
  );
}

/** Of each thread that has a name, the samples with a function anywhere in their stack. */
export function countedThreadsOf(
  client: ClickHouseClient,
  range: Range,
  name: string,
): Promise<(Counted & { name: string })[]> {
  return rows(
    client,
    `SELECT SampleAttributes['thread.name'] AS name, toFloat64(sum(Value)) AS weight,
       toFloat64(sum(Count)) AS samples
     FROM (${NAMED}) WHERE has(Names, {containing:String}) AND name != ''
     GROUP BY name ORDER BY weight DESC`,
    { ...range, containing: name },
  );
}

/** Of each function, over all its places; recursion counts once. Heaviest self first. */
export function countedFunctions(
  client: ClickHouseClient,
  range: Range,
): Promise<CountedFunction[]> {
  return rows(
    client,
    `SELECT name, toFloat64(sum(Value)) AS weight, toFloat64(sum(Count)) AS samples,
       toFloat64(sumIf(Value, name = Names[1])) AS self
     FROM (${NAMED}) ARRAY JOIN arrayDistinct(Names) AS name
     GROUP BY name ORDER BY self DESC`,
    range,
  );
}

async function rows<Row>(
  client: ClickHouseClient,
  query: string,
  {
    from,
    to,
    ...params
  }: Range & { readonly under?: readonly string[]; readonly containing?: string },
): Promise<Row[]> {
  const result = await client.query({
    query,
    query_params: { ...params, from: from.getTime(), to: to.getTime() },
    format: 'JSONEachRow',
  });
  return result.json<Row>();
}
