import { FRAME_KINDS, type FrameIndex, type FrameTable } from '../model/frames.ts';
import { baseName } from './label.ts';

/**
 * The package or module a frame belongs to, as a person would name it; empty when nothing tells.
 *
 *     /app/node_modules/@scope/lib/a.js          @scope/lib
 *     node:internal/timers                       node:internal
 *     /usr/lib/python3/site-packages/yaml/x.py   yaml
 *     github.com/acme/shop/cart.(*Cart).Add      github.com/acme/shop/cart
 *     java.util.HashMap.get                      java.util
 *     tokio::runtime::park                       tokio
 *     kernel                                     kernel
 *     read in libc.so.6                          libc.so.6
 *     /srv/shop/src/search.ts                    search.ts
 */
export function packageName(frames: FrameTable, frame: FrameIndex): string {
  const { strings } = frames;
  const kind = FRAME_KINDS[frames.kind[frame]];
  if (kind === 'kernel') return 'kernel';
  const file = strings[frames.file[frame]].slice(0, LONGEST);
  const name = strings[frames.name[frame]].slice(0, LONGEST);
  const mapping = strings[frames.mapping[frame]];
  return (
    fromFile(file) ||
    fromName(name, kind) ||
    (mapping && baseName(mapping)) ||
    (file && baseName(file))
  );
}

/** Names and paths longer than this are read up to here only: they may be of any length. */
const LONGEST = 1000;

/** Folders that hold packages: the next part of the path is the package. */
const PACKAGE_FOLDERS = ['/node_modules/', '/site-packages/', '/dist-packages/', '/gems/'];

function fromFile(file: string): string {
  if (file.startsWith('node:')) return file.startsWith('node:internal') ? 'node:internal' : file;
  const path = `/${file.replaceAll('\\', '/')}`;
  for (const folder of PACKAGE_FOLDERS) {
    const at = path.lastIndexOf(folder);
    if (at < 0) continue;
    const [first, second] = path.slice(at + folder.length).split('/');
    if (first.startsWith('@') && second) return `${first}/${second}`;
    // Python modules of one file, and the version in a gem's folder name.
    return first.replace(/\.py$/, '').replace(/-\d[\w.]*$/, '');
  }
  const cargo = /\/registry\/src\/[^/]+\/(.+?)-\d[^/]*\//.exec(path);
  return cargo ? cargo[1] : '';
}

function fromName(name: string, kind: string | undefined): string {
  if (kind === 'go' || /^[\w.-]+\.[a-z]{2,}\//.test(name)) {
    const slash = name.lastIndexOf('/', name.search(/[([]|$/));
    const dot = name.indexOf('.', slash + 1);
    return dot > 0 ? name.slice(0, dot) : '';
  }
  if (kind === 'jvm' || /^(java|javax|jdk|sun|org|com|io|net|kotlin|scala)[./]\w+[./]/.test(name)) {
    const parts = name.split(/[./]/);
    const className = parts.findIndex((part) => /^[A-Z]/.test(part));
    const packageParts = className > 0 ? parts.slice(0, className) : [];
    return packageParts.slice(0, 3).join('.');
  }
  if (kind === 'dotnet') return name.split('.').slice(0, 2).join('.');
  const crate = /^(?:<[&*\s]*(?:mut |const |dyn )?)?([A-Za-z_]\w*)::/.exec(name);
  return crate ? crate[1] : '';
}
