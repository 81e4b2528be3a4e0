// A use of @hyperflame/sdk: a question as a query, and one put through ClickHouse's own web client,
// which is called off before it needs a server.
import assert from './assert.mjs';

const SPAN = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

/** @type {import('./consumer.d.ts').Use} */
export async function use(load) {
  const sdk = await load('@hyperflame/sdk');
  const { createClient } = await load('@clickhouse/client-web');

  const { query, query_params } = sdk.flamegraphQuery(SPAN);
  assert.ok(!query.includes(SPAN.spanId), 'The span id is in the text of the query');
  assert.ok(
    Object.values(query_params).includes(SPAN.spanId),
    'The span id is not among the bound parameters',
  );

  const client = sdk.fromClickHouseWeb(createClient({ url: 'http://127.0.0.1:9' }));
  const signal = AbortSignal.abort();
  const answer = sdk.createProfiles({ client }).flamegraph(SPAN, { signal });
  const error = await answer.then(
    () => undefined,
    (/** @type {unknown} */ reason) => reason,
  );
  assert.ok(sdk.isProfileQueryError(error), `Not a ProfileQueryError: ${String(error)}`);
  assert.equal(error.kind, 'aborted');
  return `a query with ${Object.keys(query_params).length} bound parameters, and a typed error`;
}
