// Which npm package carries the embedded ClickHouse server for a platform.

/** @type {Record<string, string>} */
const LIBRARIES = {
  'linux-x64': '@chdb/lib-linux-x64-gnu',
  'linux-arm64': '@chdb/lib-linux-arm64-gnu',
  'darwin-arm64': '@chdb/lib-darwin-arm64',
  'darwin-x64': '@chdb/lib-darwin-x64',
};

/**
 * @param {Record<string, string>} pinned the versions that packages/embedded names; all platforms
 * take the same
 * @param {string} platform as `process.platform`
 * @param {string} arch as `process.arch`
 * @returns {{ name: string, version: string } | undefined}
 */
export function chdbLibrary(pinned, platform, arch) {
  const name = LIBRARIES[`${platform}-${arch}`];
  const version = pinned[name] ?? Object.values(pinned)[0];
  return name && version ? { name, version } : undefined;
}
