import type { FrameKey } from '@hyperflame/calltree';

/**
 * The key of the function that a line is in. Only a named frame's key says a line, as its last part.
 *
 *     hashPassword ␟ auth.ts ␟ ␟ 42     hashPassword ␟ auth.ts
 *     ␟ ␟ libc.so.6 ␟ ␟ 0x1a2b          the same
 */
export function withoutLine(key: FrameKey): FrameKey {
  const parts = key.split('\u001f');
  if (parts.length !== 4) return key;
  return parts
    .slice(0, 3)
    .join('\u001f')
    .replace(/\u001f+$/, '');
}
