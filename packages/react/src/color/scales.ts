import {
  FRAME_KINDS,
  frameLabel,
  packageName,
  selfWeight,
  type CallTree,
  type FrameIndex,
  type FrameKind,
  type FrameTable,
  type NodeIndex,
} from '@hyperflame/calltree';
import type { ColorMode } from '../state/flameState.ts';
import type { CanvasTheme, Ink } from '../theme/canvasTheme.ts';
import type { ColorVariable } from '../theme/variables.ts';
import { hashText } from './hash.ts';
import { PALETTE, SEQUENTIAL } from '../theme/palette.ts';
import { packageSlots } from './packageSlots.ts';

/** Which colour each node has. A slot is a position in `variables`, and in what `inks` gives. */
export interface ColorScale {
  /** The CSS variable of each slot, for the legend. */
  readonly variables: readonly ColorVariable[];
  /** The same colours for the canvas. */
  inks(theme: CanvasTheme): readonly Ink[];
  /** What they say, as a sign, where it is more than that frames differ. */
  readonly signs?: readonly string[];
  slotOf(node: NodeIndex): number;
}

const PALETTE_VARIABLES: readonly ColorVariable[] = [
  ...PALETTE.map((_, i) => `palette-${i + 1}` as const),
  'neutral',
];
const NEUTRAL_SLOT = PALETTE.length;

export function colorScale(tree: CallTree, mode: ColorMode): ColorScale {
  switch (mode) {
    case 'package':
      return packageScale(tree);
    case 'function':
      return functionScale(tree);
    case 'kind':
      return kindScale(tree);
    case 'thread':
      return threadScale(tree);
    case 'self':
      return selfScale(tree);
  }
}

const known = new WeakMap<FrameTable, (string | undefined)[]>();

/** {@link packageName}, worked out once for each frame that is asked for; most of a big table never is. */
export function packageOf(frames: FrameTable, frame: FrameIndex): string {
  let names = known.get(frames);
  if (!names) known.set(frames, (names = []));
  return (names[frame] ??= packageName(frames, frame));
}

/** Colours that tell apart, by node. */
function paletteScale(slotOf: (node: NodeIndex) => number): ColorScale {
  return {
    variables: PALETTE_VARIABLES,
    inks: (theme) => [...theme.palette, theme.neutral],
    slotOf,
  };
}

const UNKNOWN_YET = 0xff;

/** The same by frame, worked out once for each that is asked for; what is no frame is neutral. */
function frameScale(tree: CallTree, slotOfFrame: (frame: FrameIndex) => number): ColorScale {
  const slots = new Uint8Array(tree.frames.length).fill(UNKNOWN_YET);
  return paletteScale((node) => {
    const frame = tree.frame[node];
    if (frame >= slots.length) return NEUTRAL_SLOT;
    if (slots[frame] === UNKNOWN_YET) slots[frame] = slotOfFrame(frame);
    return slots[frame];
  });
}

function packageScale(tree: CallTree): ColorScale {
  const { frames } = tree;
  const slotOfPackage = packageSlots(
    tree,
    (node) => (tree.frame[node] < frames.length ? packageOf(frames, tree.frame[node]) : ''),
    PALETTE.length,
  );
  return frameScale(tree, (frame) => {
    // Where no package is known at all, functions still differ from each other, by their names.
    if (slotOfPackage.size === 0) {
      const name = frames.strings[frames.name[frame]];
      return name ? hashText(name) % PALETTE.length : NEUTRAL_SLOT;
    }
    return slotOfPackage.get(packageOf(frames, frame)) ?? NEUTRAL_SLOT;
  });
}

function functionScale(tree: CallTree): ColorScale {
  return frameScale(tree, (frame) => hashText(frameLabel(tree.frames, frame)) % PALETTE.length);
}

/**
 * The frame below the root that a node stands under, if it is one of the heaviest: the function
 * that a thread begins in, or the thread itself where stacks are grouped by it. -1 for the others.
 */
export function threadOf(tree: CallTree, node: NodeIndex): NodeIndex | -1 {
  let first = 1;
  // Siblings stand heaviest first, and there are no more colours than for so many.
  for (let i = 0; i < PALETTE.length && first < tree.length; i++) {
    if (node >= first && node < tree.end[first]) {
      return tree.frame[first] < tree.frames.length ? first : -1;
    }
    first = tree.end[first];
  }
  return -1;
}

/** The heaviest threads have a colour each, in their order. */
function threadScale(tree: CallTree): ColorScale {
  const slots = new Map<NodeIndex, number>();
  for (let first = 1; first < tree.length && slots.size < PALETTE.length; first = tree.end[first]) {
    slots.set(first, slots.size);
  }
  return paletteScale((node) => slots.get(threadOf(tree, node)) ?? NEUTRAL_SLOT);
}

/** Kinds that are seen together have colours of their own; interpreters that never meet share. */
const KIND_SLOTS: Readonly<Record<FrameKind, number>> = {
  unknown: NEUTRAL_SLOT,
  'abort-marker': NEUTRAL_SLOT,
  native: 0,
  kernel: 3,
  jvm: 2,
  cpython: 2,
  v8js: 5,
  dotnet: 4,
  go: 1,
  php: 4,
  ruby: 7,
  perl: 7,
  beam: 7,
  luajit: 4,
  rust: 6,
};

function kindScale(tree: CallTree): ColorScale {
  const { kind } = tree.frames;
  return frameScale(tree, (frame) => KIND_SLOTS[FRAME_KINDS[kind[frame]] ?? 'unknown']);
}

function selfScale(tree: CallTree): ColorScale {
  const whole = Math.abs(tree.total[0]);
  const last = SEQUENTIAL.length - 1;
  return {
    variables: SEQUENTIAL.map((_, i) => `self-${i + 1}` as const),
    inks: (theme) => theme.sequential,
    slotOf: (node) => {
      const share = whole === 0 ? 0 : Math.abs(selfWeight(tree, node)) / whole;
      // Roots, because self is far from even: 6 % of the whole is already the third step.
      return share === 0 ? 0 : Math.min(last, 1 + Math.floor(Math.sqrt(share) * last));
    },
  };
}
