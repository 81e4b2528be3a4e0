import { describe, expect, it, vi } from 'vitest';
import { relayAbort } from './relay-abort.ts';

describe('relayAbort', () => {
  it('tells each request that shares a signal, also one that listens by assignment', () => {
    const caller = new AbortController();
    const [one, other] = [relayAbort(caller.signal), relayAbort(caller.signal)];
    const heard = [vi.fn(), vi.fn()];
    one.signal.onabort = heard[0];
    other.signal.onabort = heard[1];
    const why = new Error('enough');
    caller.abort(why);
    for (const listener of heard) expect(listener).toHaveBeenCalledTimes(1);
    expect([one.signal.reason, other.signal.reason]).toEqual([why, why]);
    one.done();
    other.done();
  });

  it('tells a listener that comes after the abort, once', async () => {
    const caller = new AbortController();
    const { signal, done } = relayAbort(caller.signal);
    caller.abort();
    const heard = vi.fn();
    signal.onabort = heard;
    await expect.poll(() => heard.mock.calls.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard).toHaveBeenCalledTimes(1);
    done();
  });

  it('tells nobody once the request has settled', async () => {
    const caller = new AbortController();
    const early = relayAbort(caller.signal);
    early.done();
    const late = relayAbort(caller.signal);
    caller.abort();
    late.done();
    const heard = vi.fn();
    late.signal.onabort = heard;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard).not.toHaveBeenCalled();
    expect(early.signal.aborted).toBe(false);
  });
});
