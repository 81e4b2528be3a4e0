import type { FrameKind } from '@hyperflame/calltree';
import { counted } from './counted.ts';

/** The texts of what a page begins with: a flame graph, and the faces before it. */
export interface PageMessages {
  // What the picture is
  flameGraphLabel: string;
  icicleLabel: string;
  keyboardHelp: string;
  allSamples: string;
  otherFrames: string;
  unknownFrame: string;
  samples(count: number, formatted: string): string;
  partOfWhole(part: string, share: string, whole: string): string;

  // Toolbar
  search: string;
  /** How a search can be written, for the search box's tooltip. */
  searchHint: string;
  matchedShare(share: string): string;
  noMatch: string;
  /** Nothing matches what is written as a regular expression and is none. */
  brokenExpression: string;
  slowExpression: string;
  previousMatch: string;
  nextMatch: string;
  clearSearch: string;
  colorBy: string;
  colorByPackage: string;
  colorByFunction: string;
  colorByKind: string;
  colorByThread: string;
  colorBySelf: string;
  orientation: string;
  icicle: string;
  flame: string;
  zoomPath: string;
  resetZoom: string;
  hiddenPath(count: number, formatted: string): string;

  // Saving
  save: string;
  saveFailed(reason: string): string;

  // A frame
  self: string;
  total: string;
  share: string;
  name: string;
  /** What frames of a kind are written in, or are. */
  kinds: Readonly<Record<FrameKind, string>>;

  // Legend
  /** Of neighbouring frames of which none is wide enough to be seen. */
  tooNarrow: string;

  // Diff
  before: string;
  after: string;

  // Faces
  loading: string;
  noSamplesTitle: string;
  noWeightTitle(total: string): string;
  errorTitle: string;
  retry: string;
  /** Of choices that led to a failure. */
  takeBack: string;
  updating: string;

  // What was asked for, in the words of an empty or loading face
  span(id: string): string;
  trace(id: string): string;
  service(name: string): string;
  attribute(key: string, value: string): string;
  attributeIsNot(key: string, value: string): string;
  ofProfileType(profileType: string): string;
  timeRange(from: string, to: string): string;
  /** Stacks that begin with this path. */
  under(path: string): string;
  containing(name: string): string;
  everything: string;
}

export const pageMessages: PageMessages = {
  flameGraphLabel: 'Flame graph',
  icicleLabel: 'Icicle graph',
  keyboardHelp:
    'Arrow keys move between frames, Enter zooms in, Backspace zooms out, Escape goes one step back, slash searches.',
  allSamples: 'All samples',
  otherFrames: '(other)',
  unknownFrame: '(unknown)',
  samples: (count, formatted) => counted(count, formatted, 'sample', 'samples'),
  partOfWhole: (part, share, whole) => `${part} · ${share} of ${whole}`,

  search: 'Search functions',
  searchHint: 'Text, /regular expression/, ~letters in order; several with ||',
  matchedShare: (share) => `${share} matched`,
  noMatch: 'No match',
  brokenExpression: 'Not a regular expression',
  slowExpression: 'Takes too long',
  previousMatch: 'Previous match',
  nextMatch: 'Next match',
  clearSearch: 'Clear search',
  colorBy: 'Colour by',
  colorByPackage: 'Package',
  colorByFunction: 'Function',
  colorByKind: 'Frame kind',
  colorByThread: 'Thread entry',
  colorBySelf: 'Self',
  orientation: 'Direction',
  icicle: 'Icicle: callees below their callers',
  flame: 'Flame: callees above their callers',
  zoomPath: 'Zoom path',
  resetZoom: 'Reset zoom',
  hiddenPath: (count, formatted) => counted(count, formatted, 'more frame', 'more frames'),

  save: 'Save as',
  saveFailed: (reason) => `Could not be saved: ${reason}`,

  self: 'Self',
  total: 'Total',
  share: 'Share',
  name: 'Function',
  kinds: {
    unknown: 'Unknown',
    native: 'Native',
    kernel: 'Kernel',
    jvm: 'Java (JVM)',
    cpython: 'Python',
    v8js: 'JavaScript',
    dotnet: '.NET',
    go: 'Go',
    php: 'PHP',
    ruby: 'Ruby',
    perl: 'Perl',
    beam: 'Erlang (BEAM)',
    luajit: 'Lua',
    rust: 'Rust',
    'abort-marker': 'Cut off',
  },

  tooNarrow: 'Too narrow to show',

  before: 'Before',
  after: 'After',

  loading: 'Loading profile',
  noSamplesTitle: 'This profile has no samples',
  noWeightTitle: (total) => `There is nothing to draw: the weights add up to ${total}`,
  errorTitle: 'The profile could not be shown',
  retry: 'Try again',
  takeBack: 'Take back what was chosen',
  updating: 'Updating',

  span: (id) => `span ${id}`,
  trace: (id) => `trace ${id}`,
  service: (name) => `service ${name}`,
  attribute: (key, value) => `${key} = ${value}`,
  attributeIsNot: (key, value) => `${key} ≠ ${value}`,
  ofProfileType: (profileType) => `profile type ${profileType}`,
  timeRange: (from, to) => `${from} to ${to}`,
  under: (path) => `stacks that begin with ${path}`,
  containing: (name) => `stacks with ${name}`,
  everything: 'all profiles',
};
