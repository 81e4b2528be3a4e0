import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The npm packages that carry ClickHouse as a shared library, by platform. */
const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64-gnu': '@chdb/lib-linux-x64-gnu',
  'linux-arm64-gnu': '@chdb/lib-linux-arm64-gnu',
  'darwin-arm64': '@chdb/lib-darwin-arm64',
  'darwin-x64': '@chdb/lib-darwin-x64',
};

const USE_YOUR_OWN =
  'Set CLICKHOUSE_URL (for example http://127.0.0.1:8123) to use a ClickHouse server of your own instead.';

/** `linux-x64-gnu`, `darwin-arm64`, `win32-x64`, …: the machine this process runs on. */
export function currentPlatform(): string {
  const { platform, arch } = process;
  return platform === 'linux' ? `${platform}-${arch}-${libc()}` : `${platform}-${arch}`;
}

/**
 * Path of the ClickHouse library for a platform.
 * @throws Error that says what is missing and what to do, also where no library exists at all.
 */
export function findLibrary(
  platform: string = currentPlatform(),
  resolve: (id: string) => string = require.resolve,
): string {
  const name = PACKAGES[platform];
  if (name === undefined) {
    throw new Error(
      `The embedded ClickHouse server has no library for ${platform}; it runs on ` +
        `${Object.keys(PACKAGES).join(', ')}. ${USE_YOUR_OWN}`,
    );
  }
  const folder = packageFolder(name, resolve);
  const file =
    folder && ['libchdb.so', 'libchdb.dylib'].map((f) => join(folder, f)).find(existsSync);
  if (!file) {
    throw new Error(
      `The embedded ClickHouse server needs the npm package ${name}, which is not installed. ` +
        `Run: npm install --no-save ${name}@${LIBRARY_VERSION}. ${USE_YOUR_OWN}`,
    );
  }
  return file;
}

/** One version on every platform; the same as in this package's package.json. */
const LIBRARY_VERSION = '26.7.3-stable.1';

function packageFolder(name: string, resolve: (id: string) => string): string | undefined {
  try {
    return dirname(resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function libc(): 'gnu' | 'musl' {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime ? 'gnu' : 'musl';
}
