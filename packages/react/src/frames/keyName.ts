import { baseName, type FrameKey } from '@hyperflame/calltree';
import { shortText } from '../format/displayText.ts';
import type { Messages } from '../messages/messages.ts';
import { keyParts } from './keyParts.ts';

const LONGEST = 2_000;

/**
 * The name in a frame's key, for where there is a key but no profile to look it up in:
 *
 *     hashPassword ␟ auth.ts          hashPassword
 *     ␟ ␟ /lib/libc.so.6 ␟ ␟ 0x1a2b   libc.so.6+0x1a2b
 */
export function keyName(key: FrameKey, messages: Messages): string {
  const { name, mapping, address } = keyParts(key);
  // An address of 0 is none: nothing but the binary is known then.
  const place = [baseName(mapping), address === '0x0' ? '' : address]
    .filter((part) => part !== '')
    .join('+');
  return shortText(name || place, LONGEST) || messages.unknownFrame;
}
