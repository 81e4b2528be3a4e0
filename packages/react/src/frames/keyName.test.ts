import { frameKey, makeStackTable, type FrameInput } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import { defaultMessages } from '../messages/messages.ts';
import { keyName } from './keyName.ts';

it.each<[FrameInput, string]>([
  [{ name: 'hashPassword', file: 'auth.ts', line: 3 }, 'hashPassword'],
  [{ mapping: '/lib/libc.so.6', address: 0x1a2b }, 'libc.so.6+0x1a2b'],
  [{ name: 'C:\\new\\sort' }, 'C:\\new\\sort'],
  [{ name: 'a\u001fb' }, 'a␟b'],
  [{}, '(unknown)'],
])('%j is called %s', (frame, name) => {
  const { frames } = makeStackTable([{ frames: [frame], weight: 1 }]);
  expect(keyName(frameKey(frames, 0), defaultMessages)).toBe(name);
});
