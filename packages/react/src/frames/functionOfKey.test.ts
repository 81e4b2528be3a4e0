import { frameKey, makeStackTable, OTHER_FRAME_KEY, type FrameInput } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import { functionOfKey } from './functionOfKey.ts';

const keyOf = (frame: FrameInput) =>
  frameKey(makeStackTable([{ frames: [frame], weight: 1 }]).frames, 0);

it('asks for the function that a key names', () => {
  expect(functionOfKey(keyOf({ name: 'sort', file: 'a.ts', mapping: 'app' }))).toEqual({
    name: 'sort',
    file: 'a.ts',
    mapping: 'app',
  });
  expect(functionOfKey(keyOf({ mapping: '/lib/libc.so.6', address: 0x1a2bn }))).toEqual({
    name: '',
    mapping: '/lib/libc.so.6',
    address: 0x1a2bn,
  });
});

it('asks for nothing where a key names none', () => {
  expect(functionOfKey(OTHER_FRAME_KEY)).toBeUndefined();
  expect(functionOfKey('')).toBeUndefined();
});
