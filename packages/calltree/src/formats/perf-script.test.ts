import { describe, expect, it } from 'vitest';
import { frameLabel } from '../frames/label.ts';
import { FRAME_KINDS } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import { foldedLines } from '../testing/reference.ts';
import { readProfile } from './read-profile.ts';

const read = (text: string) => readProfile(new TextEncoder().encode(text));
const lines = (stacks: StackTable) =>
  foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame));
const labels = ({ labels = [] }: StackTable) =>
  Object.fromEntries(
    labels.map(({ key, values, value }) => [key, Array.from(value, (index) => values[index])]),
  );

const TEXT = `# cmdline : perf record -g shop
#
shop worker  912/930  [003]  7221.004100:    1010101 cycles:u: 
\t    7f3a10 hash(char const*)+0x1c (/usr/bin/shop (deleted))
\t    7f2b00 main+0x80 (/usr/bin/shop)
  shop.c:17
\t    7f1000 [unknown] (/usr/lib/libc.so)
\tffffffffff [unknown] ([unknown])

shop 911/911 [000] 7221.005000:  5 instructions:u: 
\t  ffffffff81000 do_syscall_64+0x5 ([kernel.kallsyms])
\t        1200 Shop::sell->Cart::add+0x1 (/tmp/perf-911.map)

shop worker  912/930  [003]  7221.006100:    2020202 cycles:u: 

`;

describe('what perf script prints', () => {
  it('has inlined functions of what was compiled as it ran, and arrows in names of binaries', async () => {
    const arrow = 'std::shared_ptr<Cart>::operator->() const';
    const [{ stacks }] = await read(
      `shop 911 1.0: 5 cycles: \n\t  7f3a10 ${arrow}+0x1 (/usr/bin/shop)\n\t  1200 a->b (/tmp/perf-911.map)\n\n`,
    );
    expect(lines(stacks)).toEqual([`a;b;${arrow} 5`]);
  });

  it('is read with a table for each event, weights and labels', async () => {
    const [cycles, instructions, ...others] = await read(TEXT);
    expect(others).toEqual([]);
    expect([cycles.name, cycles.stacks.unit]).toEqual(['cycles:u', 'cycles']);
    expect(lines(cycles.stacks)).toEqual([
      ' 2020202',
      '0xffffffffff;libc.so+0x7f1000;main;hash(char const*) 1010101',
    ]);
    expect([...cycles.stacks.count]).toEqual([1, 1]);
    const { frames } = cycles.stacks;
    expect(Array.from(frames.mapping, (text) => frames.strings[text])).toEqual([
      ...['/usr/bin/shop (deleted)', '/usr/bin/shop', '/usr/lib/libc.so', ''],
    ]);
    expect(labels(cycles.stacks)).toEqual({
      'process.pid': ['912', '912'],
      'thread.id': ['930', '930'],
      'thread.name': ['shop worker', 'shop worker'],
    });
    expect([instructions.name, instructions.stacks.unit]).toEqual([
      'instructions:u',
      'instructions',
    ]);
    expect(lines(instructions.stacks)).toEqual(['Shop::sell;Cart::add;do_syscall_64 5']);
    expect(Array.from(instructions.stacks.frames.kind, (kind) => FRAME_KINDS[kind])).toEqual([
      ...['kernel', 'unknown', 'unknown'],
    ]);
  });

  it('has nanoseconds where a clock was sampled, and counts where it says no period', async () => {
    const [clock] = await read('a 1 2.5: 250000 cpu-clock:uhH:\n\t4000 f+0x1 (/bin/a)\n');
    expect([clock.stacks.unit, ...clock.stacks.weight]).toEqual(['nanoseconds', 250_000]);
    const [counted] = await read('a 1 2.5: cpu-clock:\n\t4000 f+0x1 (/bin/a)\n\na 1 cpu-clock:\n');
    expect([counted.stacks.unit, ...counted.stacks.weight]).toEqual(['count', 1, 1]);
    expect(labels(counted.stacks)).toEqual({ 'thread.id': ['1', '1'], 'thread.name': ['a', 'a'] });
  });

  it('is read where each sample is a line, is indented or not, or has more to say', async () => {
    const single = await read(
      ' cafe 1 2.5:  1 cycles:  7f3a10 hash+0x1 (/bin/a)\n cafe 1 2.6:  1 cycles:  7f3a10 [unknown] ([unknown])\n',
    );
    expect(lines(single[0].stacks)).toEqual(['0x7f3a10 1', 'hash 1']);
    const trimmed = await read(
      'a b 19 cycles:\nffff8103d0 main ([kernel.kallsyms])\n7f00 run (/bin/a)\n',
    );
    expect(trimmed[0].name).toBe('cycles');
    const traced = await read(
      'a 1 [002] d..2. 5.25: sched:sched_switch: prev_comm=a next_comm=b\n\tff00 go (/bin/a)\n\n',
    );
    expect([traced[0].name, ...lines(traced[0].stacks)]).toEqual(['sched:sched_switch', 'go 1']);
  });

  it('is not what folded stacks with colons are taken for', async () => {
    const [{ stacks }] = await read('main;Shop: sell 2\nmain: 3 f: 5\n');
    expect(lines(stacks)).toEqual(['main: 3 f: 5', 'main;Shop: sell 2']);
    await expect(read('heap profile: 4: 5 [7: 8] @ heap/9\n1: 8 [2: 9] @ 0x7\n')).rejects.toThrow(
      'pprof -proto',
    );
  });

  it.each([
    ['a frame without a sample', 'a 1 2.5: 3 c:\n\n\t4000 f (/bin/a)\n', 'line 3'],
    ['a line that is no frame', 'a 1 2.5: 3 c:\n\t4000 f (/bin/a)\n\tNO FRAME\n', 'line 3'],
    ['a sample that is none', '# a\na 1 2.5: 3 c:\n\t4000 f (/bin/a)\n\nb\n', 'line 5'],
  ])('is refused for %s, naming the line', async (_, text, field) => {
    await expect(read(text)).rejects.toMatchObject({ kind: 'invalid-format', field });
  });

  it('is refused for a stack deeper than there are', async () => {
    const deep = (depth: number) => read(`a 1 2.5: 3 c:\n${'\t4000 f (/bin/a)\n'.repeat(depth)}`);
    expect((await deep(65_536))[0].stacks.frameIndex).toHaveLength(65_536);
    await expect(deep(65_537)).rejects.toMatchObject({ field: 'line 65538' });
  });
});
