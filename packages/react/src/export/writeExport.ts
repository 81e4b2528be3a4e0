import {
  applyTransforms,
  foldedFromStackTable,
  htmlFromCallTree,
  jsonFromStackTable,
  markdownOfDiff,
  markdownSummary,
  pprofFromStackTable,
  speedscopeFromStackTable,
  stacksOfTree,
  svgFromCallTree,
  type NodeIndex,
  type Paint,
} from '@hyperflame/calltree';
import { FILE_KINDS } from './fileKinds.ts';
import type { ExportFormat, PictureScale } from './formats.ts';
import { legendOf } from './legendOf.ts';
import { pngOf } from './pngOf.ts';
import type { ExportView } from './source.ts';

/** The file's content. */
export async function writeExport(
  format: ExportFormat,
  view: ExportView,
  scale: PictureScale,
): Promise<Blob> {
  const written = await contentOf(format, view, scale);
  return written instanceof Blob
    ? written
    : new Blob([written as BlobPart], { type: FILE_KINDS[format].mediaType });
}

async function contentOf(
  format: ExportFormat,
  view: ExportView,
  scale: PictureScale,
): Promise<string | Uint8Array | Blob> {
  const { tree, name: title, weight } = view;
  const stacks = () =>
    view.stacks ? applyTransforms(view.stacks(), view.transforms) : stacksOfTree(tree);
  switch (format) {
    case 'svg': {
      const { orientation, focus } = view;
      return svgFromCallTree(tree, {
        title,
        orientation,
        focus,
        weight,
        paintOf: paintOf(view),
        legend: legendOf(view),
      });
    }
    case 'png':
      return pngOf(view, scale);
    case 'html':
      return htmlFromCallTree(tree, {
        title,
        weight,
        paintOf: paintOf(view),
        legend: legendOf(view),
      });
    case 'markdown':
      return 'before' in tree
        ? markdownOfDiff(tree, { title, form: view.diffForm })
        : markdownSummary(stacks(), { title });
    case 'folded':
      return foldedFromStackTable(stacks());
    case 'speedscope':
      return speedscopeFromStackTable(stacks(), title);
    case 'pprof':
      return pprofFromStackTable(stacks());
    case 'json':
      return jsonFromStackTable(stacks());
  }
}

function paintOf({ scale, theme }: ExportView): (node: NodeIndex) => Paint {
  const inks = scale.inks(theme);
  return (node) => {
    const { fill, text } = inks[scale.slotOf(node)];
    return { fill, text };
  };
}
