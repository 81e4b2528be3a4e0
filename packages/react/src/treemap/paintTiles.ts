import type { NodeIndex } from '@hyperflame/calltree';
import type { ColorScale } from '../color/scales.ts';
import type { Brush } from '../hooks/usePaintedCanvas.ts';
import type { Ink } from '../theme/canvasTheme.ts';
import { SMALL_PARTS, type Tile } from './tiles.ts';

/** Height of a group's name over its parts. */
export const HEADER = 17;
const INSET = 5;
/** Fewer letters than this of a name tell nothing. */
const LEAST_LETTERS = 3;

export interface TilePicture {
  readonly tiles: readonly Tile[];
  readonly scale: ColorScale;
  /** Colour that the functions of a group have in common; `undefined` where there are packages. */
  readonly slotOfGroup: (node: NodeIndex) => number | undefined;
  readonly nameOf: (node: NodeIndex) => string;
  readonly weightOf: (node: NodeIndex) => string;
  readonly nameOfSmallParts: string;
  /** The functions that stand out while the others step back. `null`: all are alike. */
  readonly isMatch: ((node: NodeIndex) => boolean) | null;
}

export function paintTiles(brush: Brush, picture: TilePicture): void {
  const { context, theme, density } = brush;
  const { tiles, scale } = picture;
  const inks = scale.inks(theme);
  const inkOf = (node: NodeIndex, isGroup: boolean): Ink['faded'] => {
    if (!isGroup) return inks[scale.slotOf(node)];
    // A group stands behind its functions, in a lighter tone of theirs where they have one alike.
    const slot = picture.slotOfGroup(node);
    return slot === undefined ? theme.neutral.faded : inks[slot].faded;
  };
  const snap = (length: number): number => Math.round(length * density) / density;
  const gap = 1 / density;
  for (const { node, isGroup, left, top, width, height } of tiles) {
    const x = snap(left);
    const y = snap(top);
    const w = Math.max(gap, snap(left + width) - x - gap);
    const h = Math.max(gap, snap(top + height) - y - gap);
    const stepsBack = picture.isMatch !== null && !isGroup && !picture.isMatch(node);
    const ink = node === SMALL_PARTS || stepsBack ? theme.dimmed : inkOf(node, isGroup);
    context.fillStyle = ink.fill;
    context.beginPath();
    context.roundRect(x, y, w, h, Math.min(2, w / 4, h / 4));
    context.fill();
    if (theme.outlined && w > 3 && h > 3) {
      context.strokeStyle = theme.neutral.text;
      context.lineWidth = gap;
      context.strokeRect(x + gap / 2, y + gap / 2, w - gap, h - gap);
    }
    if (h < HEADER - 3) continue;
    context.fillStyle = ink.text;
    const room = w - 2 * INSET;
    const name = node === SMALL_PARTS ? picture.nameOfSmallParts : picture.nameOf(node);
    const weight = node === SMALL_PARTS ? '' : picture.weightOf(node);
    if (isGroup) {
      context.fillText(brush.fitter.fit(`${name}  ${weight}`, room), x + INSET, y + 12.5);
      continue;
    }
    const fitted = brush.fitter.fit(name, room);
    if (fitted !== name && fitted.length <= LEAST_LETTERS) continue;
    context.fillText(fitted, x + INSET, y + 13);
    // Part of a number would be another number.
    const hasRoom = h >= 2 * HEADER && brush.fitter.fit(weight, room) === weight;
    if (hasRoom) context.fillText(weight, x + INSET, y + 28);
  }
}
