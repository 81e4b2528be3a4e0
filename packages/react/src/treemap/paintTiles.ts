import type { NodeIndex } from '@hyperflame/calltree';
import type { ColorScale } from '../color/scales.ts';
import type { Brush } from '../hooks/usePaintedCanvas.ts';
import type { Ink } from '../theme/canvasTheme.ts';
import type { TextFitter } from '../canvas/textFitter.ts';
import { SMALL_PARTS, type Tile } from './tiles.ts';

/** Height of a group's name over its parts. */
export const HEADER = 17;
const INSET = 5;
/** Below this width, in CSS pixels, each letter counts. */
const NARROW = 60;
const NARROW_INSET = 3;
const LINE = 15;
/** Height with room for two of them. */
const TWO_LINES = 30;
/** No tile has room for more letters in its first line of two. */
const LONGEST_LINE = 40;
/** So many letters of a name, with the ellipsis, tell nothing. */
const LEAST_LETTERS = 3;

export interface TilePicture {
  readonly tiles: readonly Tile[];
  readonly scale: ColorScale;
  /** Colour that the functions of a group have in common; `undefined` where there are packages. */
  readonly slotOfGroup: (node: NodeIndex) => number | undefined;
  readonly nameOf: (node: NodeIndex) => string;
  readonly weightOf: (node: NodeIndex) => string;
  readonly nameOfSmallParts: string;
  readonly countOfSmallParts: (count: number) => string;
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
  for (const { node, isGroup, count, left, top, width, height } of tiles) {
    const x = snap(left);
    const y = snap(top);
    const w = Math.max(gap, snap(left + width) - x - gap);
    const h = Math.max(gap, snap(top + height) - y - gap);
    const isSmall = node === SMALL_PARTS;
    const stepsBack = picture.isMatch !== null && !isGroup && (isSmall || !picture.isMatch(node));
    const ink = stepsBack ? theme.dimmed : isSmall ? theme.neutral : inkOf(node, isGroup);
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
    const inset = w < NARROW ? NARROW_INSET : INSET;
    const room = w - 2 * inset;
    const name = isSmall ? picture.nameOfSmallParts : picture.nameOf(node);
    const weight = isSmall ? picture.countOfSmallParts(count) : picture.weightOf(node);
    if (isGroup) {
      context.fillText(brush.fitter.fit(`${name}  ${weight}`, room), x + inset, y + 12.5);
      continue;
    }
    const lines = linesOf(name, room, h >= TWO_LINES ? 2 : 1, brush.fitter);
    lines.forEach((line, i) => context.fillText(line, x + inset, y + 13 + i * LINE));
    if (lines.length === 0) continue;
    // Part of a number would be another number.
    const bottom = 13 + lines.length * LINE;
    const hasRoom = h >= bottom + 6 && brush.fitter.fit(weight, room) === weight;
    if (hasRoom) context.fillText(weight, x + inset, y + bottom);
  }
}

/**
 * A name in as many lines as there is room for, broken wherever the first one is full: `convertNode` as
 * `conver` and `tNode`. None where too little of it would be left.
 */
export function linesOf(name: string, room: number, most: 1 | 2, fitter: TextFitter): string[] {
  const fitted = fitter.fit(name, room);
  if (fitted === name) return [name];
  if (most === 2) {
    let first = '';
    for (const letter of name.slice(0, LONGEST_LINE)) {
      if (fitter.fit(first + letter, room) !== first + letter) break;
      first += letter;
    }
    const second = fitter.fit(name.slice(first.length), room);
    if (first.length + second.length > LEAST_LETTERS && second !== '') return [first, second];
  }
  return fitted.length > LEAST_LETTERS ? [fitted] : [];
}
