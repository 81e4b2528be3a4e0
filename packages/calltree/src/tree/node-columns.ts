import { resized, trimmed } from '../build/grow.ts';
import type { FrameIndex } from '../model/frames.ts';
import type { CallTree, NodeIndex } from '../model/tree.ts';

/** The columns of a tree that is being made, node after node in depth-first order. */
export class NodeColumns {
  #length = 0;
  #maxDepth = 0;
  #frame: Uint32Array;
  #parent: Int32Array;
  #depth: Uint32Array;
  #end: Uint32Array;
  #self: Float64Array;
  #total: Float64Array;
  #selfCount: Float64Array;
  #totalCount: Float64Array;

  readonly #mostNodes: number;
  #capacity: number;
  /** By depth, the node whose subtree is being made: one path from the root. */
  #open = new Uint32Array(256);
  #openDepth = -1;

  /** `mostNodes` is how many nodes there can be at the very most. */
  constructor(mostNodes: number) {
    this.#mostNodes = mostNodes;
    // Stacks share most of their frames. Room that is never touched costs next to nothing while the
    // tree is made, and moving it to more room does, so the first guess is a generous one.
    this.#capacity = Math.min(mostNodes, Math.max(16_384, Math.ceil(mostNodes / 5)));
    this.#frame = new Uint32Array(this.#capacity);
    this.#parent = new Int32Array(this.#capacity);
    this.#depth = new Uint32Array(this.#capacity);
    this.#end = new Uint32Array(this.#capacity);
    this.#self = new Float64Array(this.#capacity);
    this.#total = new Float64Array(this.#capacity);
    this.#selfCount = new Float64Array(this.#capacity);
    this.#totalCount = new Float64Array(this.#capacity);
  }

  /** How many more nodes can be added before {@link reserve} is needed. */
  get room(): number {
    return this.#capacity - this.#length;
  }

  depthOf(node: NodeIndex): number {
    return this.#depth[node];
  }

  addSelf(node: NodeIndex, self: number, count: number): void {
    this.#self[node] += self;
    this.#selfCount[node] += count;
  }

  /**
   * Makes room for `more` nodes. `progress` tells how much of the work is done (0 to 1): from it and
   * the nodes so far follows about how many there will be, so the columns are seldom moved.
   */
  reserve(more: number, progress: number): void {
    const needed = this.#length + more;
    const expected = Math.ceil((needed / Math.max(progress, 0.02)) * 1.05);
    const room = Math.max(
      Math.min(expected, this.#capacity * 8),
      Math.ceil(this.#capacity * 1.5),
      needed,
    );
    this.#capacity = Math.min(room, this.#mostNodes);
    this.#frame = resized(this.#frame, this.#capacity);
    this.#parent = resized(this.#parent, this.#capacity);
    this.#depth = resized(this.#depth, this.#capacity);
    this.#end = resized(this.#end, this.#capacity);
    this.#self = resized(this.#self, this.#capacity);
    this.#total = resized(this.#total, this.#capacity);
    this.#selfCount = resized(this.#selfCount, this.#capacity);
    this.#totalCount = resized(this.#totalCount, this.#capacity);
  }

  /** Adds the next node; room for it must have been reserved. */
  append(
    frame: FrameIndex,
    parent: NodeIndex | -1,
    depth: number,
    total: number,
    count: number,
  ): NodeIndex {
    const node = this.#length++;
    this.#frame[node] = frame;
    this.#parent[node] = parent;
    this.#depth[node] = depth;
    this.#total[node] = total;
    this.#totalCount[node] = count;
    this.#close(depth, node);
    if (depth >= this.#open.length) this.#open = resized(this.#open, depth * 2);
    this.#open[depth] = node;
    this.#openDepth = depth;
    if (depth > this.#maxDepth) this.#maxDepth = depth;
    return node;
  }

  /**
   * Adds `length` nodes, each the only child of the one before, below the last node that was added.
   * They all have the same weight, which is the last one's own. Returns the last one.
   */
  appendChain(
    frames: ArrayLike<FrameIndex>,
    position: number,
    length: number,
    weight: number,
    count: number,
  ): NodeIndex {
    const frame = this.#frame;
    const parent = this.#parent;
    const depth = this.#depth;
    const end = this.#end;
    const total = this.#total;
    const totalCount = this.#totalCount;
    const from = this.#length;
    const to = from + length;
    let below = depth[from - 1];
    for (let node = from; node < to; node++) {
      frame[node] = frames[position++];
      parent[node] = node - 1;
      depth[node] = ++below;
      end[node] = to;
      total[node] = weight;
      totalCount[node] = count;
    }
    this.#length = to;
    this.addSelf(to - 1, weight, count);
    if (below > this.#maxDepth) this.#maxDepth = below;
    return to - 1;
  }

  /** The columns as they are now. */
  finish(): Omit<CallTree, 'frames' | 'unit' | 'granularity' | 'inverted'> {
    this.#close(0, this.#length);
    const length = this.#length;
    return {
      length,
      frame: trimmed(this.#frame, length),
      parent: trimmed(this.#parent, length),
      depth: trimmed(this.#depth, length),
      end: trimmed(this.#end, length),
      self: trimmed(this.#self, length),
      total: trimmed(this.#total, length),
      selfCount: trimmed(this.#selfCount, length),
      totalCount: trimmed(this.#totalCount, length),
      maxDepth: this.#maxDepth,
    };
  }

  /** The subtrees of the open nodes at this depth and below it end before the node `end`. */
  #close(depth: number, end: NodeIndex): void {
    for (let open = this.#openDepth; open >= depth; open--) this.#end[this.#open[open]] = end;
  }
}
