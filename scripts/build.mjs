// npm run build: every package into its `dist`. What is fresh is left alone; `--force` builds all.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildStamp, packages } from './lib/packages.mjs';
import { program } from './lib/program.mjs';
import { run } from './lib/run.mjs';
import { say, step } from './lib/say.mjs';
import { isStamped, setStamp } from './lib/stamps.mjs';

/**
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<string[]>} the names of the packages that were built
 */
async function buildPackages({ force = false } = {}) {
  const built = [];
  for (const pkg of packages) {
    const stamp = buildStamp(pkg);
    const name = `build-${pkg.name}`;
    if (!force && isStamped(name, stamp) && existsSync(join(pkg.folder, 'dist'))) continue;
    await step(`Building ${pkg.npmName}`, () => run('tsdown', [], { cwd: pkg.folder }));
    setStamp(name, stamp);
    built.push(pkg.npmName);
  }
  return built;
}

await program(import.meta, async () => {
  const built = await buildPackages({ force: process.argv.includes('--force') });
  if (built.length === 0) say('All packages are built from these sources already.');
});
