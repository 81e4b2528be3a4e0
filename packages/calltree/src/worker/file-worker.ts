import { expose, transfer } from 'comlink';
import { readProfile } from '../formats/read-profile.ts';
import type { NamedStacks } from '../formats/named-stacks.ts';
import { failure, type Answer } from './answer.ts';
import type { ProgressListener } from './protocol.ts';
import { columnsOf } from './wire.ts';

/** What a page asks of the worker that reads files. */
export interface FileReader {
  /** Answers once the worker runs: from then on it is the file that ends it, if anything does. */
  start(): void;
  read(file: Uint8Array, onProgress?: ProgressListener): Promise<Answer<NamedStacks[]>>;
}

const reader: FileReader = {
  start() {},
  async read(file, onProgress) {
    try {
      const value = await readProfile(file, { onProgress });
      const columns = value.flatMap(({ stacks }) => [
        ...columnsOf(stacks),
        ...columnsOf(stacks.frames),
      ]);
      return transfer({ ok: true, value }, [...new Set(columns)]);
    } catch (error) {
      return failure(error);
    }
  },
};

expose(reader);
