import { describe, expect, it } from 'vitest';
import { typedError } from './server-error.ts';

/** As `@clickhouse/client-web` throws what the server said. */
const fromClient = (code: string, type: string, message: string) =>
  Object.assign(new Error(message), { code, type });

describe('typedError', () => {
  it.each([
    ['60', 'UNKNOWN_TABLE', 'schema', undefined],
    ['47', 'UNKNOWN_IDENTIFIER', 'schema', undefined],
    ['158', 'TOO_MANY_ROWS', 'limit', 'maxRowsToRead'],
    ['159', 'TIMEOUT_EXCEEDED', 'limit', 'maxExecutionSeconds'],
    ['241', 'MEMORY_LIMIT_EXCEEDED', 'limit', 'maxMemoryBytes'],
    ['191', 'SET_SIZE_LIMIT_EXCEEDED', 'limit', undefined],
    ['396', 'TOO_MANY_ROWS_OR_BYTES', 'limit', undefined],
    ['394', 'QUERY_WAS_CANCELLED', 'aborted', undefined],
    ['497', 'ACCESS_DENIED', 'server', undefined],
    ['1001', 'STD_EXCEPTION', 'server', undefined],
  ])('%s %s is of the kind %s', (code, type, kind, field) => {
    expect(typedError(fromClient(code, type, 'It failed. '))).toMatchObject({
      kind,
      field,
      code: Number(code),
      message: 'It failed.',
    });
  });

  it("finds the server's error behind another one", () => {
    const cause = fromClient('60', 'UNKNOWN_TABLE', 'Unknown table x. ');
    expect(typedError(new Error('HyperDX says so', { cause }))).toMatchObject({
      kind: 'schema',
      message: 'Unknown table x.',
    });
  });

  it('finds it in the text of an error', () => {
    const text =
      'Code: 81. DB::Exception: Database nope does not exist. (UNKNOWN_DATABASE) (version 26.5.1.1 (official build))\n';
    const thrown = new Error(text);
    expect(typedError(thrown)).toMatchObject({
      kind: 'schema',
      code: 81,
      message: 'Database nope does not exist.',
    });
    // As of all others, what the client has thrown is behind it.
    expect(typedError(thrown).cause).toBe(thrown);
  });

  it('leaves out the query that the server repeats', () => {
    const message = `Unknown table expression identifier 'nope' in scope SELECT 1 FROM (SELECT 2). `;
    expect(typedError(fromClient('60', 'UNKNOWN_TABLE', message)).message).toBe(
      "Unknown table expression identifier 'nope'",
    );
  });

  it('says why there was no answer', () => {
    const failed = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    expect(typedError(failed)).toMatchObject({
      kind: 'network',
      message: 'No answer from ClickHouse: fetch failed (connect ECONNREFUSED)',
    });
    expect(typedError('what').message).toBe('No answer from ClickHouse: what');
  });

  it('knows a client that gave up', () => {
    const cause = new Error('Timeout error.');
    for (const error of [cause, new Error('HyperDX says so', { cause })]) {
      expect(typedError(error)).toMatchObject({
        kind: 'limit',
        field: 'maxExecutionSeconds',
        hint: expect.stringContaining('request_timeout'),
      });
    }
  });

  it.each([
    'Poco::Exception. Code: 1000, e.code() = 0, HTML Form Exception: Too many form fields\n',
    'Poco::Exception. Code: 1000, e.code() = 0, HTML Form Exception: Field value too long\n',
    'HTTP request URI invalid or too long',
  ])('knows a question that the server does not take: %s', (text) => {
    const cause = new Error(text);
    for (const error of [cause, new Error('HyperDX says so', { cause })]) {
      expect(typedError(error)).toMatchObject({
        kind: 'limit',
        message: expect.stringMatching(/^The question is too long for the server: [^:]+\.$/),
        hint: expect.stringContaining('fewer'),
      });
    }
  });

  it('keeps a reason short', () => {
    expect(typedError(new Error('x'.repeat(10_000))).message.length).toBeLessThan(500);
  });
});
