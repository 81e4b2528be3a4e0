import { resized, trimmed } from '../build/grow.ts';
import type { FrameIndex } from '../model/frames.ts';
import type { CallTree, NodeIndex } from '../model/tree.ts';

/** A run of frames in an array: `frameIndex[position]`, `frameIndex[position + step]`, … */
export interface FrameRun {
  readonly frameIndex: Uint32Array;
  readonly step: 1 | -1;
  /** What stands for each frame of the array in the tree. */
  readonly group: Uint32Array;
}

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
  #room: number;
  /** By depth, the node whose subtree is being made: one path from the root. */
  #open = new Uint32Array(256);
  #openDepth = -1;

  /** `mostNodes` is how many nodes there can be at the very most. */
  constructor(mostNodes: number) {
    this.#mostNodes = mostNodes;
    // Stacks share most of their frames, so an eighth of the most is a fair first guess.
    this.#room = Math.min(mostNodes, Math.max(16_384, Math.ceil(mostNodes / 8)));
    this.#frame = new Uint32Array(this.#room);
    this.#parent = new Int32Array(this.#room);
    this.#depth = new Uint32Array(this.#room);
    this.#end = new Uint32Array(this.#room);
    this.#self = new Float64Array(this.#room);
    this.#total = new Float64Array(this.#room);
    this.#selfCount = new Float64Array(this.#room);
    this.#totalCount = new Float64Array(this.#room);
  }

  depthOf(node: NodeIndex): number {
    return this.#depth[node];
  }

  setSelf(node: NodeIndex, self: number, count: number): void {
    this.#self[node] = self;
    this.#selfCount[node] = count;
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
    if (needed <= this.#room) return;
    const expected = Math.ceil((needed / Math.max(progress, 0.02)) * 1.05);
    const room = Math.max(Math.min(expected, this.#room * 8), Math.ceil(this.#room * 1.5), needed);
    this.#room = Math.min(room, this.#mostNodes);
    this.#frame = resized(this.#frame, this.#room);
    this.#parent = resized(this.#parent, this.#room);
    this.#depth = resized(this.#depth, this.#room);
    this.#end = resized(this.#end, this.#room);
    this.#self = resized(this.#self, this.#room);
    this.#total = resized(this.#total, this.#room);
    this.#selfCount = resized(this.#selfCount, this.#room);
    this.#totalCount = resized(this.#totalCount, this.#room);
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
    run: FrameRun,
    position: number,
    length: number,
    weight: number,
    count: number,
  ): NodeIndex {
    const { frameIndex, step, group } = run;
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
      frame[node] = group[frameIndex[position]];
      parent[node] = node - 1;
      depth[node] = ++below;
      end[node] = to;
      total[node] = weight;
      totalCount[node] = count;
      position += step;
    }
    this.#length = to;
    this.setSelf(to - 1, weight, count);
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
