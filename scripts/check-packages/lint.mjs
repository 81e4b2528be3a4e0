// What publint and "are the types wrong?" say about a tarball.
import { readFile } from 'node:fs/promises';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { PlainError } from '../lib/program.mjs';
import { run } from '../lib/run.mjs';

/** @param {string} tarball */
export async function lintPackage(tarball) {
  const content = await readFile(tarball);
  const bytes = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  const serious = messages.filter(({ type }) => type !== 'suggestion');
  if (serious.length > 0) {
    throw new PlainError(serious.map((message) => formatMessage(message, pkg)).join('\n'));
  }
  return 'nothing to say';
}

/** @param {string} tarball */
export async function lintTypes(tarball) {
  // node16: everything but the resolution of Node before `exports`, which no supported Node has.
  await run('attw', [tarball, '--profile', 'node16', '--format', 'ascii', '--no-color']);
  return 'types are right for import and require';
}
