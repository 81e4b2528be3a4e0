/**
 * Lets a plain `node --import` run use the workspace's packages from their sources, as the tests
 * themselves do, so that a test never judges an old build.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const root = new URL('../../../../', import.meta.url);
/** @type {Record<string, string[]>} */
const paths = JSON.parse(readFileSync(new URL('tsconfig.json', root), 'utf8')).compilerOptions
  .paths;

registerHooks({
  resolve(specifier, context, next) {
    const source = Object.hasOwn(paths, specifier) ? paths[specifier][0] : undefined;
    return source === undefined
      ? next(specifier, context)
      : { url: new URL(source, root).href, shortCircuit: true };
  },
});
