import { describe, expect, it } from 'vitest';
import { FrameTableBuilder } from '../build/frame-table-builder.ts';
import { frameRanks } from './ranks.ts';

describe('frameRanks', () => {
  it('orders by name, file, mapping, line and address', () => {
    const frames = new FrameTableBuilder();
    frames.add({ name: 'b' });
    frames.add({ name: 'a', file: 'y' });
    frames.add({ name: 'a', file: 'x', line: 2 });
    frames.add({ name: 'a', file: 'x', line: 1 });
    frames.add({ mapping: 'm', address: 2n });
    frames.add({ mapping: 'm', address: 1n });
    expect([...frameRanks(frames.build())]).toEqual([5, 4, 3, 2, 1, 0]);
  });
});
