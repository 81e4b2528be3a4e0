import type { FrameKind } from '@hyperflame/calltree';

/**
 * Every text that the components show or announce. Give any of them through `messages` on
 * `<ProfilesProvider>` or on a component. Numbers arrive formatted for the locale.
 */
export interface Messages {
  // What the picture is
  flameGraphLabel: string;
  icicleLabel: string;
  diffLabel: string;
  tableLabel: string;
  keyboardHelp: string;
  allSamples: string;
  otherFrames: string;
  unknownFrame: string;
  samples(count: number, formatted: string): string;
  partOfWhole(part: string, share: string, whole: string): string;

  // Toolbar
  search: string;
  matchedShare(share: string): string;
  noMatch: string;
  previousMatch: string;
  nextMatch: string;
  clearSearch: string;
  colorBy: string;
  colorByPackage: string;
  colorByKind: string;
  colorBySelf: string;
  orientation: string;
  icicle: string;
  flame: string;
  zoomPath: string;
  resetZoom: string;
  hiddenPath(count: number, formatted: string): string;
  profileType: string;

  // A frame
  self: string;
  total: string;
  share: string;
  name: string;
  /** What frames of a kind are written in, or are. */
  kinds: Readonly<Record<FrameKind, string>>;

  // Frame actions
  frameActions: string;
  zoomIn: string;
  copyName: string;
  copyStack: string;
  searchThis: string;
  filterFor: string;
  filterOut: string;
  openSpan: string;
  openLogs: string;

  // Legend
  legend: string;
  lessSelf: string;
  moreSelf: string;

  // Diff
  before: string;
  after: string;
  change: string;
  diffForm: string;
  diffAbsolute: string;
  diffRelative: string;
  diffNormalised: string;
  lighter: string;
  heavier: string;
  removedFrame: string;
  fromTo(before: string, after: string, change: string): string;
  newFrame: string;
  /** Hundredths of the whole, as the unit of a difference between two shares. */
  percentagePoints(formatted: string): string;

  // Table
  functionName: string;
  filterFunctions: string;
  noFunctions: string;
  functionCount(count: number, formatted: string): string;

  // Faces
  loading: string;
  emptyTitle: string;
  emptyLookedFor(what: string, where: string): string;
  emptyHint: string;
  noSamplesTitle: string;
  noWeightTitle(total: string): string;
  errorTitle: string;
  retry: string;
  partial: string;
  leftOut(share: string, samples: string): string;
  otherUnits(units: string): string;
  unplacedSpans(count: number, formatted: string): string;
  stale: string;
  spanUnknown: string;

  // How samples belong to a span
  linkedToSpan: string;
  linkedToTrace: string;
  estimated: string;
  estimatedHint: string;
  estimatedByService: string;
  spreadSamples(formatted: string): string;
  noLinkedSamples: string;
  showEstimate: string;
  showLinked: string;

  // What was asked for, in the words of an empty or loading face
  span(id: string): string;
  trace(id: string): string;
  service(name: string): string;
  attribute(key: string, value: string): string;
  attributeIsNot(key: string, value: string): string;
  ofProfileType(profileType: string): string;
  timeRange(from: string, to: string): string;
  everything: string;
  diffOf(before: string, after: string): string;
  givenStacks: string;
}

export const defaultMessages: Messages = {
  flameGraphLabel: 'Flame graph',
  icicleLabel: 'Icicle graph',
  diffLabel: 'Diff flame graph',
  tableLabel: 'Top functions',
  keyboardHelp:
    'Arrow keys move between frames, Enter zooms in, Backspace zooms out, Escape goes one step back, slash searches.',
  allSamples: 'All samples',
  otherFrames: '(other)',
  unknownFrame: '(unknown)',
  samples: (count, formatted) => `${formatted} ${count === 1 ? 'sample' : 'samples'}`,
  partOfWhole: (part, share, whole) => `${part} · ${share} of ${whole}`,

  search: 'Search functions',
  matchedShare: (share) => `${share} matched`,
  noMatch: 'No match',
  previousMatch: 'Previous match',
  nextMatch: 'Next match',
  clearSearch: 'Clear search',
  colorBy: 'Colour by',
  colorByPackage: 'Package',
  colorByKind: 'Frame kind',
  colorBySelf: 'Self',
  orientation: 'Direction',
  icicle: 'Icicle: callees below their callers',
  flame: 'Flame: callees above their callers',
  zoomPath: 'Zoom path',
  resetZoom: 'Reset zoom',
  hiddenPath: (count, formatted) => `${formatted} more ${count === 1 ? 'frame' : 'frames'}`,
  profileType: 'Profile type',

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

  frameActions: 'Frame actions',
  zoomIn: 'Zoom in',
  copyName: 'Copy name',
  copyStack: 'Copy stack',
  searchThis: 'Search for this function',
  filterFor: 'Filter for this function',
  filterOut: 'Filter out this function',
  openSpan: 'Open span',
  openLogs: 'Open logs',

  legend: 'Legend',
  lessSelf: 'Little self',
  moreSelf: 'Much self',

  before: 'Before',
  after: 'After',
  change: 'Change',
  diffForm: 'Compare',
  diffAbsolute: 'Absolute',
  diffRelative: 'Relative',
  diffNormalised: 'Share of total',
  lighter: 'Lighter',
  heavier: 'Heavier',
  removedFrame: 'Removed',
  fromTo: (before, after, change) => `${before} → ${after} · ${change}`,
  newFrame: 'New',
  percentagePoints: (formatted) => `${formatted} pp`,

  functionName: 'Function',
  filterFunctions: 'Filter functions',
  noFunctions: 'No function has this in its name',
  functionCount: (count, formatted) => `${formatted} ${count === 1 ? 'function' : 'functions'}`,

  loading: 'Loading profile',
  emptyTitle: 'No profile samples found',
  emptyLookedFor: (what, where) => `Looked for ${what} in ${where}.`,
  emptyHint:
    'A profiler has to run in the process and send to the same Collector; short spans may fall between two samples. Try the whole trace, the service, or a longer time range.',
  noSamplesTitle: 'This profile has no samples',
  noWeightTitle: (total) => `There is nothing to draw: the weights add up to ${total}`,
  errorTitle: 'The profile could not be shown',
  retry: 'Try again',
  partial: 'Partial',
  leftOut: (share, samples) =>
    `${share} of the weight (${samples}) is in stacks that are not drawn one by one: see (other). Totals are exact.`,
  otherUnits: (units) => `There are also samples in ${units}, which cannot be added to these.`,
  unplacedSpans: (count, formatted) =>
    `It is not known whether ${formatted} ${count === 1 ? 'span' : 'spans'} of the trace belong to this one.`,
  stale: 'Not up to date',
  spanUnknown:
    'The span is not in the traces table, so the time it ran and its process are not known.',

  linkedToSpan: 'Samples linked to this span',
  linkedToTrace: 'Samples linked to this trace',
  estimated: 'Estimate',
  estimatedHint:
    'Samples of the same process while this span ran. Work for other requests at the same time is in here too.',
  estimatedByService:
    'Samples of the same service while this span ran. Work for other requests, and of other instances, is in here too.',
  spreadSamples: (formatted) =>
    `${formatted} of the samples came without a time and were spread evenly over their window.`,
  noLinkedSamples: 'No samples are linked to this span',
  showEstimate: 'Show the process while this span ran',
  showLinked: 'Back to linked samples',

  span: (id) => `span ${id}`,
  trace: (id) => `trace ${id}`,
  service: (name) => `service ${name}`,
  attribute: (key, value) => `${key} = ${value}`,
  attributeIsNot: (key, value) => `${key} ≠ ${value}`,
  ofProfileType: (profileType) => `profile type ${profileType}`,
  timeRange: (from, to) => `${from} to ${to}`,
  everything: 'all profiles',
  diffOf: (before, after) => `${before} compared with ${after}`,
  givenStacks: 'given stacks',
};
