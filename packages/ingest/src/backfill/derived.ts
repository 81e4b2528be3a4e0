import type { ClickHouseClient } from '@clickhouse/client';

import { UserError } from '../errors.ts';
import { viewOf, type Derived } from '../migrations/derived.ts';
import { quoteIdentifier } from '../migrations/parameters.ts';
import { within, type Slice } from './slice.ts';

/** The queries by which the views of a database fill their tables. */
export type ViewQueries = ReadonlyMap<string, string>;

export async function viewQueries(
  client: ClickHouseClient,
  database: string,
): Promise<ViewQueries> {
  const answer = await client.query({
    query: `SELECT name, as_select AS query FROM system.tables
            WHERE database = {database:String} AND engine = 'MaterializedView'`,
    query_params: { database },
    format: 'JSONEachRow',
  });
  const views = await answer.json<{ name: string; query: string }>();
  return new Map(views.map(({ name, query }) => [name, query]));
}

/**
 * What the view of a table would have made of earlier rows: its own query, with these in the place
 * of the rows that arrive.
 */
export function queryOver(
  { name, from }: Derived,
  views: ViewQueries,
  database: string,
  rows: string,
): string {
  const view = viewOf(name);
  const query = views.get(view);
  if (query === undefined) {
    throw new UserError(`There is no view ${view}. Run "hyperflame migrate" first.`);
  }
  // The server writes a name in quotes only where it must.
  for (const db of [database, quoteIdentifier(database)]) {
    const over: string = query.replaceAll(`FROM ${db}.${from}`, () => `FROM (${rows})`);
    if (over !== query) return over;
  }
  throw new UserError(`The view ${view} does not read ${from}. Run "hyperflame migrate" first.`);
}

/**
 * Stored rows as `otel_profiles_samples` has them, as far as the views look at them: with what a
 * stored row says by its stack's id alone. A stack that has gone stands for itself.
 */
export function storedSamples(database: string, slice: Slice): string {
  const db = quoteIdentifier(database);
  const map = (column: string) =>
    `CAST(rows.${column}, 'Map(LowCardinality(String), String)') AS ${column}`;
  const stacks = `SELECT StackId, any(FrameIds) AS Frames, max(stacks.FunctionStackId) AS Functions
    FROM ${db}.otel_profiles_stacks AS stacks GROUP BY StackId`;
  return `
SELECT
  Timestamp, ServiceName, ProfileType, Unit, Value, Count, EventOffsets, EventValues,
  rows.DurationNano::UInt64 AS DurationNano, Period, TraceId, SpanId, ScopeName, ScopeVersion,
  ${['ResourceAttributes', 'SampleAttributes', 'ProfileAttributes'].map(map).join(', ')},
  rows.Stack AS StackId,
  if(lines.Functions = 0, rows.Stack, lines.Functions) AS FunctionStackId,
  functions.Frames AS FunctionIds
FROM (SELECT *, StackId::UInt64 AS Stack FROM ${db}.otel_profiles WHERE ${within(slice)}) AS rows
LEFT ANY JOIN (${stacks}) AS lines ON rows.Stack = lines.StackId
LEFT ANY JOIN (${stacks}) AS functions ON lines.Functions = functions.StackId`;
}
