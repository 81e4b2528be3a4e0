import { frameOrder, rankFrames, type CompareFrames } from '../frames/order.ts';
import { groupFrames } from '../frames/groups.ts';
import type { FrameIndex, FrameTable } from '../model/frames.ts';
import type { Unit } from '../model/stacks.ts';
import type { Steps } from '../sort/steps.ts';
import {
  OTHER_FRAME,
  ROOT_FRAME,
  type CallTree,
  type Granularity,
  type NodeIndex,
} from '../model/tree.ts';
import { NodeColumns } from './node-columns.ts';
import { MANY, sortHeaviestFirst, sortManyHeaviestFirst } from './sort-siblings.ts';

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
  /** Weight and samples outside all paths, if there are any: one more path, of "(other)" alone. */
  readonly hasOther: boolean;
  readonly otherWeight: number;
  readonly otherCount: number;
}

type MergeOptions = Pick<CallTree, 'granularity' | 'inverted' | 'partial'>;

/** Stands for no frame and for no child. */
const NONE = 0xffffffff;

/** How often sorting very many of them looks at each, more or less: only {@link Merge.progress} asks. */
const LOOKS_AT_EACH = 24;

/** A group whose paths have been followed down to `node`, where those in `start … stop` leave. */
interface Place {
  readonly node: NodeIndex;
  readonly start: number;
  readonly stop: number;
  readonly to: number;
  readonly depth: number;
  readonly deepest: number;
  /** The child that the leader goes on to, or NONE. */
  readonly onward: number;
}

/**
 * Merges paths into a call tree by peeling groups of them off along a leader.
 *
 *     paths         leave the leader      main          all four
 *     main a b c    (the leader)            a           leader, 2, 4
 *     main a x      after main a              b         leader, 4
 *     main y        after main                  c       leader
 *     main a b      after main a b            x         2, waits as a group of its own
 *                                           y           3, waits as a group of its own
 *
 * All paths of a group are compared with its first one, the leader, each up to the frame where they
 * part, and sorted by that place. Walking down the leader's frames then gives one node after the
 * other with its total known: the weight of all who go on from there. Those who leave form groups by
 * their next frame, which wait until the subtree before them is finished; so nodes come out in
 * depth-first order, and none is ever looked up or moved. A path is read along its own frames,
 * which lie together, and is touched again only where it leaves a leader.
 *
 * Should a sibling be heavier than the leader's next frame, that sibling comes first: whoever goes
 * on with the leader waits as a group like the others.
 *
 * The state between two groups is all in fields, so the work can stop and go on later; also while
 * very many siblings are being sorted.
 */
export class Merge {
  /**
   * The node where each path ended, that of what is outside all paths last. Complete once {@link run}
   * has returned true.
   */
  readonly lastNode: Uint32Array;

  readonly #paths: MergePaths;
  readonly #options: MergeOptions;
  /** Frames of all paths, each path's together and in the order it walks them, as their groups. */
  readonly #walk: FrameColumn;
  readonly #nodes: NodeColumns;
  #compareFrames: CompareFrames | undefined;
  #framesDone = 0;
  readonly #framesInAll: number;

  // Path `p` as one record of 24 bytes, seen in two ways: `place[6p]` is where it starts in `walk`
  // and `place[6p + 1]` its length; `load[3p + 1]` is its weight and `load[3p + 2]`
  // its count. Groups touch paths in no order, and this way each touch costs one cache line.
  readonly #place: Uint32Array;
  readonly #load: Float64Array;

  // Paths in the order of their groups, and room to move them.
  readonly #order: Uint32Array;
  readonly #moved: Uint32Array;

  // Groups waiting to become nodes. They are disjoint ranges of `order`, so there are never more
  // of them than paths.
  #waiting = 0;
  readonly #waitFrom: Uint32Array;
  readonly #waitTo: Uint32Array;
  readonly #waitParent: Int32Array;
  readonly #waitFrame: Uint32Array;
  readonly #waitTotal: Float64Array;
  readonly #waitCount: Float64Array;

  // Where the paths of the current group leave their leader, and the frame each takes instead (NONE
  // where it ends), by place in `order`.
  readonly #leaveDepth: Uint32Array;
  readonly #leaveFrame: Uint32Array;
  readonly #movedFrame: Uint32Array;
  // The same added up by depth. The first three are 0 between two groups.
  readonly #leaveSize: Uint32Array;
  readonly #leaveTotal: Float64Array;
  readonly #leaveCount: Float64Array;
  /** End of the range of `order` with the paths that leave at this depth. */
  readonly #leaveTo: Uint32Array;
  /** What goes on with the leader from this depth, the leader included. */
  readonly #onwardTotal: Float64Array;
  readonly #onwardCount: Float64Array;

  // Children of the current node.
  #children = 0;
  /** Child number + 1 by frame; 0 for a frame that is not among them. */
  readonly #childOfFrame: Uint32Array;
  readonly #childOfPath: Uint32Array;
  readonly #childFrame: Uint32Array;
  readonly #childSize: Uint32Array;
  readonly #childTo: Uint32Array;
  readonly #childTotal: Float64Array;
  readonly #childCount: Float64Array;
  readonly #childOrder: Uint32Array;
  readonly #childRoom: Uint32Array;

  // Where the work goes on when very many children are in order, and how far that is.
  #sorting: { readonly at: Place; readonly steps: Steps<Uint32Array> } | undefined;
  #looks = 0;
  #toSort = 0;
  #sorted = 0;

  constructor(paths: MergePaths, options: MergeOptions) {
    this.#paths = paths;
    this.#options = options;
    const { hasOther, otherWeight, otherCount } = paths;
    const inTable = paths.first.length;
    const count = inTable + (hasOther ? 1 : 0);
    const records = new ArrayBuffer(count * 24);
    this.#place = new Uint32Array(records);
    this.#load = new Float64Array(records);
    let framesInAll = 0;
    let longest = 0;
    let total = 0;
    let totalCount = 0;
    for (let path = 0; path < count; path++) {
      const isOther = path === inTable;
      const length = isOther ? 1 : paths.length[path];
      const weight = isOther ? otherWeight : paths.weight[path];
      const samples = isOther ? otherCount : paths.count[path];
      this.#place[6 * path] = framesInAll;
      this.#place[6 * path + 1] = length;
      this.#load[3 * path + 1] = weight;
      this.#load[3 * path + 2] = samples;
      total += weight;
      totalCount += samples;
      framesInAll += length;
      if (length > longest) longest = length;
    }
    this.#framesInAll = framesInAll;
    this.#walk = walkOf(paths, framesInAll, options.granularity);
    // The root, and at most a node for each frame.
    this.#nodes = new NodeColumns(framesInAll + 1);

    this.#order = new Uint32Array(count);
    for (let path = 0; path < count; path++) this.#order[path] = path;
    this.#moved = new Uint32Array(count);
    this.lastNode = new Uint32Array(count);

    this.#waitFrom = new Uint32Array(count);
    this.#waitTo = new Uint32Array(count);
    this.#waitParent = new Int32Array(count);
    this.#waitFrame = new Uint32Array(count);
    this.#waitTotal = new Float64Array(count);
    this.#waitCount = new Float64Array(count);

    this.#leaveDepth = new Uint32Array(count);
    this.#leaveFrame = new Uint32Array(count);
    this.#movedFrame = new Uint32Array(count);
    this.#leaveSize = new Uint32Array(longest + 1);
    this.#leaveTotal = new Float64Array(longest + 1);
    this.#leaveCount = new Float64Array(longest + 1);
    this.#leaveTo = new Uint32Array(longest + 1);
    this.#onwardTotal = new Float64Array(longest + 1);
    this.#onwardCount = new Float64Array(longest + 1);

    const mostFrames = paths.frames.length + 1;
    const mostChildren = Math.min(count, mostFrames);
    this.#childOfFrame = new Uint32Array(mostFrames);
    this.#childOfPath = new Uint32Array(count);
    this.#childFrame = new Uint32Array(mostChildren);
    this.#childSize = new Uint32Array(mostChildren);
    this.#childTo = new Uint32Array(mostChildren);
    this.#childTotal = new Float64Array(mostChildren);
    this.#childCount = new Float64Array(mostChildren);
    this.#childOrder = new Uint32Array(mostChildren);
    this.#childRoom = new Uint32Array(mostChildren);

    const root = this.#append(ROOT_FRAME, -1, 0, total, totalCount, 0);
    if (count > 0) this.#split(root, 0, count);
  }

  /** How much of the work is done, from 0 to 1. */
  get progress(): number {
    if (this.#isDone) return 1;
    const sorting = Math.min(this.#looks / LOOKS_AT_EACH, this.#toSort - this.#sorted);
    const done = this.#framesDone + this.#sorted + sorting;
    return done / (this.#framesInAll + this.#toSort + 1);
  }

  get #shareMerged(): number {
    return this.#framesDone / (this.#framesInAll + 1);
  }

  get #isDone(): boolean {
    return this.#waiting === 0 && this.#sorting === undefined;
  }

  /**
   * Works on until about `frames` more frames are merged, or that many siblings have been looked at
   * for sorting them; true when there is nothing left to do.
   */
  run(frames = Infinity): boolean {
    const nodes = this.#nodes;
    let until = this.#framesDone + frames;
    while (this.#framesDone < until) {
      if (this.#sorting !== undefined) {
        until -= this.#sortOn(this.#sorting);
        continue;
      }
      if (this.#waiting === 0) break;
      const top = --this.#waiting;
      const parent = this.#waitParent[top];
      const frame = this.#waitFrame[top];
      const total = this.#waitTotal[top];
      const count = this.#waitCount[top];
      const from = this.#waitFrom[top];
      const to = this.#waitTo[top];
      const node = this.#append(frame, parent, nodes.depthOf(parent) + 1, total, count, to - from);
      if (to - from === 1) this.#appendRest(this.#order[from], nodes.depthOf(node));
      else this.#split(node, from, to);
    }
    return this.#isDone;
  }

  /** The finished tree. */
  tree(): CallTree {
    const { frames, unit } = this.#paths;
    const columns = this.#nodes.finish();
    const { length, frame } = columns;
    for (let node = 1; node < length; node++) {
      if (frame[node] === frames.length) frame[node] = OTHER_FRAME;
    }
    return { frames, unit, ...this.#options, ...columns };
  }

  /** Grows the subtree of `node` out of the paths `from … to` of `order`, which all pass through it. */
  #split(node: NodeIndex, from: number, to: number): void {
    const depth = this.#nodes.depthOf(node);
    this.#follow(node, from, to, depth, this.#sortByLeaving(from, to, depth));
  }

  /**
   * Makes nodes along the leader, which is the last of a group's paths, from `node` on: those before
   * `start` in `order` have left it further up.
   */
  #follow(node: NodeIndex, start: number, to: number, depth: number, deepest: number): void {
    const walk = this.#walk;
    const place = this.#place;
    const load = this.#load;
    const leader = this.#order[to - 1];
    for (; ; depth++) {
      const stop = this.#leaveTo[depth];
      this.#children = 0;
      this.#addLeaving(node, start, stop);
      const ends = depth === place[6 * leader + 1];
      if (ends) {
        this.#nodes.addSelf(node, load[3 * leader + 1], load[3 * leader + 2]);
        this.lastNode[leader] = node;
      }
      if (this.#children > 0) {
        const frame = walk[place[6 * leader] + depth];
        const onward = ends ? NONE : this.#addOnward(frame, depth, stop, to);
        if (this.#children > MANY) {
          this.#sortLater({ node, start, stop, to, depth, deepest, onward });
          return;
        }
        this.#sortChildren();
        if (!this.#placeChildren(node, start, stop, onward)) return;
      } else if (ends) return;

      node = this.#appendOnward(node, leader, depth, to - stop);
      if (depth === deepest) {
        this.#appendRest(leader, depth + 1);
        return;
      }
      start = stop;
    }
  }

  /** Those who go on with the leader are one more child. */
  #addOnward(frame: FrameIndex, depth: number, stop: number, to: number): number {
    const child = this.#addChild(frame);
    this.#childSize[child] = to - stop;
    this.#childTo[child] = to;
    this.#childTotal[child] = this.#onwardTotal[depth];
    this.#childCount[child] = this.#onwardCount[depth];
    return child;
  }

  /** The next node of the leader, which `paths` paths go on to with it. */
  #appendOnward(node: NodeIndex, leader: number, depth: number, paths: number): NodeIndex {
    return this.#append(
      this.#walk[this.#place[6 * leader] + depth],
      node,
      depth + 1,
      this.#onwardTotal[depth],
      this.#onwardCount[depth],
      paths,
    );
  }

  #sortLater(at: Place): void {
    const { frames } = this.#paths;
    const children = this.#children;
    const frame = this.#childFrame;
    const weight = this.#childTotal.subarray(0, children);
    const sort = function* (): Steps<Uint32Array> {
      const rank = yield* rankFrames(frames);
      // "(other)" comes last among its equals.
      const rankOf = (child: number) => rank[frame[child]] ?? frame[child];
      return yield* sortManyHeaviestFirst([weight], rankOf);
    };
    this.#sorting = { at, steps: sort() };
    this.#toSort += children;
    this.#looks = 0;
  }

  /** Another step of sorting; after the last one, things go on where they were left. */
  #sortOn({ at, steps }: { at: Place; steps: Steps<Uint32Array> }): number {
    const step = steps.next();
    if (!step.done) {
      this.#looks += step.value;
      return step.value;
    }
    this.#sorting = undefined;
    this.#sorted = this.#toSort;
    this.#childOrder.set(step.value);
    if (this.#placeChildren(at.node, at.start, at.stop, at.onward)) {
      const leader = this.#order[at.to - 1];
      const next = this.#appendOnward(at.node, leader, at.depth, at.to - at.stop);
      if (at.depth === at.deepest) this.#appendRest(leader, at.depth + 1);
      else this.#follow(next, at.stop, at.to, at.depth + 1, at.deepest);
    }
    return 0;
  }

  /**
   * Sorts the paths `from … to` of `order` by the depth at which they leave the first of them, which
   * goes last. They have their first `depth` frames in common. Returns the greatest of the depths.
   */
  #sortByLeaving(from: number, to: number, depth: number): number {
    const walk = this.#walk;
    const place = this.#place;
    const load = this.#load;
    const order = this.#order;
    const moved = this.#moved;
    const leaveDepth = this.#leaveDepth;
    const leaveFrame = this.#leaveFrame;
    const movedFrame = this.#movedFrame;
    const leaveSize = this.#leaveSize;
    const leaveTotal = this.#leaveTotal;
    const leaveCount = this.#leaveCount;
    const leaveTo = this.#leaveTo;

    const leader = order[from];
    const leaderLength = place[6 * leader + 1];
    const leaderStart = place[6 * leader];
    let deepest = depth;
    for (let i = from + 1; i < to; i++) {
      const path = order[i];
      const own = place[6 * path];
      const length = place[6 * path + 1];
      const most = length < leaderLength ? length : leaderLength;
      let leaves = depth;
      while (leaves < most && walk[own + leaves] === walk[leaderStart + leaves]) leaves++;
      leaveDepth[i] = leaves;
      leaveFrame[i] = leaves < length ? walk[own + leaves] : NONE;
      leaveSize[leaves]++;
      leaveTotal[leaves] += load[3 * path + 1];
      leaveCount[leaves] += load[3 * path + 2];
      if (leaves > deepest) deepest = leaves;
    }

    let onward = load[3 * leader + 1];
    let onwardCount = load[3 * leader + 2];
    for (let at = deepest; at >= depth; at--) {
      this.#onwardTotal[at] = onward;
      this.#onwardCount[at] = onwardCount;
      onward += leaveTotal[at];
      onwardCount += leaveCount[at];
      leaveTotal[at] = 0;
      leaveCount[at] = 0;
    }

    let next = from;
    for (let at = depth; at <= deepest; at++) {
      // The start of each range; moving its paths there makes it the end.
      leaveTo[at] = next;
      next += leaveSize[at];
      leaveSize[at] = 0;
    }
    for (let i = from + 1; i < to; i++) {
      const to = leaveTo[leaveDepth[i]]++;
      moved[to] = order[i];
      movedFrame[to] = leaveFrame[i];
    }
    for (let i = from; i < to - 1; i++) {
      order[i] = moved[i];
      leaveFrame[i] = movedFrame[i];
    }
    order[to - 1] = leader;
    return deepest;
  }

  /** Gathers the paths `start … stop`, which leave the leader at `node`, as its children by frame. */
  #addLeaving(node: NodeIndex, start: number, stop: number): void {
    const load = this.#load;
    const order = this.#order;
    const leaveFrame = this.#leaveFrame;
    let self = 0;
    let selfCount = 0;
    for (let i = start; i < stop; i++) {
      const path = order[i];
      const frame = leaveFrame[i];
      if (frame === NONE) {
        self += load[3 * path + 1];
        selfCount += load[3 * path + 2];
        this.lastNode[path] = node;
        this.#childOfPath[i] = NONE;
        continue;
      }
      const known = this.#childOfFrame[frame];
      const child = known === 0 ? this.#addChild(frame) : known - 1;
      this.#childSize[child]++;
      this.#childTotal[child] += load[3 * path + 1];
      this.#childCount[child] += load[3 * path + 2];
      this.#childOfPath[i] = child;
    }
    this.#nodes.addSelf(node, self, selfCount);
  }

  #addChild(frame: FrameIndex): number {
    const child = this.#children++;
    this.#childFrame[child] = frame;
    this.#childSize[child] = 0;
    this.#childTotal[child] = 0;
    this.#childCount[child] = 0;
    this.#childOfFrame[frame] = child + 1;
    return child;
  }

  #sortChildren(): void {
    const childOrder = this.#childOrder;
    for (let child = 0; child < this.#children; child++) childOrder[child] = child;
    sortHeaviestFirst(
      childOrder,
      this.#children,
      this.#childTotal,
      this.#compareChildren,
      this.#childRoom,
    );
  }

  /**
   * Moves the paths of the children of `node`, which are in order, together within `start … stop`, and
   * lets them wait. True when `onward`, the child that the leader goes on to, is the heaviest: it does
   * not wait then, but comes next.
   */
  #placeChildren(node: NodeIndex, start: number, stop: number, onward: number): boolean {
    const children = this.#children;
    const order = this.#order;
    const moved = this.#moved;
    const childOrder = this.#childOrder;
    const childFrame = this.#childFrame;
    const childTo = this.#childTo;
    const childSize = this.#childSize;
    const childOfPath = this.#childOfPath;

    for (let child = 0; child < children; child++) {
      this.#childOfFrame[childFrame[child]] = 0;
    }

    let place = start;
    for (let i = 0; i < children; i++) {
      const child = childOrder[i];
      if (child === onward) continue;
      // The start of the child's range; moving its paths there makes it the end.
      childTo[child] = place;
      place += childSize[child];
    }
    for (let i = start; i < stop; i++) {
      if (childOfPath[i] !== NONE) moved[childTo[childOfPath[i]]++] = order[i];
    }
    for (let i = start; i < place; i++) order[i] = moved[i];

    const goesOn = children > 0 && childOrder[0] === onward;
    // The waiting list is taken from its end, so the heaviest child goes on last.
    for (let i = children - 1; i >= (goesOn ? 1 : 0); i--) {
      const child = childOrder[i];
      const wait = this.#waiting++;
      this.#waitFrom[wait] = childTo[child] - childSize[child];
      this.#waitTo[wait] = childTo[child];
      this.#waitParent[wait] = node;
      this.#waitFrame[wait] = childFrame[child];
      this.#waitTotal[wait] = this.#childTotal[child];
      this.#waitCount[wait] = this.#childCount[child];
    }
    return goesOn;
  }

  /** A node that `paths` paths pass through. */
  #append(
    frame: FrameIndex,
    parent: NodeIndex | -1,
    depth: number,
    total: number,
    count: number,
    paths: number,
  ): NodeIndex {
    if (this.#nodes.room === 0) this.#nodes.reserve(1, this.#shareMerged);
    this.#framesDone += paths;
    return this.#nodes.append(frame, parent, depth, total, count);
  }

  /** The only path left in its group: its remaining frames are a chain below the last node. */
  #appendRest(path: number, depth: number): void {
    const place = this.#place;
    const load = this.#load;
    const rest = place[6 * path + 1] - depth;
    if (this.#nodes.room < rest) this.#nodes.reserve(rest, this.#shareMerged);
    this.lastNode[path] = this.#nodes.appendChain(
      this.#walk,
      place[6 * path] + depth,
      rest,
      load[3 * path + 1],
      load[3 * path + 2],
    );
    this.#framesDone += rest;
  }

  /** "(other)" comes last among its equals. */
  readonly #compareChildren = (a: number, b: number): number => {
    const { frames } = this.#paths;
    const frameA = this.#childFrame[a];
    const frameB = this.#childFrame[b];
    if (frameA === frames.length || frameB === frames.length) return frameA - frameB;
    this.#compareFrames ??= frameOrder(frames);
    return this.#compareFrames(frameA, frameB);
  };
}

/** Half as wide where it can be: then twice as many frames come with each read of the memory. */
type FrameColumn = Uint16Array | Uint32Array;

/**
 * The groups of all frames, path after path. What is left out of all paths is in one group with what
 * is left out of those with some label.
 */
function walkOf(paths: MergePaths, length: number, granularity: Granularity): FrameColumn {
  const { frames, frameIndex, first, step } = paths;
  const group = groupFrames(frames, granularity);
  const walk = frames.length < 0x1_0000 ? new Uint16Array(length) : new Uint32Array(length);
  if (paths.hasOther) walk[--length] = frames.length;
  if (step === 1 && isContiguous(paths) && group.every((of, frame) => of === frame)) {
    // The usual case, as a query answers, is a plain copy, which the runtime makes faster.
    walk.set(frameIndex.subarray(first[0], first[0] + length));
    return walk;
  }
  let to = 0;
  for (let path = 0; path < first.length; path++) {
    const end = to + paths.length[path];
    for (let from = first[path]; to < end; from += step) walk[to++] = group[frameIndex[from]];
  }
  return walk;
}

/** Whether each path begins where the one before it ends. */
function isContiguous({ first, length }: MergePaths): boolean {
  for (let path = 1; path < first.length; path++) {
    if (first[path] !== first[path - 1] + length[path - 1]) return false;
  }
  return true;
}
