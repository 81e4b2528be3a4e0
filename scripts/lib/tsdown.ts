// How every package is built: ESM and CommonJS, each with its own types, and unless a package
// says otherwise one file out for each file in. Files keep their places, so a path relative to a module (a worker, a migration) means the same
// in `src` and in `dist`.
import type { UserConfig } from 'tsdown';
import { bundledLicences } from './bundled-licences.ts';

/** `entry` maps output names to sources: `{ 'worker/index': 'src/worker/index.ts' }`. */
export function library(entry: Record<string, string>, options: UserConfig = {}): UserConfig {
  return {
    entry,
    format: ['esm', 'cjs'],
    platform: 'neutral',
    target: 'es2022',
    dts: { cjsReexport: false },
    unbundle: true,
    root: 'src',
    fixedExtension: false,
    tsconfig: '../../tsconfig.json',
    checks: { legacyCjs: false },
    report: false,
    logLevel: 'warn',
    failOnWarn: true,
    ...options,
  };
}

/**
 * A worker's script: one ESM file with everything in it, so that it also runs where nobody bundles
 * it again. Its place beside the module that starts it is part of the name.
 */
export function workerScript(name: string, source: string): UserConfig {
  return {
    ...library({ [name]: source }),
    format: 'esm',
    dts: false,
    unbundle: false,
    clean: false,
    plugins: [bundledLicences()],
    deps: { alwaysBundle: [/.*/] },
    // Hosts bundle workers in a form that cannot be split.
    outputOptions: (options) => ({ ...options, codeSplitting: false }),
  };
}
