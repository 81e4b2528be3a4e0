import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Orders and stock movements, one JSON line each, in a folder that lives as long as the shop. */
export class Journal {
  readonly #dir: string;

  private constructor(dir: string) {
    this.#dir = dir;
  }

  static async open(): Promise<Journal> {
    return new Journal(await mkdtemp(join(tmpdir(), 'shop-journal-')));
  }

  async append(file: 'orders' | 'stock', entry: unknown): Promise<void> {
    await appendFile(join(this.#dir, `${file}.jsonl`), JSON.stringify(entry) + '\n', {
      flush: true,
    });
  }

  async remove(): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true });
  }
}
