import { describe, expect, it } from 'vitest';

import { testServer } from './migrations/testing/database.ts';
import { untilInsertsEnd } from './running-inserts.ts';

const server = testServer();

/**
 * The embedded server writes asynchronous inserts at once: none is ever seen there. So the question is
 * asked of other rows than those of `system.processes`.
 */
function withProcesses(...looks: readonly (readonly [id: string, kind: string][])[]) {
  let looked = 0;
  const client = server.client();
  return {
    looked: () => looked,
    query: (question: { query: string; format: 'JSONEachRow' }) => {
      const rows = (looks[looked++] ?? []).map(([id, kind]) => `('${id}', '${kind}')`).join(', ');
      const columns = 'query_id String, query_kind String';
      const table = rows === '' ? `null('${columns}')` : `values('${columns}', ${rows})`;
      return client.query({
        ...question,
        query: question.query.replace('system.processes', table),
      });
    },
  };
}

describe('waiting until inserts end', () => {
  it.each(['Insert', 'AsyncInsertFlush'])(
    'waits for each %s that runs, by its id',
    async (kind) => {
      const processes = withProcesses(
        [
          ['a', kind],
          ['b', kind],
        ],
        [['b', kind]],
        [['c', kind]],
      );
      await untilInsertsEnd(processes);
      expect(processes.looked()).toBe(3);
    },
  );

  it('does not wait for questions, nor for those of the caller', async () => {
    const processes = withProcesses([
      ['a', 'Select'],
      ['own-1', 'Insert'],
    ]);
    await untilInsertsEnd(processes, { except: 'own-' });
    expect(processes.looked()).toBe(1);
  });
});
