import { describe, expect, it, vi } from 'vitest';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { randomStacks } from '../testing/random-stacks.ts';
import { inParts, rowsText, totalOf } from '../testing/rows-text.ts';
import { readStackRows, type StacksRead } from './read-stack-rows.ts';

const stacks = randomStacks(3, { stacks: 400 });
const count = stacks.weight.length;
const text = rowsText(stacks);
const half = text.length >> 1;
const totalWeight = stacks.weight.reduce((a, b) => a + b, 0);

describe('readStackRows', () => {
  it('reads all there is, in one piece or in many', async () => {
    // However long it takes here, it takes less than what a partial picture is worth.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    for (const parts of [[text], text.split(/(?<=7)/)]) {
      const onPartial = vi.fn();
      const seen: number[] = [];
      const read = await readStackRows(inParts(parts), totalOf(count), {
        onPartial,
        onProgress: (share) => seen.push(share),
      });
      expect(read.stacks).toEqual(stacks);
      expect(read.read.stacks).toBe(count);
      // It was all there at once: nobody wants half of it first.
      expect(onPartial).not.toHaveBeenCalled();
      expect(seen.at(-1)).toBe(1);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    }
    clock.mockRestore();
  });

  it('gives what there is while the sender pauses, with the total of all', async () => {
    const partial = vi.fn<(partial: StacksRead) => void>();
    let resume = () => {};
    async function* pausing() {
      yield text.slice(0, half);
      await new Promise<void>((resolve) => (resume = resolve));
      yield text.slice(half);
    }
    const reading = readStackRows(pausing(), totalOf(count), { onPartial: partial });
    await expect.poll(() => partial.mock.calls).not.toHaveLength(0);
    const [{ stacks: early, read }] = partial.mock.calls[0];
    expect(read.stacks).toBeLessThan(count);
    expect(early.weight).toHaveLength(read.stacks);
    expect(buildCallTree(early).total[0]).toBe(totalWeight);
    resume();
    expect((await reading).stacks).toEqual(stacks);
  });

  it('gives fewer tables the more there is: each a good part larger', async () => {
    // Time enough for a picture of each part.
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
    const sizes: number[] = [];
    const parts = text.match(/[^]{1,400}/g) ?? [];
    await readStackRows(inParts(parts), totalOf(count), {
      onPartial: ({ read }) => sizes.push(read.stacks),
    });
    clock.mockRestore();
    expect(sizes.length).toBeGreaterThan(1);
    sizes.slice(1).forEach((size, i) => expect(size).toBeGreaterThan(sizes[i] * 1.25));
  });

  it('lets others have the thread', async () => {
    let turns = 0;
    let reading = true;
    const turn = () => {
      turns++;
      if (reading) setImmediate(turn);
    };
    setImmediate(turn);
    const large = randomStacks(5, { stacks: 30_000, functions: 500, maxDepth: 40 });
    await readStackRows(inParts([rowsText(large)]), totalOf(large.weight.length));
    reading = false;
    expect(turns).toBeGreaterThan(3);
  });

  it('says that stacks are missing', async () => {
    const lines = text.trimEnd().split('\n');
    const short = `${lines.slice(0, -3).join('\n')}\n`;
    await expect(readStackRows(inParts([short]), totalOf(count))).rejects.toMatchObject({
      kind: 'invalid-rows',
      message: `The rows break off: there are ${count - 3} stacks of ${count}`,
    });
  });

  it('fails as the sender fails', async () => {
    async function* failing() {
      yield text.slice(0, half);
      throw new Error('gone');
    }
    await expect(readStackRows(failing(), totalOf(count))).rejects.toThrow('gone');
  });

  it('fails as the one who reads the head fails, and tells the sender', async () => {
    const ended = vi.fn();
    async function* sending() {
      try {
        for (;;) yield text;
      } finally {
        ended();
      }
    }
    const refuse = () => {
      throw new Error('no such head');
    };
    await expect(readStackRows(sending(), refuse)).rejects.toThrow('no such head');
    await expect.poll(() => ended.mock.calls).toHaveLength(1);
  });

  it('ends when its signal fires, also while it waits', async () => {
    const controller = new AbortController();
    async function* silent() {
      yield text.slice(0, half);
      await new Promise(() => undefined);
    }
    const reading = readStackRows(silent(), totalOf(count), {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('closed')),
    });
    await expect(reading).rejects.toMatchObject({ kind: 'aborted', cause: new Error('closed') });
    const { signal } = controller;
    await expect(readStackRows(inParts([text]), totalOf(count), { signal })).rejects.toMatchObject({
      kind: 'aborted',
    });
  });
});
