import { frameRanks } from '../frames/ranks.ts';
import { groupFrames } from '../frames/groups.ts';
import { grown } from '../build/grow.ts';
import type { FrameIndex, FrameTable } from '../model/frames.ts';
import type { Unit } from '../model/stacks.ts';
import {
  OTHER_FRAME,
  ROOT_FRAME,
  type CallTree,
  type Granularity,
  type NodeIndex,
} from '../model/tree.ts';
import { sortHeaviestFirst } from './sort-siblings.ts';

/**
 * Paths to merge. Path `p` reads `length[p]` frames of `frameIndex`, from `first[p]` on, walking
 * up (`step` 1) or down (`step` -1) the array: a stack from its root, or from its leaf.
 */
export interface MergePaths {
  readonly frames: FrameTable;
  readonly frameIndex: Uint32Array;
  readonly first: Uint32Array;
  readonly length: Uint32Array;
  readonly step: 1 | -1;
  readonly weight: Float64Array;
  readonly count: Float64Array;
  readonly unit: Unit;
  /** Weight and samples outside all paths: the "(other)" node under the root. */
  readonly otherWeight: number;
  readonly otherCount: number;
}

/**
 * Merges paths into a call tree by splitting them frame by frame, as a radix sort does.
 *
 *     paths           by first frame      by second frame
 *     main a x  3     main: a x, b, a y   a: x, y  → total 5
 *     main b    4       → total 9         b:       → total 4
 *     main a y  2
 *
 * A group of paths is a range of `order`. Splitting one range counts, weighs and sorts the
 * children and moves their paths together, so nodes come out in depth-first order with their
 * totals known: no node is ever looked up, moved or revisited. A group of a single path is copied
 * out without further splitting, which is where most frames of a real profile end up.
 *
 * The state between two groups is all in fields, so the work can stop and go on later.
 */
export class Merge {
  /** The node where each path ended. Complete once {@link run} has returned true. */
  readonly lastNode: Uint32Array;

  readonly #paths: MergePaths;
  readonly #granularity: Granularity;
  readonly #inverted: boolean;
  readonly #group: Uint32Array;
  #rank: Uint32Array | undefined;

  // Nodes so far.
  #nodes = 0;
  #maxDepth = 0;
  #frame: Uint32Array;
  #parent: Int32Array;
  #depth: Uint32Array;
  #self: Float64Array;
  #total: Float64Array;
  #selfCount: Float64Array;
  #totalCount: Float64Array;

  // Groups waiting to become nodes. They are disjoint ranges of `order`, so there are never more
  // of them than paths, and "(other)".
  #waiting = 0;
  readonly #waitFrom: Uint32Array;
  readonly #waitTo: Uint32Array;
  readonly #waitParent: Int32Array;
  readonly #waitFrame: Uint32Array;
  readonly #waitTotal: Float64Array;
  readonly #waitCount: Float64Array;

  // Paths in the order of their groups, and room to move them.
  readonly #order: Uint32Array;
  readonly #moved: Uint32Array;
  readonly #childOfPath: Uint32Array;

  // Children of the group that is being split.
  /** Child number + 1 by frame; 0 for a frame that has not been seen in this group. */
  readonly #childOfFrame: Uint32Array;
  #childFrame = new Uint32Array(64);
  #childSize = new Uint32Array(64);
  #childStart = new Uint32Array(64);
  #childTotal = new Float64Array(64);
  #childCount = new Float64Array(64);
  #childOrder = new Uint32Array(64);

  readonly #rankOfChild = (child: number): number => {
    const frame = this.#childFrame[child];
    if (frame === OTHER_FRAME) return OTHER_FRAME;
    this.#rank ??= frameRanks(this.#paths.frames);
    return this.#rank[frame];
  };

  #framesDone = 0;
  readonly #framesInAll: number;

  constructor(paths: MergePaths, options: { granularity: Granularity; inverted: boolean }) {
    this.#paths = paths;
    this.#granularity = options.granularity;
    this.#inverted = options.inverted;
    this.#group = groupFrames(paths.frames, options.granularity);

    const count = paths.first.length;
    let framesInAll = 0;
    for (let path = 0; path < count; path++) framesInAll += paths.length[path];
    this.#framesInAll = framesInAll;

    const room = Math.min(framesInAll + 2, 4096);
    this.#frame = new Uint32Array(room);
    this.#parent = new Int32Array(room);
    this.#depth = new Uint32Array(room);
    this.#self = new Float64Array(room);
    this.#total = new Float64Array(room);
    this.#selfCount = new Float64Array(room);
    this.#totalCount = new Float64Array(room);

    this.#waitFrom = new Uint32Array(count + 1);
    this.#waitTo = new Uint32Array(count + 1);
    this.#waitParent = new Int32Array(count + 1);
    this.#waitFrame = new Uint32Array(count + 1);
    this.#waitTotal = new Float64Array(count + 1);
    this.#waitCount = new Float64Array(count + 1);

    this.#order = new Uint32Array(count);
    for (let path = 0; path < count; path++) this.#order[path] = path;
    this.#moved = new Uint32Array(count);
    this.#childOfPath = new Uint32Array(count);
    this.#childOfFrame = new Uint32Array(paths.frames.length);
    this.lastNode = new Uint32Array(count);

    this.#start();
  }

  /** How much of the work is done, from 0 to 1. */
  get progress(): number {
    return this.#waiting === 0 ? 1 : this.#framesDone / (this.#framesInAll + 1);
  }

  /** Works on until about `frames` more frames are merged; true when there is nothing left to do. */
  run(frames = Infinity): boolean {
    const until = this.#framesDone + frames;
    while (this.#waiting > 0 && this.#framesDone < until) {
      const top = --this.#waiting;
      const frame = this.#waitFrame[top];
      const parent = this.#waitParent[top];
      const total = this.#waitTotal[top];
      const count = this.#waitCount[top];
      const node = this.#append(frame, parent, this.#depth[parent] + 1, total, count);
      if (frame === OTHER_FRAME) {
        this.#self[node] = total;
        this.#selfCount[node] = count;
      } else {
        this.#split(node, this.#waitFrom[top], this.#waitTo[top]);
      }
    }
    return this.#waiting === 0;
  }

  /** The finished tree. */
  tree(): CallTree {
    const { frames, unit } = this.#paths;
    const length = this.#nodes;
    const parent = this.#parent.slice(0, length);
    return {
      length,
      frames,
      frame: this.#frame.slice(0, length),
      parent,
      depth: this.#depth.slice(0, length),
      end: subtreeEnds(parent),
      self: this.#self.slice(0, length),
      total: this.#total.slice(0, length),
      selfCount: this.#selfCount.slice(0, length),
      totalCount: this.#totalCount.slice(0, length),
      maxDepth: this.#maxDepth,
      unit,
      granularity: this.#granularity,
      inverted: this.#inverted,
    };
  }

  #start(): void {
    const { weight, count, otherWeight, otherCount, first } = this.#paths;
    let total = otherWeight;
    let totalCount = otherCount;
    for (let path = 0; path < first.length; path++) {
      total += weight[path];
      totalCount += count[path];
    }
    const root = this.#append(ROOT_FRAME, -1, 0, total, totalCount);
    this.#split(root, 0, first.length);
  }

  /** Makes children out of the paths `from … to` of `order`, which all pass through `node`. */
  #split(node: NodeIndex, from: number, to: number): void {
    const { frameIndex, first, length, step, weight, count } = this.#paths;
    const order = this.#order;
    const group = this.#group;
    const childOfFrame = this.#childOfFrame;
    const childOfPath = this.#childOfPath;

    for (;;) {
      const depth = this.#depth[node];
      if (to - from === 1) {
        this.#appendRest(node, order[from], depth);
        return;
      }

      let children = 0;
      let kept = from;
      let self = 0;
      let selfCount = 0;
      for (let i = from; i < to; i++) {
        const path = order[i];
        if (length[path] === depth) {
          self += weight[path];
          selfCount += count[path];
          this.lastNode[path] = node;
          continue;
        }
        const frame = group[frameIndex[first[path] + step * depth]];
        let child = childOfFrame[frame];
        if (child === 0) {
          child = this.#addChild(children++, frame);
          childOfFrame[frame] = child;
        }
        this.#childSize[child - 1]++;
        this.#childTotal[child - 1] += weight[path];
        this.#childCount[child - 1] += count[path];
        childOfPath[kept] = child - 1;
        order[kept++] = path;
      }
      this.#self[node] = self;
      this.#selfCount[node] = selfCount;
      this.#framesDone += kept - from;
      to = kept;
      for (let child = 0; child < children; child++) childOfFrame[this.#childFrame[child]] = 0;

      if (node === 0 && (this.#paths.otherWeight !== 0 || this.#paths.otherCount !== 0)) {
        const other = this.#addChild(children++, OTHER_FRAME) - 1;
        this.#childTotal[other] = this.#paths.otherWeight;
        this.#childCount[other] = this.#paths.otherCount;
      }
      if (children === 1 && this.#childFrame[0] !== OTHER_FRAME) {
        node = this.#append(
          this.#childFrame[0],
          node,
          depth + 1,
          this.#childTotal[0],
          this.#childCount[0],
        );
        continue;
      }
      this.#wait(node, from, to, children);
      return;
    }
  }

  /** Sorts the children of `node`, moves their paths together, and puts them on the waiting list. */
  #wait(node: NodeIndex, from: number, to: number, children: number): void {
    const childOrder = this.#childOrder;
    for (let child = 0; child < children; child++) childOrder[child] = child;
    sortHeaviestFirst(childOrder, children, this.#childTotal, this.#rankOfChild);

    let start = from;
    for (let i = 0; i < children; i++) {
      const child = childOrder[i];
      this.#childStart[child] = start;
      start += this.#childSize[child];
    }
    const childStart = this.#childStart;
    const childOfPath = this.#childOfPath;
    for (let i = from; i < to; i++) {
      this.#moved[childStart[childOfPath[i]]++] = this.#order[i];
    }
    for (let i = from; i < to; i++) this.#order[i] = this.#moved[i];

    // The waiting list is taken from its end, so the heaviest child goes on last.
    for (let i = children - 1; i >= 0; i--) {
      const child = childOrder[i];
      const place = this.#waiting++;
      this.#waitTo[place] = childStart[child];
      this.#waitFrom[place] = childStart[child] - this.#childSize[child];
      this.#waitParent[place] = node;
      this.#waitFrame[place] = this.#childFrame[child];
      this.#waitTotal[place] = this.#childTotal[child];
      this.#waitCount[place] = this.#childCount[child];
    }
  }

  /** The only path left in its group: its remaining frames are a chain below `node`. */
  #appendRest(node: NodeIndex, path: number, depth: number): void {
    const { frameIndex, first, length, step, weight, count } = this.#paths;
    const rest = length[path] - depth;
    const last = this.#nodes + rest;
    this.#reserve(last);
    let position = first[path] + step * depth;
    let parent = node;
    for (let next = this.#nodes; next < last; next++) {
      this.#frame[next] = this.#group[frameIndex[position]];
      this.#parent[next] = parent;
      this.#depth[next] = ++depth;
      this.#total[next] = weight[path];
      this.#totalCount[next] = count[path];
      position += step;
      parent = next;
    }
    this.#nodes = last;
    this.#self[parent] = weight[path];
    this.#selfCount[parent] = count[path];
    if (depth > this.#maxDepth) this.#maxDepth = depth;
    this.lastNode[path] = parent;
    this.#framesDone += rest;
  }

  #append(
    frame: FrameIndex,
    parent: NodeIndex,
    depth: number,
    total: number,
    count: number,
  ): NodeIndex {
    const node = this.#nodes++;
    this.#reserve(this.#nodes);
    this.#frame[node] = frame;
    this.#parent[node] = parent;
    this.#depth[node] = depth;
    this.#total[node] = total;
    this.#totalCount[node] = count;
    if (depth > this.#maxDepth) this.#maxDepth = depth;
    return node;
  }

  /** Child number + 1. */
  #addChild(child: number, frame: FrameIndex): number {
    if (child === this.#childFrame.length) {
      this.#childFrame = grown(this.#childFrame, child + 1);
      this.#childSize = grown(this.#childSize, child + 1);
      this.#childStart = grown(this.#childStart, child + 1);
      this.#childTotal = grown(this.#childTotal, child + 1);
      this.#childCount = grown(this.#childCount, child + 1);
      this.#childOrder = grown(this.#childOrder, child + 1);
    }
    this.#childFrame[child] = frame;
    this.#childSize[child] = 0;
    this.#childTotal[child] = 0;
    this.#childCount[child] = 0;
    return child + 1;
  }

  #reserve(nodes: number): void {
    if (nodes <= this.#frame.length) return;
    this.#frame = grown(this.#frame, nodes);
    this.#parent = grown(this.#parent, nodes);
    this.#depth = grown(this.#depth, nodes);
    this.#self = grown(this.#self, nodes);
    this.#total = grown(this.#total, nodes);
    this.#selfCount = grown(this.#selfCount, nodes);
    this.#totalCount = grown(this.#totalCount, nodes);
  }
}

/**
 * The node after each node's subtree. Children stand behind their parents, so going backwards
 * every subtree is complete before its size is added to its parent's.
 */
export function subtreeEnds(parent: Int32Array): Uint32Array {
  const end = new Uint32Array(parent.length);
  for (let node = parent.length - 1; node >= 0; node--) {
    if (end[node] === 0) end[node] = node + 1;
    const above = parent[node];
    if (above >= 0 && end[above] < end[node]) end[above] = end[node];
  }
  return end;
}
