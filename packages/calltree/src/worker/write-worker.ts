import { expose } from 'comlink';
import { writeProfile, type ProfileFile } from '../formats/write-profile.ts';
import { failure, type Answer } from './answer.ts';
import type { Startable } from './own-worker.ts';
import { joined, putTogether, type Column, type Place } from './parts.ts';

/** What a page asks of the worker that writes files. */
export interface FileWriter extends Startable {
  /** The next part of a column; they come one column after the other. */
  part(part: Column, isLast: boolean): void;
  /** Writes a file, given without its columns, which have come by then. */
  write(rest: object, places: readonly Place[]): Promise<Answer<Blob>>;
}

const columns: Column[] = [];
let parts: Column[] = [];

const writer: FileWriter = {
  start() {},
  part(part, isLast) {
    parts.push(part);
    if (!isLast) return;
    columns.push(joined(parts));
    parts = [];
  },
  async write(rest, places) {
    try {
      const file = putTogether({ rest, columns, places }) as ProfileFile;
      return { ok: true, value: await writeProfile(file) };
    } catch (error) {
      return failure(error);
    }
  },
};

expose(writer);
