import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { buildCollector, collectorPath } from '../../scripts/build-collector.mjs';

// That it builds a Collector is shown by every test that runs one.
describe('buildCollector', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperflame-build-'));
    env = { HYPERFLAME_CACHE: join(folder, 'cache'), PATH: join(folder, 'bin') };
    await mkdir(join(folder, 'bin'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('says in one sentence that Go is missing', async () => {
    await expect(buildCollector({ env, goFolders: ['/nowhere/bin'] })).rejects.toThrow(
      /^Building the OpenTelemetry Collector needs Go \(https:\/\/go\.dev\/dl\/\), which was found neither in PATH nor in \/nowhere\/bin\.$/,
    );
  });

  it('needs no Go once it is built', async () => {
    const path = collectorPath({ env });
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '');
    expect(await buildCollector({ env, goFolders: [] })).toBe(path);
  });

  it('says what a failing Go said, and leaves nothing behind that would be taken for a Collector', async () => {
    const go = join(folder, 'bin', 'go');
    await writeFile(go, '#!/bin/sh\necho "no space left on device" >&2\nexit 1\n');
    await chmod(go, 0o755);
    await expect(buildCollector({ env, goFolders: [] })).rejects.toThrow(
      /install ended with code 1\.\nno space left on device$/,
    );
    expect(existsSync(collectorPath({ env }))).toBe(false);
    expect(await readdir(dirname(dirname(collectorPath({ env }))))).toEqual([]);
  });
});
