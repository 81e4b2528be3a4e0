import {
  FRAME_KINDS,
  OTHER_FRAME,
  ROOT_FRAME,
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
import { packageName } from './packageName.ts';

/** Which colour each node has. A slot is a position in `variables`, and in what `inks` gives. */
export interface ColorScale {
  /** The CSS variable of each slot, for the legend. */
  readonly variables: readonly ColorVariable[];
  /** The same colours for the canvas. */
  inks(theme: CanvasTheme): readonly Ink[];
  slotOf(node: NodeIndex): number;
}

const PALETTE_VARIABLES: readonly ColorVariable[] = [
  ...PALETTE.map((_, i) => `palette-${i + 1}` as const),
  'neutral',
];
const NEUTRAL_SLOT = PALETTE.length;

const paletteInks = (theme: CanvasTheme): readonly Ink[] => [...theme.palette, theme.neutral];

export function colorScale(tree: CallTree, mode: ColorMode): ColorScale {
  switch (mode) {
    case 'package':
      return packageScale(tree);
    case 'kind':
      return kindScale(tree);
    case 'self':
      return selfScale(tree);
  }
}

/** Package and slot of each frame that has been asked for; most of a big table never is. */
interface PackageColors {
  readonly names: (string | undefined)[];
  readonly slots: Uint8Array;
}

const UNKNOWN_YET = 0xff;
const known = new WeakMap<FrameTable, PackageColors>();

function packageColors(frames: FrameTable): PackageColors {
  let colors = known.get(frames);
  if (!colors) {
    colors = { names: [], slots: new Uint8Array(frames.length).fill(UNKNOWN_YET) };
    known.set(frames, colors);
  }
  return colors;
}

/** {@link packageName}, worked out once for each frame. */
export function packageOf(frames: FrameTable, frame: FrameIndex): string {
  const { names } = packageColors(frames);
  return (names[frame] ??= packageName(frames, frame));
}

function packageScale(tree: CallTree): ColorScale {
  const { frames } = tree;
  const { slots } = packageColors(frames);
  return {
    variables: PALETTE_VARIABLES,
    inks: paletteInks,
    slotOf: (node) => {
      const frame = tree.frame[node];
      if (frame === ROOT_FRAME || frame === OTHER_FRAME) return NEUTRAL_SLOT;
      if (slots[frame] === UNKNOWN_YET) {
        const name = packageOf(frames, frame);
        // Frames of no known package still differ from each other, by their names.
        const text = name || frames.strings[frames.name[frame]];
        slots[frame] = text ? hashText(text) % PALETTE.length : NEUTRAL_SLOT;
      }
      return slots[frame];
    },
  };
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
  const { frames } = tree;
  return {
    variables: PALETTE_VARIABLES,
    inks: paletteInks,
    slotOf: (node) => {
      const frame = tree.frame[node];
      if (frame === ROOT_FRAME || frame === OTHER_FRAME) return NEUTRAL_SLOT;
      return KIND_SLOTS[FRAME_KINDS[frames.kind[frame]] ?? 'unknown'];
    },
  };
}

function selfScale(tree: CallTree): ColorScale {
  const whole = Math.abs(tree.total[0]);
  const last = SEQUENTIAL.length - 1;
  return {
    variables: SEQUENTIAL.map((_, i) => `self-${i + 1}` as const),
    inks: (theme) => theme.sequential,
    slotOf: (node) => {
      const share = whole === 0 ? 0 : Math.abs(tree.self[node]) / whole;
      // Roots, because self is far from even: 1 % of the whole is already the second step.
      return share === 0 ? 0 : Math.min(last, 1 + Math.floor(Math.sqrt(share) * last));
    },
  };
}
