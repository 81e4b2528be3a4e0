import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { listFiles } from './list-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperflame-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Root may read anything, so somebody else asks. */
const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

it('goes on with the rest where a folder cannot be looked into', async () => {
  await writeFile(join(folder, 'z'), '');
  await mkdir(join(folder, 'locked'), { mode: 0 });
  await chmod(folder, 0o755);
  const program = `
    import { listFiles } from ${JSON.stringify(join(import.meta.dirname, 'list-files.ts'))};
    const told = [];
    const files = await listFiles([${JSON.stringify(folder)}], {
      onUnreadable: (...one) => told.push(one),
    });
    console.log(JSON.stringify({ files, told }));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', program],
    somebody,
  );
  expect(JSON.parse(stdout)).toEqual({
    files: [join(folder, 'z')],
    told: [[join(folder, 'locked'), 'EACCES']],
  });
});

it('a path that is not there is a mistake, unless it was there before', async () => {
  const nowhere = [join(folder, 'nowhere')];
  const onUnreadable = () => undefined;
  await expect(listFiles(nowhere, { onUnreadable })).rejects.toThrow('There is no file or folder');
  expect(await listFiles(nowhere, { onUnreadable, mayBeGone: true })).toEqual([]);
});
