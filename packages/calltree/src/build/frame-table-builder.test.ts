import { describe, expect, it } from 'vitest';
import { FRAME_KINDS } from '../model/frames.ts';
import { FrameTableBuilder } from './frame-table-builder.ts';

describe('FrameTableBuilder', () => {
  it('stores each frame and each text once', () => {
    const frames = new FrameTableBuilder();
    expect(frames.add('main')).toBe(0);
    expect(frames.add({ name: 'hash', file: 'main' })).toBe(1);
    expect(frames.add({ name: 'main' })).toBe(0);
    const table = frames.build();
    expect(table.length).toBe(2);
    expect(table.strings).toEqual(['', 'main', 'hash']);
    expect([...table.file]).toEqual([0, 1]);
  });

  it('keeps every part of a frame', () => {
    const frames = new FrameTableBuilder();
    frames.add({
      name: 'f',
      file: 'f.go',
      mapping: 'app',
      line: 7,
      kind: 'go',
      address: 2n ** 64n - 1n,
    });
    const table = frames.build();
    expect(table.strings[table.mapping[0]]).toBe('app');
    expect(table.line[0]).toBe(7);
    expect(FRAME_KINDS[table.kind[0]]).toBe('go');
    expect(table.address[0]).toBe(2n ** 64n - 1n);
  });

  it('takes more frames than it has room for at first', () => {
    const frames = new FrameTableBuilder();
    for (let i = 0; i < 1000; i++) frames.add({ name: `f${i}`, line: i });
    const table = frames.build();
    expect(table.strings[table.name[999]]).toBe('f999');
    expect(table.line[999]).toBe(999);
  });

  it('gives out tables that do not change any more', () => {
    const frames = new FrameTableBuilder();
    frames.add('a');
    const table = frames.build();
    frames.add('b');
    expect(table.length).toBe(1);
    expect(table.strings).toEqual(['', 'a']);
  });

  it('takes a missing line for none, and names like those of object members', () => {
    const frames = new FrameTableBuilder();
    expect(frames.add({ name: 'toString', line: -1 })).toBe(frames.add('toString'));
    expect(frames.build().line[0]).toBe(0);
  });

  it.each([NaN, 1.5, 2 ** 53])('refuses the address %s, naming the field', (address) => {
    expect(() => new FrameTableBuilder().add({ address })).toThrow(
      expect.objectContaining({ kind: 'invalid-stacks', field: 'address' }),
    );
  });

  it('refuses a line that is no number, naming the field', () => {
    expect(() => new FrameTableBuilder().add({ name: 'f', line: NaN })).toThrow(
      expect.objectContaining({ kind: 'invalid-stacks', field: 'line' }),
    );
  });
});
