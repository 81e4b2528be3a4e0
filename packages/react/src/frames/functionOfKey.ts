import type { FrameKey } from '@hyperflame/calltree';
import type { FunctionKey } from '@hyperflame/sdk';
import { keyParts } from './keyParts.ts';

/** A frame's key in the words of a question; `undefined` for one that names no function. */
export function functionOfKey(key: FrameKey): FunctionKey | undefined {
  const { name, file, mapping, address } = keyParts(key);
  if (name === '' && mapping === '' && address === '') return undefined;
  if (name !== '') return { name, file, mapping };
  try {
    return { name: '', mapping, address: BigInt(address || 0) };
  } catch {
    return undefined;
  }
}
