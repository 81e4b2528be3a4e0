import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWith, remoteOf, transfer, type Remote } from './channel.ts';

const api = {
  add: (a: number, b: number) => a + b,
  later: async (text: string) => `${text}!`,
  fails: (): number => {
    // A cause that cannot be sent.
    throw new RangeError('too far', { cause: () => 0 });
  },
  cannotTell: () => () => 0,
  count: (upTo: number, onCount: (n: number, share: number) => void) => {
    for (let n = 1; n <= upTo; n++) onCount(n, n / upTo);
    return upTo;
  },
  sum: (column: Float64Array) => column.reduce((sum, value) => sum + value, 0),
  zeros: (length: number) => {
    made = new Float64Array(length);
    return transfer({ made }, [made.buffer]);
  },
};
let made: Float64Array<ArrayBuffer>;

let there: Remote<typeof api>;
let close: () => void;

beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  vi.stubGlobal('addEventListener', port2.addEventListener.bind(port2));
  vi.stubGlobal('postMessage', port2.postMessage.bind(port2));
  answerWith(api);
  port1.start();
  port2.start();
  there = remoteOf<typeof api>(port1 as unknown as Worker);
  close = () => port1.close();
});

afterEach(() => {
  close();
  vi.unstubAllGlobals();
});

describe('calls to a worker', () => {
  it('are answered, each with its own answer', async () => {
    expect(await Promise.all([there.later('slow'), there.add(1, 2), there.add(3, 4)])).toEqual([
      'slow!',
      3,
      7,
    ]);
  });

  it('fail with the error of the other side, and others go on', async () => {
    const failed = there.fails();
    const other = there.add(1, 1);
    await expect(failed).rejects.toMatchObject({ name: 'RangeError', message: 'too far' });
    expect(await other).toBe(2);
  });

  it('fail where an answer, or an argument, cannot be sent', async () => {
    await expect(there.cannotTell()).rejects.toThrow(/could not be cloned/);
    await expect(there.sum({ bad: () => 0 } as unknown as Float64Array)).rejects.toThrow(
      /could not be cloned/,
    );
    expect(await there.add(1, 1)).toBe(2);
  });

  it('have functions among their arguments told', async () => {
    const first = vi.fn();
    const second = vi.fn();
    await Promise.all([there.count(2, first), there.count(1, second)]);
    expect(first.mock.calls).toEqual([
      [1, 0.5],
      [2, 1],
    ]);
    expect(second.mock.calls).toEqual([[1, 1]]);
  });

  it('give buffers away, in both directions', async () => {
    const column = Float64Array.of(1, 2, 3);
    expect(await there.sum(transfer(column, [column.buffer]))).toBe(6);
    expect(column.length).toBe(0);
    const kept = Float64Array.of(1, 2, 3);
    expect(await there.sum(kept)).toBe(6);
    expect(kept.length).toBe(3);
    expect((await there.zeros(5)).made).toHaveLength(5);
    expect(made.length).toBe(0);
  });

  it('are made to what is no promise itself', async () => {
    const found = await Promise.resolve({ there });
    expect(await found.there.add(2, 2)).toBe(4);
    expect(await Promise.race([there])).toBe(there);
  });
});
