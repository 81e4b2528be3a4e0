import { treeWidths, type CallTree } from '@hyperflame/calltree';
import { hashText } from './hash.ts';

/** Nodes lighter than this share of the whole are not seen, and have no say in who gets a colour. */
const LEAST_SHARE = 1 / 2000;

/**
 * A colour of its own for each of the packages that take up most of the picture, as many as there
 * are colours; the others get none. Where the time itself is spent is what one looks for, so a
 * package's own weight counts once more. A package has the colour that its name is hashed to, in
 * every profile, unless a larger one has taken it:
 *
 *     area      yaml 60   flask 30   requests 10        two colours
 *     hash      1         1          0
 *     slot      1         0          none
 *
 * @param nameOf package of a node; `''` for a node of none
 */
export function packageSlots(
  tree: CallTree,
  nameOf: (node: number) => string,
  colors: number,
): ReadonlyMap<string, number> {
  const { self, total, end, parent, length } = tree;
  const width = treeWidths(tree);
  const least = width[0] * LEAST_SHARE;
  const areas = new Map<string, number>();
  for (let node = 1; node < length;) {
    if (width[node] < least) {
      // Siblings stand heaviest first: where nothing is taken away, those after this one are not seen either.
      node = width === total ? end[parent[node]] : end[node];
      continue;
    }
    const name = nameOf(node);
    if (name !== '') areas.set(name, (areas.get(name) ?? 0) + width[node] + Math.abs(self[node]));
    node++;
  }
  const largest = [...areas].sort(([a, areaA], [b, areaB]) => areaB - areaA || (a < b ? -1 : 1));
  const slots = new Map<string, number>();
  const taken = new Set<number>();
  for (const [name] of largest.slice(0, colors)) {
    let slot = hashText(name) % colors;
    while (taken.has(slot)) slot = (slot + 1) % colors;
    taken.add(slot);
    slots.set(name, slot);
  }
  return slots;
}
