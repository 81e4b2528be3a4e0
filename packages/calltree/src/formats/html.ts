import { shortText } from '../frames/display-text.ts';
import { frameLabel } from '../frames/label.ts';
import type { FrameIndex } from '../model/frames.ts';
import type { DiffTree } from '../model/diff.ts';
import type { CallTree, NodeIndex } from '../model/tree.ts';
import { PAGE_SCRIPT, PAGE_STYLE } from './html-page.ts';
import { escapeMarkup, scriptJson } from './markup.ts';
import { paintByModule, type LegendEntry, type Paint } from './paint.ts';
import { sidesOf } from './sides.ts';
import { selfWeight } from '../tree/self.ts';
import { treeWidths } from '../tree/widths.ts';
import { unitSteps } from './weight-text.ts';

export interface HtmlOptions {
  /** `Profile` if not said. */
  readonly title?: string;
  /** Weight of each node that widths are drawn from; `treeWidths(tree)` if not said. */
  readonly weight?: Float64Array;
  /** Colours; by module if not said. */
  readonly paintOf?: (node: NodeIndex) => Paint;
  /** None if not said. */
  readonly legend?: readonly LegendEntry[];
  /**
   * The heaviest nodes are written, so many at most; 50 000 if not said, which is about a megabyte.
   * Totals stay those of the whole profile, and the page says how many nodes are missing.
   */
  readonly maxNodes?: number;
}

const LONGEST_NAME = 500;
/** Of a width: a share of the whole has seventeen otherwise, in a file with fifty thousand of them. */
const WIDTH_DIGITS = 7;

/**
 * Writes a page that shows a call tree: one file, to be opened from a disk or attached to a ticket.
 * Zooming and searching work in it, by pointer and by keyboard. Of a diff, it has the figures of both
 * sides. It asks for nothing over the network, and its own policy forbids it to; names are text
 * whatever is in them.
 */
export function htmlFromCallTree(tree: CallTree | DiffTree, options: HtmlOptions = {}): string {
  const title = escapeMarkup(shortText(options.title ?? 'Profile', LONGEST_NAME));
  const paintOf = options.paintOf ?? paintByModule(tree);
  const widths = options.weight ?? treeWidths(tree);
  const sides = sidesOf(tree);
  const nodes = widestNodes(tree, widths, options.maxNodes ?? 50_000);

  // Frames that read the same are written once; so are colours.
  const frames = new Interned<WrittenFrame>();
  const paints = new Interned<Paint>();
  const column = <Value>(value: (node: NodeIndex) => Value) => Array.from(nodes, value);
  const page = {
    steps: unitSteps(tree.unit),
    samples: sides.map(({ totalCount }) => totalCount[0]),
    allNodes: tree.length,
    depth: column((node) => tree.depth[node]),
    frame: column((node) => frames.index(written(tree, tree.frame[node]))),
    paint: column((node) => paints.index(paintOf(node))),
    sides: sides.map((side) => ({
      total: column((node) => side.total[node]),
      self: column((node) => selfWeight(tree, node, side)),
    })),
    // Of a profile these are nearly always the totals, which are there already.
    wide: widths === sides[0].total ? undefined : column((node) => rounded(widths[node])),
    leftOut: nodes.length < tree.length ? leftOutWidths(tree, widths, nodes) : undefined,
    frames: frames.values,
    paints: paints.values,
  };
  const colours = (options.legend ?? []).map(
    ({ fill, text, label }) =>
      `<li style="background: ${escapeMarkup(fill)}; color: ${escapeMarkup(text)}">${escapeMarkup(label)}</li>`,
  );
  const legend = colours.length > 0 ? `<ul aria-label="Colours">${colours.join('')}</ul>\n` : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p id="about"></p>
${legend}<label>Search functions <input id="search" type="search" autocomplete="off" spellcheck="false"></label>
<output id="found" for="search"></output>
<button id="reset" type="button" disabled>Reset zoom</button>
</header>
<main>
<div id="graph" role="group" aria-label="Flame graph"></div>
<p id="detail"></p>
</main>
<script id="profile" type="application/json">${scriptJson(page)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** The whole, and what is left out, are no functions, and no search finds them. A function may have their names. */
type WrittenFrame = readonly [name: string, place: string, isNone?: 1];

function written(tree: CallTree, frame: FrameIndex): WrittenFrame {
  const name = shortText(frameLabel(tree.frames, frame), LONGEST_NAME);
  if (frame >= tree.frames.length) return [name, '', 1];
  const { strings, file, line, mapping } = tree.frames;
  // Where lines are not told apart, that of a frame is one of several.
  const at = tree.granularity === 'line' && line[frame] > 0 ? `:${line[frame]}` : '';
  const place = strings[file[frame]] ? strings[file[frame]] + at : strings[mapping[frame]];
  return [name, shortText(place, LONGEST_NAME)];
}

/** Values under numbers, equal ones under the same. */
class Interned<Value> {
  readonly values: Value[] = [];
  readonly #known = new Map<string, number>();

  index(value: Value): number {
    const text = JSON.stringify(value);
    let index = this.#known.get(text);
    if (index === undefined) {
      index = this.values.push(value) - 1;
      this.#known.set(text, index);
    }
    return index;
  }
}

/**
 * The widest nodes, in the tree's order: each with all its callers, which are as wide as what they
 * call.
 */
function widestNodes(tree: CallTree, widths: Float64Array, most: number): Uint32Array {
  const { length, parent } = tree;
  if (length <= most) return Uint32Array.from({ length }, (_, node) => node);
  // Sums of fractions are rounded: a caller may be narrower than what it calls by a hair.
  const width = widths.slice();
  for (let node = 1; node < length; node++) {
    width[node] = Math.min(width[node], width[parent[node]]);
  }
  const sorted = width.toSorted();
  const least = sorted[length - most];
  // Of those that are exactly as wide as the last one that is taken, the first ones are.
  let ties = most;
  for (let i = length - 1; i >= 0 && sorted[i] > least; i--) ties--;
  const nodes = new Uint32Array(most);
  let count = 0;
  for (let node = 0; node < length && count < most; node++) {
    const isKept = width[node] > least || (width[node] === least && ties-- > 0);
    if (isKept) nodes[count++] = node;
  }
  return nodes.subarray(0, count);
}

function rounded(width: number): number {
  return Number(width.toPrecision(WIDTH_DIGITS));
}

/** Of each node that is written, how wide those of its callees are together that are not. */
function leftOutWidths(tree: CallTree, widths: Float64Array, nodes: Uint32Array): number[] {
  const below = new Float64Array(tree.length);
  let next = 0;
  for (let node = 0; node < tree.length; node++) {
    if (nodes[next] === node) next++;
    else below[tree.parent[node]] += widths[node];
  }
  return Array.from(nodes, (node) => rounded(below[node]));
}
