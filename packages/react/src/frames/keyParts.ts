import type { FrameKey } from '@hyperflame/calltree';

/** The parts that a frame's key is made of; what a key leaves out is `''`. */
export function keyParts(key: FrameKey) {
  const [name = '', file = '', mapping = '', line = '', address = ''] = key
    .split('\u001f')
    .map(unescaped);
  return { name, file, mapping, line, address };
}

/** The other way round of what keys do with a backslash and a separator in a name. */
function unescaped(part: string): string {
  return part.replace(/\\([\\s])/g, (_, character) => (character === 's' ? '\u001f' : '\\'));
}
