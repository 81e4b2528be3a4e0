import type { DiffTree } from '../model/diff.ts';
import type { StackTable } from '../model/stacks.ts';
import type { CallTree, NodeIndex } from '../model/tree.ts';
import { stacksOfTree } from '../tree/stacks-of-tree.ts';
import { applyTransforms } from '../transforms/apply.ts';
import type { Transform } from '../transforms/transform.ts';
import { foldedFromStackTable } from './folded.ts';
import { htmlFromCallTree, type HtmlOptions } from './html.ts';
import { jsonFromStackTable } from './json.ts';
import { markdownOfDiff, type DiffMarkdownOptions } from './markdown-of-diff.ts';
import { markdownSummary } from './markdown.ts';
import type { Paint } from './paint.ts';
import { writePprof } from './pprof-writer.ts';
import { speedscopeFromStackTable } from './speedscope.ts';
import { svgFromCallTree, type SvgOptions } from './svg.ts';

/** Colours as data, for a function cannot be handed to a worker. */
export interface NodeColours {
  /** At most 256. */
  readonly paints: readonly Paint[];
  /** Of each node, which of them it has. */
  readonly slot: Uint8Array;
}

/** A tree, or two profiles beside each other, as a picture. */
export interface PictureFile
  extends Pick<SvgOptions, 'focus' | 'orientation'>, Pick<HtmlOptions, 'legend' | 'weight'> {
  readonly format: 'svg' | 'html';
  readonly title?: string;
  readonly tree: CallTree | DiffTree;
  /** By module if not said. */
  readonly colours?: NodeColours;
}

/** What changed between two profiles, in words. */
export interface ChangesFile extends Pick<DiffMarkdownOptions, 'form'> {
  readonly format: 'markdown';
  readonly title?: string;
  readonly diff: DiffTree;
}

/** A profile for other programs, or in words. */
export interface StacksFile {
  readonly format: 'markdown' | 'folded' | 'speedscope' | 'pprof' | 'json';
  readonly title?: string;
  /** For pprof, what the weights are, such as `cpu` or `inuse_space`. `weight` if not said. */
  readonly type?: string;
  /** A tree has lost lines and labels, but not weights. */
  readonly stacks: StackTable | CallTree;
  /** Made first. */
  readonly transforms?: readonly Transform[];
}

/** What a profile is to be written as. */
export type ProfileFile = PictureFile | ChangesFile | StacksFile;

const MEDIA_TYPES: Readonly<Record<ProfileFile['format'], string>> = {
  svg: 'image/svg+xml',
  html: 'text/html',
  markdown: 'text/markdown',
  folded: 'text/plain',
  speedscope: 'application/json',
  pprof: 'application/octet-stream',
  json: 'application/json',
};

/** Writes a file. Throws what the writer of its format does. */
export async function writeProfile(file: ProfileFile): Promise<Blob> {
  return new Blob([await contentOf(file)], { type: MEDIA_TYPES[file.format] });
}

function contentOf(file: ProfileFile): string | Promise<Uint8Array<ArrayBuffer>> {
  if ('tree' in file) return pictureOf(file);
  const { format, title } = file;
  if ('diff' in file) return markdownOfDiff(file.diff, { title, form: file.form });
  const { stacks: given, transforms = [] } = file;
  const stacks = applyTransforms('stackOffset' in given ? given : stacksOfTree(given), transforms);
  switch (format) {
    case 'markdown':
      return markdownSummary(stacks, { title });
    case 'folded':
      return foldedFromStackTable(stacks);
    case 'speedscope':
      return speedscopeFromStackTable(stacks, title);
    case 'pprof':
      return writePprof(stacks, { type: file.type });
    case 'json':
      return jsonFromStackTable(stacks);
  }
}

function pictureOf({ format, tree, colours, ...options }: PictureFile): string {
  const paintOf = colours && ((node: NodeIndex) => colours.paints[colours.slot[node]]);
  const write = format === 'svg' ? svgFromCallTree : htmlFromCallTree;
  return write(tree, { ...options, paintOf });
}
