import { CallTreeError } from '../model/errors.ts';
import { Memory } from './memory.ts';

/** `what` is what the text is called if it is no JSON. */
export function parseJson(text: string, what = 'This'): unknown {
  weigh(text);
  try {
    // Texts that did not come out of bytes may still have a byte order mark.
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (cause) {
    // The cause itself does not get out of a worker.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CallTreeError('invalid-format', `${what} is not JSON: ${reason}`, { cause });
  }
}

/** Shorter texts are not weighed: all that they can become fits into the memory. */
const LONG_TEXT = 2 ** 24;

/** Bytes that a list or an object takes once it is parsed, and an item of either. */
const PER_LIST = 64;
const PER_ITEM = 16;

/** Goes through a text without parsing it: `[[],[],…` takes twenty times its length. */
function weigh(text: string): void {
  if (text.length < LONG_TEXT) return;
  const memory = new Memory();
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (letter === 0x2c) memory.take(PER_ITEM, 'JSON');
    else if (letter === 0x5b || letter === 0x7b) memory.take(PER_LIST, 'JSON');
  }
}
