import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { buildCollector, collectorPath, findGo } from '../../scripts/build-collector.mjs';

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

  it('builds for another system what is kept apart, by a builder for this one', async () => {
    const { platform } = process;
    const other = { ...env, GOOS: platform === 'freebsd' ? 'linux' : 'freebsd', GOARCH: 'arm64' };
    expect(collectorPath({ env: other })).not.toBe(collectorPath({ env }));
    expect(collectorPath({ env: { ...other, GOARCH: 'amd64' } })).not.toBe(
      collectorPath({ env: other }),
    );
    // Go refuses to install for another system where GOBIN is set.
    const go = join(folder, 'bin', 'go');
    await writeFile(go, "#!/bin/sh\necho \"for '$GOOS' '$GOARCH'\"\nexit 1\n");
    await chmod(go, 0o755);
    await expect(buildCollector({ env: other, goFolders: [] })).rejects.toThrow(/\nfor '' ''$/);
  });

  it('knows this system by the names that Go has for it', () => {
    const { platform, arch } = process;
    const same = { ...env, GOOS: platform, GOARCH: arch === 'x64' ? 'amd64' : arch };
    expect(collectorPath({ env: same })).toBe(collectorPath({ env }));
  });
});

// Its behaviour in a Collector is the pipeline's test.
it('profilecheck passes its own tests, which are in Go', async () => {
  const cwd = fileURLToPath(new URL('../../collector/profilecheck/', import.meta.url));
  const go = findGo();
  if (go === undefined) throw new Error('There is no Go (https://go.dev/dl/) to run them with.');
  const { stdout } = await promisify(execFile)(go, ['test', './...'], { cwd });
  expect(stdout).toMatch(/^ok/);
}, 600_000);
