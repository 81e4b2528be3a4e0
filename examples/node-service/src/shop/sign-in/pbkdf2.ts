import { setImmediate as nextTurn } from 'node:timers/promises';
import { hashBlock, INITIAL_STATE } from './sha256.ts';

/** Rounds between two breathers in which other requests get their turn. */
const SLICE = 10_000;

/**
 * PBKDF2-HMAC-SHA256 of one output block (32 bytes), in plain JavaScript.
 *
 * `node:crypto` does this faster and off the main thread. A shop should use it; this one shows what
 * it costs not to.
 *
 * @param password at most 64 bytes, @param salt at most 51 bytes
 */
export async function derivePasswordKey(
  password: string,
  salt: Uint8Array,
  rounds: number,
): Promise<Uint8Array> {
  const key = Buffer.alloc(64);
  Buffer.from(password).copy(key);
  // HMAC's inner and outer hash both begin with a block made of the key alone: hash it once.
  const inner = keyedState(key, 0x36);
  const outer = keyedState(key, 0x5c);

  const first = Buffer.alloc(64);
  first.set(salt);
  first[salt.length + 3] = 1; // number of the output block, big-endian
  const block = padded(first, salt.length + 4);
  const result = new Int32Array(8);
  for (let done = 0; done < rounds; done += SLICE) {
    if (done > 0) await nextTurn();
    iterate(result, block, inner, outer, Math.min(SLICE, rounds - done));
  }
  return bytesOf(result);
}

/** Some rounds of `block = hmac(block)`, each XORed into `result`. */
function iterate(
  result: Int32Array,
  block: Int32Array,
  inner: Int32Array,
  outer: Int32Array,
  rounds: number,
): void {
  const state = new Int32Array(8);
  for (let round = 0; round < rounds; round++) {
    state.set(inner);
    hashBlock(state, block);
    block.set(state);
    endBlock(block, 32);
    state.set(outer);
    hashBlock(state, block);
    block.set(state);
    for (let i = 0; i < 8; i++) result[i] ^= state[i];
  }
}

function keyedState(key: Uint8Array, pad: number): Int32Array {
  const state = INITIAL_STATE.slice();
  hashBlock(state, words(key.map((byte) => byte ^ pad)));
  return state;
}

function padded(bytes: Uint8Array, length: number): Int32Array {
  const copy = Uint8Array.from(bytes);
  copy[length] = 0x80;
  const block = words(copy);
  block[15] = (64 + length) * 8;
  return block;
}

/** SHA-256's padding behind `length` bytes (a multiple of 4) that follow one whole block. */
function endBlock(block: Int32Array, length: number): void {
  block.fill(0, length / 4);
  block[length / 4] = 0x80000000 | 0;
  block[15] = (64 + length) * 8;
}

function words(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: 16 }, (_, at) => view.getInt32(at * 4));
}

function bytesOf(state: Int32Array): Uint8Array {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  state.forEach((word, at) => view.setInt32(at * 4, word));
  return bytes;
}
