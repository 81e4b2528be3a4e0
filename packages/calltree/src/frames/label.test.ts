import { describe, expect, it } from 'vitest';
import { FrameTableBuilder, type FrameInput } from '../build/frame-table-builder.ts';
import { OTHER_FRAME, ROOT_FRAME } from '../model/tree.ts';
import { baseName, frameLabel } from './label.ts';

function labelOf(frame: FrameInput): string {
  const frames = new FrameTableBuilder();
  const index = frames.add(frame);
  return frameLabel(frames.build(), index);
}

describe('frameLabel', () => {
  it.each<[FrameInput, string]>([
    [{ name: 'hashPassword', mapping: '/usr/bin/node', address: 1n }, 'hashPassword'],
    [{ mapping: '/lib/libc.so.6', address: 0x1a2bn }, 'libc.so.6+0x1a2b'],
    [{ mapping: '/lib/libc.so.6' }, 'libc.so.6'],
    [{ address: 2n ** 64n - 1n }, '0xffffffffffffffff'],
    [{}, '(unknown)'],
  ])('of %o is %s', (frame, label) => {
    expect(labelOf(frame)).toBe(label);
  });

  it('names the root and the rest', () => {
    const frames = new FrameTableBuilder().build();
    expect(frameLabel(frames, ROOT_FRAME)).toBe('(all)');
    expect(frameLabel(frames, OTHER_FRAME)).toBe('(other)');
  });
});

describe('baseName', () => {
  it.each([
    ['/usr/bin/node', 'node'],
    ['C:\\Program Files\\app.exe', 'app.exe'],
    ['node', 'node'],
    ['dir/', 'dir/'],
  ])('of %s is %s', (path, name) => {
    expect(baseName(path)).toBe(name);
  });
});
