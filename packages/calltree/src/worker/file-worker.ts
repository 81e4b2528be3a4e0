import { expose, transfer } from 'comlink';
import { readProfile } from '../formats/read-profile.ts';
import type { NamedStacks } from '../formats/named-stacks.ts';
import { failure, type Answer } from './answer.ts';
import type { Startable } from './own-worker.ts';
import type { ProgressListener } from './protocol.ts';
import { columnsOf } from './wire.ts';

/** What a page asks of the worker that reads files. */
export interface FileReader extends Startable {
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
