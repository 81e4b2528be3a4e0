// What a bundle says of other people's code in it. Their licences ask for it in every copy, and a
// bundler leaves comments out.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rolldown } from 'tsdown';

const FILES = ['LICENSE', 'NOTICE'];

/** A text for each package that the modules are of; `''` where all are our own. */
export function licencesOf(modules: readonly string[]): string {
  const byPackage = new Map<string, string[]>();
  for (const module of modules) {
    const [folder] = /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(module) ?? [];
    if (folder) byPackage.set(folder, [...(byPackage.get(folder) ?? []), module]);
  }
  return [...byPackage].map(([folder, of]) => licenceOf(folder, of)).join('\n');
}

function licenceOf(folder: string, modules: readonly string[]): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Record<'name' | 'version' | 'license', string>;
  const texts = FILES.map((file) => join(folder, file))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'));
  // Where there is no such file, it is said at the beginning of each module.
  const said = texts.length > 0 ? texts : new Set(modules.map(firstComment));
  return `${name} ${version}, ${license}\n\n${[...said].map((text) => text.trim()).join('\n\n')}\n`;
}

function firstComment(module: string): string {
  const [comment = ''] = /^(?:\s*\/\/.*\n)+/.exec(readFileSync(module, 'utf8')) ?? [];
  return comment;
}

/** Writes them beside each file that has such code: `worker.js` → `worker.js.LICENSE.txt`. */
export function bundledLicences(): Rolldown.Plugin {
  return {
    name: 'bundled-licences',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const source = licencesOf(chunk.moduleIds);
        if (source === '') continue;
        this.emitFile({ type: 'asset', fileName: `${chunk.fileName}.LICENSE.txt`, source });
      }
    },
  };
}
