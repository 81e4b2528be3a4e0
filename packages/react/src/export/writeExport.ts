import { writeProfileInWorker, type NodeColours } from '@hyperflame/calltree/worker';
import { inTurns } from '../hooks/inTurns.ts';
import type { ExportFormat, PictureScale } from './formats.ts';
import { legendOf } from './legendOf.ts';
import { pngOf } from './pngOf.ts';
import type { ExportView } from './source.ts';

/** The file's content. Text is written in a worker, and a picture that has pixels on the page. */
export async function writeExport(
  format: ExportFormat,
  view: ExportView,
  scale: PictureScale,
): Promise<Blob> {
  const { tree, transforms, name: title } = view;
  switch (format) {
    case 'png':
      return pngOf(view, scale);
    case 'svg':
    case 'html': {
      const { weight, orientation, focus } = view;
      const colours = await coloursOf(view);
      const legend = legendOf(view);
      return writeProfileInWorker({
        ...{ format, title, tree, weight, colours, legend },
        // A page shows all of the profile, and has its own way to look closer.
        ...(format === 'svg' && { orientation, focus }),
      });
    }
    case 'markdown':
      if ('before' in tree) {
        return writeProfileInWorker({ format, title, diff: tree, form: view.diffForm });
      }
  }
  return writeProfileInWorker(
    view.stacks
      ? { format, title, stacks: view.stacks(), transforms }
      : { format, title, stacks: tree },
  );
}

/** Nodes that are looked at without a look at the clock: a fraction of a millisecond. */
const PIECE = 1 << 13;

/** The colours of all nodes, for a worker cannot ask the page for each. */
async function coloursOf({ tree, scale, theme }: ExportView): Promise<NodeColours> {
  const { signs } = scale;
  const paints = scale.inks(theme).map(({ fill, text }, i) => ({ fill, text, sign: signs?.[i] }));
  const slotsOf = inTurns(function* () {
    const slot = new Uint8Array(tree.length);
    for (let node = 0; node < tree.length; node++) {
      slot[node] = scale.slotOf(node);
      if (node % PIECE === 0) yield;
    }
    return slot;
  });
  return { paints, slot: await slotsOf() };
}
