import { describe, expect, it } from 'vitest';
import { parseRows } from './rows.ts';

const REASON = 'Code: 159. DB::Exception: It took too long. (TIMEOUT_EXCEEDED) (version 26.7)';

describe('the rows of an answer', () => {
  it('are its data', () => {
    expect(parseRows('{"meta": [], "data": [[1, "a\\nb"]], "rows": 1}')).toEqual([[1, 'a\nb']]);
    expect(parseRows('{"data": []}')).toEqual([]);
  });

  it.each([
    ['behind them', `{"data": [[1],\n__exception__\n${REASON}`],
    ['beside them', JSON.stringify({ data: [[1]], rows: 1, exception: REASON })],
  ])('are none where the reason of a failure stands %s', (_, text) => {
    expect(() => parseRows(text)).toThrow(
      expect.objectContaining({ kind: 'limit', code: 159, message: 'It took too long.' }),
    );
  });

  it.each(['', '{"data": [[1],', '{"rows": 1}', '[[1]]', '[1]\n[2]'])(
    'are missing in %j',
    (text) => {
      expect(() => parseRows(text)).toThrow(
        expect.objectContaining({
          kind: 'network',
          message: expect.stringContaining("can't be read"),
        }),
      );
    },
  );
});
