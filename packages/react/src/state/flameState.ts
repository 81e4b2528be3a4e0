import type { DiffForm, FrameKey, Transform } from '@hyperflame/calltree';
import type { Linkage } from '@hyperflame/sdk';

/** Where the root stands: at the bottom with callees growing up, or at the top, growing down. */
export const ORIENTATIONS = ['icicle', 'flame'] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

/** What a frame's colour stands for. */
export const COLOR_MODES = ['package', 'function', 'kind', 'thread', 'self'] as const;
export type ColorMode = (typeof COLOR_MODES)[number];

/** What the colours of a diff compare; see {@link DiffForm}. */
export const DIFF_FORMS: readonly DiffForm[] = ['absolute', 'relative', 'normalised'];

export const LINKAGES: readonly Linkage[] = ['linked', 'estimated'];

/** The pictures of one profile; `both` is the graph with the table beside it. */
export const VIEWS = ['graph', 'both', 'table', 'sandwich', 'treemap'] as const;
export type View = (typeof VIEWS)[number];

/** Frames from the first one under the root to the one that is meant. Empty: the root. */
export type FramePath = readonly FrameKey[];

/** A part of the time that a profile covers: milliseconds since 1970, `to` not included. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
  /**
   * The profile type of the picture that it was picked from. It holds where no type is chosen: a second
   * without CPU samples is then empty, not a flame graph of whichever other type has some.
   */
  readonly profileType?: string;
}

/**
 * Everything a person has chosen in a view, as one value that can be stored, shared in a link and
 * put back later, also over newer data: frames are named by what they are, never by position.
 */
export interface FlameState {
  readonly view: View;
  /** The subtree that fills the width. Empty: the whole profile. */
  readonly focus: FramePath;
  /** The frame that details are shown for, at its place in the tree. Empty: none. */
  readonly selected: FramePath;
  /**
   * The function that is looked at over all the places it occurs in: what a sandwich turns round
   * and what an inspector tells of. Empty: none.
   */
  readonly pivot: FrameKey;
  /** The part of a treemap that fills it: a module, and a package of it. Empty: all of it. */
  readonly area: FramePath;
  /** Only samples whose stacks begin like this are asked for. Empty: all of them. */
  readonly under: FramePath;
  /** What has been done to the profile before it is drawn, first to last. */
  readonly transforms: readonly Transform[];
  /** Trees grow from the last frames towards their callers. */
  readonly inverted: boolean;
  readonly search: string;
  readonly orientation: Orientation;
  readonly colorBy: ColorMode;
  readonly diffForm: DiffForm;
  /** The profile type that is shown. Empty: whichever the data has first. */
  readonly profileType: string;
  /** For a span: its own samples, or those of its process while it ran. */
  readonly linkage: Linkage;
  /** The time that was picked out of the one asked about. `null`: all of it. */
  readonly timeWindow: TimeWindow | null;
}

/** What holds of a state where nothing was chosen. */
export const DEFAULT_FLAME_STATE: FlameState = {
  view: 'graph',
  focus: [],
  selected: [],
  pivot: '',
  area: [],
  under: [],
  transforms: [],
  inverted: false,
  search: '',
  orientation: 'icicle',
  colorBy: 'package',
  diffForm: 'absolute',
  profileType: '',
  linkage: 'linked',
  timeWindow: null,
};

export function samePath(a: FramePath, b: FramePath): boolean {
  return a === b || (a.length === b.length && a.every((key, depth) => key === b[depth]));
}

/** Transforms are small values: equal when they are written alike. */
export function sameTransforms(a: readonly Transform[], b: readonly Transform[]): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function sameWindow(a: TimeWindow | null, b: TimeWindow | null): boolean {
  return a?.from === b?.from && a?.to === b?.to && a?.profileType === b?.profileType;
}

/**
 * The state `next`, whose parts are the very objects of `last` where they are alike: what was
 * computed from those need not be computed again.
 */
export function withPartsOf(last: FlameState, next: FlameState): FlameState {
  const path = (part: 'focus' | 'selected' | 'area' | 'under'): FramePath =>
    samePath(last[part], next[part]) ? last[part] : next[part];
  return {
    ...next,
    focus: path('focus'),
    selected: path('selected'),
    area: path('area'),
    under: path('under'),
    transforms: sameTransforms(last.transforms, next.transforms)
      ? last.transforms
      : next.transforms,
    timeWindow: sameWindow(last.timeWindow, next.timeWindow) ? last.timeWindow : next.timeWindow,
  };
}

export function sameFlameState(a: FlameState, b: FlameState): boolean {
  return (
    a === b ||
    (samePath(a.focus, b.focus) &&
      samePath(a.selected, b.selected) &&
      samePath(a.area, b.area) &&
      samePath(a.under, b.under) &&
      sameTransforms(a.transforms, b.transforms) &&
      sameWindow(a.timeWindow, b.timeWindow) &&
      PLAIN_FIELDS.every((field) => a[field] === b[field]))
  );
}

/** Fields that are one text or flag each. */
export const PLAIN_FIELDS = [
  'view',
  'pivot',
  'inverted',
  'search',
  'orientation',
  'colorBy',
  'diffForm',
  'profileType',
  'linkage',
] as const;
