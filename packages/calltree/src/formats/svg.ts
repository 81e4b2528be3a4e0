import { shortText } from '../frames/display-text.ts';
import { baseName, frameLabel } from '../frames/label.ts';
import { layoutTree } from '../layout/layout-tree.ts';
import type { DiffTree } from '../model/diff.ts';
import type { Unit } from '../model/stacks.ts';
import type { CallTree, NodeIndex } from '../model/tree.ts';
import { diffFunctionTable } from '../tree/diff-function-table.ts';
import { functionTable } from '../tree/function-table.ts';
import { selfWeight } from '../tree/self.ts';
import { siblingsTotal } from '../tree/siblings-total.ts';
import { treeWidths } from '../tree/widths.ts';
import { escapeMarkup } from './markup.ts';
import { paintByModule, type LegendEntry, type Paint } from './paint.ts';
import { sidesOf } from './sides.ts';
import { percentText, weightText } from './weight-text.ts';

export interface SvgOptions {
  /** `Profile` if not said. */
  readonly title?: string;
  /** In CSS pixels; 1200 if not said. The picture has no size of its own and scales. */
  readonly width?: number;
  /** Where the root stands: at the top (`icicle`, if not said) or at the bottom. */
  readonly orientation?: 'icicle' | 'flame';
  /** The node that fills the width. */
  readonly focus?: NodeIndex;
  /** Weight of each node that widths are drawn from; `treeWidths(tree)` if not said. */
  readonly weight?: Float64Array;
  /** Colours; by module if not said. */
  readonly paintOf?: (node: NodeIndex) => Paint;
  /** Stands under the title. None if not said. */
  readonly legend?: readonly LegendEntry[];
  /** How weights are written. Three figures and a unit if not said. */
  readonly weightText?: (weight: number, unit: Unit) => string;
}

const ROW = 18;
const HEADER = 28;
const LEGEND = 24;
const FONT_SIZE = 11;
/** Advance of a character, as a share of the font size, in the fonts named below. */
const ADVANCE = 0.61;
const FONTS = 'ui-monospace, Menlo, Consolas, &quot;DejaVu Sans Mono&quot;, monospace';
const INSET = 4;
const LONGEST_NAME = 500;
/** Of siblings that are too narrow for rectangles of their own. */
const NARROW: Paint = { fill: '#eceef2', text: '#5a606d' };

/**
 * Draws a call tree as SVG: text that can be selected and searched, a tooltip on every rectangle, a
 * title and a description for those who cannot see it. Of a diff, these have the figures of both
 * sides. Holds no script and asks for nothing; names are text whatever is in them.
 */
export function svgFromCallTree(tree: CallTree | DiffTree, options: SvgOptions = {}): string {
  const width = options.width ?? 1200;
  const weight = options.weight ?? treeWidths(tree);
  const text = options.weightText ?? weightText;
  const paintOf = options.paintOf ?? paintByModule(tree);
  const layout = layoutTree(tree, { width, focus: options.focus, weight, minWidth: 0.5 });
  const legend = legendAt(HEADER, options.legend ?? []);
  const header = HEADER + (legend === '' ? 0 : LEGEND);
  const height = header + layout.rows * ROW;
  const title = escapeMarkup(shortText(options.title ?? 'Profile', LONGEST_NAME));

  const parts = [
    // Sizes as well as a view box: without, a browser shrinks a deep graph until it fits the window.
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONTS}" font-size="${FONT_SIZE}">\n`,
    `<title>${title}</title>\n<desc>${escapeMarkup(description(tree, text))}</desc>\n`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>\n`,
    `<text x="${INSET}" y="18" font-size="13" fill="#1b1d22">${title}</text>\n`,
    legend,
  ];
  const sides = sidesOf(tree);
  for (let i = 0; i < layout.length; i++) {
    const node = layout.node[i];
    const row = layout.depth[i];
    const left = Math.max(0, layout.x[i]);
    const wide = Math.min(width, layout.x[i] + layout.width[i]) - left;
    const top = header + (options.orientation === 'flame' ? layout.rows - 1 - row : row) * ROW;
    const narrowEnd = layout.narrowEnd[i];
    const isNarrow = narrowEnd !== 0;
    const { fill, text: ink, sign } = isNarrow ? NARROW : paintOf(node);
    const name = isNarrow
      ? 'Too narrow to show'
      : shortText(frameLabel(tree.frames, tree.frame[node]), LONGEST_NAME);
    const totals = sides.map((side) =>
      isNarrow ? siblingsTotal(tree, node, narrowEnd, side) : side.total[node],
    );
    const total = figures(totals, (weight) => text(weight, tree.unit));
    const share = figures(totals, (weight, of) => percentText(weight, sides[of].total[0]));
    const self = figures(sides, (side) => text(selfWeight(tree, node, side), tree.unit));
    const tip = `${name} · ${total} (${share})${isNarrow ? '' : `, self ${self}`}`;
    const room = wide - 2 * INSET;
    const signed = sign ? `${name} ${sign}` : name;
    const shown = fitted(signed, room) === signed ? signed : fitted(name, room);
    // An inner picture of its own cuts off what a wider font than expected would make too long.
    parts.push(
      `<svg x="${round(left)}" y="${top}" width="${round(wide)}" height="${ROW}"><title>${escapeMarkup(tip)}</title>`,
      `<rect width="${round(Math.max(0.5, wide - 0.5))}" height="${ROW - 1}" rx="1" fill="${escapeMarkup(fill)}"/>`,
      shown &&
        `<text x="${INSET}" y="12.5" fill="${escapeMarkup(ink)}">${escapeMarkup(shown)}</text>`,
      '</svg>\n',
    );
  }
  parts.push('</svg>\n');
  return parts.join('');
}

/** A row of labels, each on its colour. */
function legendAt(top: number, entries: readonly LegendEntry[]): string {
  let left = INSET;
  return entries
    .map(({ fill, text, label }) => {
      const wide = label.length * FONT_SIZE * ADVANCE + 2 * INSET;
      const entry =
        `<rect x="${round(left)}" y="${top}" width="${round(wide)}" height="${ROW - 1}" rx="1" fill="${escapeMarkup(fill)}"/>` +
        `<text x="${round(left + INSET)}" y="${top + 12.5}" fill="${escapeMarkup(text)}">${escapeMarkup(label)}</text>\n`;
      left += wide + INSET;
      return entry;
    })
    .join('');
}

function round(length: number): string {
  return String(Number(length.toFixed(2)));
}

/** What fits into the room, going by the advance of a monospaced font; `''` if that is nothing. */
function fitted(name: string, room: number): string {
  const cells = Math.floor(room / (FONT_SIZE * ADVANCE));
  if (cells < 2) return '';
  let used = 0;
  let end = 0;
  for (const character of name) {
    // Han, kana, Hangul and emoji are two cells wide.
    used += character.codePointAt(0)! >= 0x1100 ? 2 : 1;
    if (used > cells) return end === 0 ? '' : `${name.slice(0, end)}…`;
    // One cell stays for the dots.
    if (used < cells) end += character.length;
  }
  return name;
}

/** One figure, or both of a diff: `10 ms → 40 ms`. */
function figures<Side>(sides: readonly Side[], figure: (side: Side, i: number) => string): string {
  return sides.map(figure).join(' → ');
}

/** Totals and the functions with most weight of their own, or with the greatest change of it, in words. */
function description(
  tree: CallTree | DiffTree,
  text: (weight: number, unit: Unit) => string,
): string {
  const functions = 'before' in tree ? diffFunctionTable(tree) : functionTable(tree);
  // Either table has first what is to be told first.
  const rank = 'delta' in functions ? functions.delta.map(Math.abs) : functions.self;
  const wholes = sidesOf(tree);
  const top = Array.from(
    rank.subarray(0, 5).filter((one) => one > 0),
    (_, row) => {
      const { frames, frame } = functions;
      const name = shortText(frameLabel(frames, frame[row]), 120);
      const file = shortText(baseName(frames.strings[frames.file[frame[row]]] ?? ''), 60);
      const own = sidesOf(functions);
      const weight = figures(own, ({ self }) => text(self[row], tree.unit));
      const share = figures(own, ({ self }, i) => percentText(self[row], wholes[i].total[0]));
      return `${name}${file && ` (${file})`} ${weight}, ${share}`;
    },
  );
  const weight = figures(wholes, ({ total }) => text(total[0], tree.unit));
  const samples = figures(wholes, ({ totalCount }) => weightText(totalCount[0], 'count'));
  const total = `${weight} in ${samples} samples.`;
  const what = 'delta' in functions ? 'Greatest changes' : 'Most weight';
  return top.length === 0 ? total : `${total} ${what} of their own: ${top.join('; ')}.`;
}
