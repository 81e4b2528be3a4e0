import type { CallTree, Layout, NodeIndex } from '@hyperflame/calltree';
import { CANVAS_FONT_SIZE, type CanvasTheme, type Ink } from '../theme/canvasTheme.ts';
import { rowTop, type Rows } from './geometry.ts';
import type { NameEnd, TextFitter } from './textFitter.ts';

/** All that the picture depends on. Lengths are CSS pixels. */
export interface Picture {
  readonly tree: CallTree;
  readonly layout: Layout;
  readonly rows: Rows;
  /** The part of the drawing that the canvas shows. */
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  readonly density: number;
  readonly theme: CanvasTheme;
  readonly inks: readonly Ink[];
  readonly slotOf: (node: NodeIndex) => number;
  readonly labelOf: (node: NodeIndex) => string;
  /** Stands in place of names where siblings are too narrow for rectangles of their own. */
  readonly narrowLabel: string;
  /** The nodes that stand out while the others step back. `null`: all are alike. */
  readonly isMatch: ((node: NodeIndex) => boolean) | null;
  /** Whether one of them is from a node on, as far as to another; only of such as are searched for. */
  readonly hasMatch?: (from: NodeIndex, until: NodeIndex) => boolean;
  /** Which end of a name is shown that does not fit. `start` if not said. */
  readonly nameEnd?: NameEnd;
  /** What the colour of each slot says, as a sign before the name where there are no colours to say it. */
  readonly signs?: readonly string[];
  /** A figure that stands at the end of a rectangle, if it has room for more than its name. */
  readonly noteOf?: (node: NodeIndex) => string;
  /** Frames with lines across them, such as those that a diff has lost. */
  readonly isHatched?: (node: NodeIndex) => boolean;
}

const TEXT_INSET = 5;
/** Narrower rectangles have no room for three letters. */
const LEAST_TEXT_WIDTH = 24;
/** Narrower ones have none for a name and a figure. */
const LEAST_NOTED_WIDTH = 72;
/** Between the two. */
const NOTE_GAP = '   ';
/** Rounding the corners of anything narrower would eat it up. */
const LEAST_ROUND_WIDTH = 7;
const CORNER = 2;

/**
 * Draws the rows that the canvas shows. Works in device pixels: edges are rounded to them, so
 * that neighbours meet without a seam of half-covered pixels at any density.
 */
export function paintFlame(
  context: CanvasRenderingContext2D,
  picture: Picture,
  fitter: TextFitter,
): void {
  const { layout, rows, density, theme, tree } = picture;
  const right = Math.round(picture.width * density);
  const bottom = Math.round(picture.height * density);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, right, bottom);

  const gap = Math.max(1, Math.round(density * 0.75));
  const focusDepth = tree.depth[layout.focus];
  const texts: PlacedText[] = [];
  let fillStyle = '';

  for (let depth = 0; depth < layout.rows; depth++) {
    const top = Math.round((rowTop(rows, depth) - picture.scrollTop) * density);
    const height = Math.round(rows.rowHeight * density) - gap;
    if (top + height < 0 || top > bottom) continue;

    // The path to the focused frame is there to go back along, not to compare with.
    const isWayBack = depth < focusDepth;
    for (let i = layout.rowStart[depth]; i < layout.rowStart[depth + 1]; i++) {
      const left = Math.max(-4, Math.round(layout.x[i] * density));
      const end = Math.min(right + 4, Math.round((layout.x[i] + layout.width[i]) * density));
      // Whatever has a rectangle is seen, if only as one pixel; wider ones leave a gap.
      const width = Math.max(1, end - left - (end - left > 2 * gap ? gap : 0));
      if (left > right || left + width < 0) continue;

      const node = layout.node[i];
      const until = layout.narrowEnd[i];
      const isNarrow = until !== 0;
      const ink = isNarrow ? theme.dimmed : inkOf(picture, node);
      const { fill, text } = isWayBack ? ink.faded : ink;
      if (fill !== fillStyle) context.fillStyle = fillStyle = fill;
      if (width >= LEAST_ROUND_WIDTH * density) {
        context.beginPath();
        context.roundRect(left, top, width, height, CORNER * density);
        context.fill();
      } else {
        context.fillRect(left, top, width, height);
      }
      if (theme.outlined && width > 3) outline(context, text, left, top, width, height, 1);
      // A line around them rather than a colour: few of them may match.
      if (isNarrow && picture.hasMatch?.(node, until)) {
        const line = Math.min(Math.round(2 * density), width / 2);
        outline(context, theme.match.fill, left, top, width, height, line);
      }
      if (width >= 3 && !isNarrow && picture.isHatched?.(node)) {
        hatch(context, theme.background, left, top, width, height, density);
      }
      if (width >= LEAST_TEXT_WIDTH * density) {
        const label = isNarrow ? picture.narrowLabel : signed(picture, node);
        const hasNote = !isNarrow && width >= LEAST_NOTED_WIDTH * density;
        const note = (hasNote && picture.noteOf?.(node)) || '';
        texts.push({ label, note, left, top, width, color: text });
      }
    }
  }
  paintTexts(context, picture, fitter, texts, Math.round(rows.rowHeight * density) - gap);
}

interface PlacedText {
  readonly label: string;
  readonly note: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly color: string;
}

function inkOf(picture: Picture, node: NodeIndex): Ink {
  if (picture.isMatch && !picture.isMatch(node)) return picture.theme.dimmed;
  // Without fills to tell them by, matches have the only one.
  if (picture.theme.outlined && picture.isMatch) return picture.theme.match;
  return picture.inks[picture.slotOf(node)];
}

export function flameFont(theme: CanvasTheme, density: number): string {
  return `${CANVAS_FONT_SIZE * density}px ${theme.fontFamily}`;
}

function paintTexts(
  context: CanvasRenderingContext2D,
  picture: Picture,
  fitter: TextFitter,
  texts: readonly PlacedText[],
  height: number,
): void {
  const { density } = picture;
  context.font = flameFont(picture.theme, density);
  context.textBaseline = 'alphabetic';
  context.direction = 'ltr';
  // Letters without descenders look centred when their own height, not the line's, is.
  const baseline = Math.round((height + CANVAS_FONT_SIZE * density * 0.7) / 2);
  const inset = Math.round(TEXT_INSET * density);
  let fillStyle = '';
  const right = Math.round(picture.width * density);
  for (const { label, note, left, top, width, color } of texts) {
    // A rectangle that reaches out of sight keeps its name in it.
    const from = Math.max(0, left);
    const to = Math.min(right, left + width);
    const text = fitter.fit(label, left + width - from - 2 * inset + density, picture.nameEnd);
    if (text === '') continue;
    if (color !== fillStyle) context.fillStyle = fillStyle = color;
    context.fillText(text, from + inset, top + baseline);
    const both = text + NOTE_GAP + note;
    if (note === '' || text !== label || fitter.fit(both, to - from - 2 * inset) !== both) continue;
    context.textAlign = 'right';
    context.fillText(note, to - inset, top + baseline);
    context.textAlign = 'left';
  }
}

function signed({ theme, signs, slotOf, labelOf }: Picture, node: NodeIndex): string {
  return theme.outlined && signs ? `${signs[slotOf(node)]} ${labelOf(node)}` : labelOf(node);
}

function outline(
  context: CanvasRenderingContext2D,
  color: string,
  left: number,
  top: number,
  width: number,
  height: number,
  line: number,
): void {
  context.strokeStyle = color;
  context.lineWidth = line;
  context.strokeRect(left + line / 2, top + line / 2, width - line, height - line);
}

function hatch(
  context: CanvasRenderingContext2D,
  color: string,
  left: number,
  top: number,
  width: number,
  height: number,
  density: number,
): void {
  const step = 6 * density;
  const from = Math.max(0, left);
  const to = Math.min(context.canvas.width, left + width);
  context.save();
  context.beginPath();
  context.rect(from, top, to - from, height);
  context.clip();
  context.beginPath();
  // Starting at multiples of the step keeps the lines of neighbours in one pattern.
  for (let x = Math.floor((from - height) / step) * step; x < to; x += step) {
    context.moveTo(x, top + height);
    context.lineTo(x + height, top);
  }
  context.strokeStyle = color;
  context.globalAlpha = 0.4;
  context.lineWidth = density;
  context.stroke();
  context.restore();
}
