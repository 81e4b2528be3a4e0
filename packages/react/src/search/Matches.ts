import type { CallTree, NodeIndex } from '@hyperflame/calltree';

/**
 * The nodes of a tree whose frames are looked for, in order. They are looked up as far as `lookUntil`
 * was told to, so that a tree of millions can be gone through in pieces.
 */
export class Matches {
  readonly #tree: CallTree;
  readonly #isFrame: Uint8Array;
  #nodes = new Uint32Array(1024);
  #count = 0;
  #looked = 0;
  #weight = 0;
  /** Nodes before this one lie in a subtree that has been weighed as a whole. */
  #weighed = 0;

  constructor(tree: CallTree, isFrame: Uint8Array) {
    this.#tree = tree;
    this.#isFrame = isFrame;
  }

  get count(): number {
    return this.#count;
  }

  /** Of all samples with at least one match: recursion counts once. */
  get weight(): number {
    return this.#weight;
  }

  lookUntil(until: NodeIndex): void {
    const { frame } = this.#tree;
    const isFrame = this.#isFrame;
    const frames = isFrame.length;
    for (let node = this.#looked; node < until; node++) {
      const at = frame[node];
      // The root and the rest have no frame in the table. To read beyond a column is several times as slow.
      if (at < frames && isFrame[at] === 1) this.#add(node);
    }
    this.#looked = until;
  }

  #add(node: NodeIndex): void {
    if (this.#count === this.#nodes.length) {
      const larger = new Uint32Array(2 * this.#count);
      larger.set(this.#nodes);
      this.#nodes = larger;
    }
    this.#nodes[this.#count++] = node;
    if (node < this.#weighed) return;
    this.#weighed = this.#tree.end[node];
    this.#weight += this.#tree.total[node];
  }

  /** Whether any of the nodes is one, from the first of them to before another. */
  isAmong(from: NodeIndex, until: NodeIndex): boolean {
    const at = this.#countBefore(from);
    return at < this.#count && this.#nodes[at] < until;
  }

  /** The next after a node, or before it, from `from` to before `until`; goes round. -1 where none is. */
  next(node: NodeIndex, step: 1 | -1, from: NodeIndex, until: NodeIndex): NodeIndex | -1 {
    const first = this.#countBefore(from);
    const last = this.#countBefore(until) - 1;
    if (last < first) return -1;
    const at = step === 1 ? this.#countBefore(node + 1) : this.#countBefore(node) - 1;
    const isOutside = at < first || at > last;
    return this.#nodes[isOutside ? (step === 1 ? first : last) : at];
  }

  #countBefore(node: NodeIndex): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#nodes[middle] < node) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
