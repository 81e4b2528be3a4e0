import { shortText } from '../frames/display-text.ts';
import { baseName, frameLabel } from '../frames/label.ts';
import { layoutTree } from '../layout/layout-tree.ts';
import type { Unit } from '../model/stacks.ts';
import type { CallTree, NodeIndex } from '../model/tree.ts';
import { functionTable } from '../tree/function-table.ts';
import { selfWeight } from '../tree/self.ts';
import { treeWidths } from '../tree/widths.ts';
import { escapeMarkup } from './markup.ts';
import { paintByModule, type Paint } from './paint.ts';
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
  /** How weights are written. Three figures and a unit if not said. */
  readonly weightText?: (weight: number, unit: Unit) => string;
}

const ROW = 18;
const HEADER = 28;
const FONT_SIZE = 11;
/** Advance of a character, as a share of the font size, in the fonts named below. */
const ADVANCE = 0.61;
const FONTS = 'ui-monospace, Menlo, Consolas, &quot;DejaVu Sans Mono&quot;, monospace';
const INSET = 4;
const LONGEST_NAME = 500;

/**
 * Draws a call tree as SVG: text that can be selected and searched, a tooltip on every rectangle, a
 * title and a description for those who cannot see it. Holds no script and asks for nothing; names
 * are text whatever is in them.
 */
export function svgFromCallTree(tree: CallTree, options: SvgOptions = {}): string {
  const width = options.width ?? 1200;
  const weight = options.weight ?? treeWidths(tree);
  const text = options.weightText ?? weightText;
  const paintOf = options.paintOf ?? paintByModule(tree);
  const layout = layoutTree(tree, { width, focus: options.focus, weight, minWidth: 0.5 });
  const height = HEADER + layout.rows * ROW;
  const title = escapeMarkup(shortText(options.title ?? 'Profile', LONGEST_NAME));

  const parts = [
    // Sizes as well as a view box: without, a browser shrinks a deep graph until it fits the window.
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONTS}" font-size="${FONT_SIZE}">\n`,
    `<title>${title}</title>\n<desc>${escapeMarkup(description(tree, text))}</desc>\n`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>\n`,
    `<text x="${INSET}" y="18" font-size="13" fill="#1b1d22">${title}</text>\n`,
  ];
  for (let i = 0; i < layout.length; i++) {
    const node = layout.node[i];
    const row = layout.depth[i];
    const left = Math.max(0, layout.x[i]);
    const wide = Math.min(width, layout.x[i] + layout.width[i]) - left;
    const top = HEADER + (options.orientation === 'flame' ? layout.rows - 1 - row : row) * ROW;
    const { fill, text: ink } = paintOf(node);
    const name = shortText(frameLabel(tree.frames, tree.frame[node]), LONGEST_NAME);
    const tip = `${name} · ${text(tree.total[node], tree.unit)} (${percentText(tree.total[node], tree.total[0])}), self ${text(selfWeight(tree, node), tree.unit)}`;
    const shown = fitted(name, wide - 2 * INSET);
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

/** Totals and the functions with most weight of their own, in words. */
function description(tree: CallTree, text: (weight: number, unit: Unit) => string): string {
  const functions = functionTable(tree);
  // The table has the function with most weight of its own first.
  const heaviest = functions.self.subarray(0, 5).filter((self) => self > 0).length;
  const top = Array.from({ length: heaviest }, (_, row) => {
    const { frames, frame, self } = functions;
    const name = shortText(frameLabel(frames, frame[row]), 120);
    const file = shortText(baseName(frames.strings[frames.file[frame[row]]] ?? ''), 60);
    const share = percentText(self[row], tree.total[0]);
    return `${name}${file && ` (${file})`} ${text(self[row], tree.unit)}, ${share}`;
  });
  const total = `${text(tree.total[0], tree.unit)} in ${tree.totalCount[0]} samples.`;
  return top.length === 0 ? total : `${total} Most weight of their own: ${top.join('; ')}.`;
}
