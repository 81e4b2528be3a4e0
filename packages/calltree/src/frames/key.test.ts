import { describe, expect, it } from 'vitest';
import { FrameTableBuilder, type FrameInput } from '../build/frame-table-builder.ts';
import { OTHER_FRAME, ROOT_FRAME, type Granularity } from '../model/tree.ts';
import { frameKey } from './key.ts';

function keyOf(frame: FrameInput, granularity?: Granularity): string {
  const frames = new FrameTableBuilder();
  const index = frames.add(frame);
  return frameKey(frames.build(), index, granularity);
}

describe('frameKey', () => {
  it('is the plain name where nothing else is known', () => {
    expect(keyOf({ name: 'main' })).toBe('main');
  });

  it('tells functions of one name in two files, and in two binaries, apart', () => {
    const keys = [
      keyOf({ name: 'init', file: 'a.c' }),
      keyOf({ name: 'init', file: 'b.c' }),
      keyOf({ name: 'init', mapping: 'a.c' }),
      keyOf({ name: 'init' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('holds the line only where lines are told apart', () => {
    const at = (line: number) => ({ name: 'main', file: 'a.c', line });
    expect(keyOf(at(1))).toBe(keyOf(at(2)));
    expect(keyOf(at(1), 'line')).not.toBe(keyOf(at(2), 'line'));
  });

  it('tells frames without symbols apart by binary and address', () => {
    expect(keyOf({ mapping: 'libc', address: 1n })).not.toBe(
      keyOf({ mapping: 'libc', address: 2n }),
    );
    expect(keyOf({ mapping: 'libc', address: 1n })).not.toBe(
      keyOf({ mapping: 'libm', address: 1n }),
    );
  });

  it('cannot be forged by a name with the separator in it', () => {
    expect(keyOf({ name: 'a\u001fb' })).not.toBe(keyOf({ name: 'a', file: 'b' }));
    expect(keyOf({ name: 'a\\s' })).not.toBe(keyOf({ name: 'a\u001f' }));
    expect(keyOf({ name: '\u001fother' })).not.toBe(frameKeyOf(OTHER_FRAME));
  });

  it('has keys for the root and the rest', () => {
    expect(frameKeyOf(ROOT_FRAME)).not.toBe(frameKeyOf(OTHER_FRAME));
  });
});

function frameKeyOf(frame: number): string {
  return frameKey(new FrameTableBuilder().build(), frame);
}
