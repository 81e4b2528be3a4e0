// What landed in ClickHouse, counted by plain SQL over the tables: the second of the three counts
// that `npm run check:truth` compares. Nothing of @hyperflame/sdk is in it.
import { Counts, functionName, scopesOf } from './counts.mjs';

/** Weight and samples of each span. */
const SPANS = `
  SELECT ProfileType AS profileType, TraceId AS traceId, SpanId AS spanId,
    toString(sum(Value)) AS value, toString(sum(Count)) AS count
  FROM otel_profiles
  GROUP BY ProfileType, TraceId, SpanId`;

/**
 * The same for each function of each span. A function that is in a stack several times counts once,
 * and a stack's self is that of its first frame, since stacks are stored leaf first.
 */
const FUNCTIONS = `
  WITH samples AS (
    SELECT ProfileType, TraceId, SpanId, StackId, sum(Value) AS value, sum(Count) AS count
    FROM otel_profiles
    GROUP BY ProfileType, TraceId, SpanId, StackId
  ),
  positions AS (
    SELECT StackId, FrameId, position
    FROM (SELECT StackId, FrameIds FROM otel_profiles_stacks FINAL)
    ARRAY JOIN FrameIds AS FrameId, arrayEnumerate(FrameIds) AS position
  ),
  functions AS (
    SELECT StackId, FunctionName, MappingName,
      if(FunctionName = '', '', FileName) AS file, if(FunctionName = '', Address, 0) AS address,
      min(position) = 1 AS isLeaf
    FROM positions
    INNER JOIN (SELECT * FROM otel_profiles_frames FINAL) AS frames USING FrameId
    GROUP BY StackId, FunctionName, MappingName, file, address
  )
  SELECT ProfileType AS profileType, TraceId AS traceId, SpanId AS spanId,
    FunctionName AS name, file, MappingName AS mapping, toString(address) AS address,
    toString(sum(value)) AS total, toString(sum(count)) AS totalCount,
    toString(sumIf(value, isLeaf)) AS self, toString(sumIf(count, isLeaf)) AS selfCount
  FROM samples
  INNER JOIN functions USING StackId
  GROUP BY ProfileType, TraceId, SpanId, FunctionName, file, MappingName, address`;

/**
 * @param {import('@clickhouse/client').ClickHouseClient} client
 * @returns {Promise<Counts>}
 */
export async function countRows(client) {
  const counts = new Counts();
  for (const row of await rows(client, SPANS)) {
    for (const scope of scopesOf(row)) {
      counts.addWhole(scope, BigInt(row.value), BigInt(row.count));
    }
  }
  for (const row of await rows(client, FUNCTIONS)) {
    const { name, file, mapping } = row;
    const fn = functionName({ name, file, mapping, address: BigInt(row.address) });
    for (const scope of scopesOf(row)) {
      counts.addFunction(scope, fn, {
        self: BigInt(row.self),
        selfCount: BigInt(row.selfCount),
        total: BigInt(row.total),
        totalCount: BigInt(row.totalCount),
      });
    }
  }
  return counts;
}

/**
 * @param {import('@clickhouse/client').ClickHouseClient} client
 * @param {string} query
 * @returns {Promise<any[]>}
 */
async function rows(client, query) {
  const result = await client.query({ query, format: 'JSONEachRow' });
  return result.json();
}
