import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Host } from './protocol.ts';
import { untilSilent } from './until-silent.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const listenTo = (where: 'worker' | 'in-place', cancel: Host['cancel'] | (() => Promise<void>)) => {
  const onSilence = vi.fn();
  const stop = untilSilent({ where, host: { cancel } as Host }, onSilence);
  return { onSilence, stop };
};
const silence = () => new Promise<void>(() => undefined);

it('lets work go on for as long as the worker hears', async () => {
  const { onSilence, stop } = listenTo('worker', () => Promise.resolve());
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(onSilence).not.toHaveBeenCalled();
  stop();
});

it('tells once of a worker that hears no more', async () => {
  const cancel = vi.fn(() => Promise.resolve());
  const { onSilence, stop } = listenTo('worker', cancel);
  await vi.advanceTimersByTimeAsync(60_000);
  cancel.mockImplementation(silence);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(onSilence).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(onSilence).toHaveBeenCalledOnce();
  stop();
});

it('is told nothing once the work is done, nor where it is done in place', async () => {
  const done = listenTo('worker', silence);
  await vi.advanceTimersByTimeAsync(20_000);
  done.stop();
  const inPlace = listenTo('in-place', silence);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(done.onSilence).not.toHaveBeenCalled();
  expect(inPlace.onSilence).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
