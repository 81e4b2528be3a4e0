import type { DiffForm, FrameKey } from '@hyperflame/calltree';
import type { Linkage } from '@hyperflame/sdk';

/** Where the root stands: at the bottom with callees growing up, or at the top, growing down. */
export const ORIENTATIONS = ['icicle', 'flame'] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

/** What a frame's colour stands for. */
export const COLOR_MODES = ['package', 'kind', 'self'] as const;
export type ColorMode = (typeof COLOR_MODES)[number];

/** What the colours of a diff compare; see {@link DiffForm}. */
export const DIFF_FORMS: readonly DiffForm[] = ['absolute', 'relative', 'normalised'];

export const LINKAGES: readonly Linkage[] = ['linked', 'estimated'];

/** Frames from the first one under the root to the one that is meant. Empty: the root. */
export type FramePath = readonly FrameKey[];

/**
 * Everything a person has chosen in a view, as one value that can be stored, shared in a link and
 * put back later, also over newer data: frames are named by what they are, never by position.
 */
export interface FlameState {
  /** The subtree that fills the width. Empty: the whole profile. */
  readonly focus: FramePath;
  /** The frame that details are shown for. Empty: none. */
  readonly selected: FramePath;
  readonly search: string;
  readonly orientation: Orientation;
  readonly colorBy: ColorMode;
  readonly diffForm: DiffForm;
  /** The profile type that is shown. Empty: whichever the data has first. */
  readonly profileType: string;
  /** For a span: its own samples, or those of its process while it ran. */
  readonly linkage: Linkage;
}

export const DEFAULT_FLAME_STATE: FlameState = {
  focus: [],
  selected: [],
  search: '',
  orientation: 'icicle',
  colorBy: 'package',
  diffForm: 'absolute',
  profileType: '',
  linkage: 'linked',
};

export function samePath(a: FramePath, b: FramePath): boolean {
  return a === b || (a.length === b.length && a.every((key, depth) => key === b[depth]));
}

export function sameFlameState(a: FlameState, b: FlameState): boolean {
  return (
    a === b ||
    (samePath(a.focus, b.focus) &&
      samePath(a.selected, b.selected) &&
      a.search === b.search &&
      a.orientation === b.orientation &&
      a.colorBy === b.colorBy &&
      a.diffForm === b.diffForm &&
      a.profileType === b.profileType &&
      a.linkage === b.linkage)
  );
}
