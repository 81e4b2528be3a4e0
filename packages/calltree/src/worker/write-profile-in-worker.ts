import { transfer } from 'comlink';
import type { ProfileFile } from '../formats/write-profile.ts';
import { valueOf } from './answer.ts';
import { inOwnWorker } from './own-worker.ts';
import { isNumbers, partsOf, takeApart } from './parts.ts';
import type { FileWriter } from './write-worker.ts';

/**
 * Writes a profile as a file, in a worker of its own: of a large one that takes a second. Where no
 * worker starts, it is written in place. Throws `invalid-stacks` for what a format cannot hold.
 */
export async function writeProfileInWorker(file: ProfileFile): Promise<Blob> {
  return inOwnWorker<FileWriter, Blob>({
    worker: startWorker(),
    async ask(writer) {
      const { rest, columns, places } = takeApart(file);
      for (const column of columns) {
        let sent = 0;
        for (const part of partsOf(column)) {
          sent += part.length;
          // Copying a few megabytes is a task of its own, and the page may do others before the next.
          await writer.part(
            isNumbers(part) ? transfer(part, [part.buffer]) : part,
            sent === column.length,
          );
        }
      }
      return valueOf(await writer.write(rest, places));
    },
    async inPlace() {
      const { writeProfile } = await import('../formats/write-profile.ts');
      return writeProfile(file);
    },
    death: {
      kind: 'invalid-stacks',
      message: 'The worker died over the file, which may take more memory than there is',
    },
  });
}

function startWorker(): Worker | undefined {
  try {
    return new Worker(new URL('./write-worker.js', import.meta.url), { type: 'module' });
  } catch {
    return undefined;
  }
}
