import { malformed } from './guards.ts';

/**
 * What reading a file may take, in bytes: very little, zipped, may stand for very much. A profile of
 * 300 000 stacks, 40 frames deep, in four kinds, takes 0.8 GB.
 */
const MOST_BYTES = 2 ** 30;

/** Adds up estimates of what the reading of a file takes. */
export class Memory {
  #taken = 0;

  /** Throws `invalid-format` for a byte too many. */
  take(bytes: number, place: string): void {
    this.#taken += bytes;
    if (this.#taken > MOST_BYTES) {
      throw malformed(
        place,
        'by here the file has taken a gigabyte of memory; split it, or record for a shorter time',
      );
    }
  }
}
