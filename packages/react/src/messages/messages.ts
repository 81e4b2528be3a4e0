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
  ofParent: string;
  file: string;
  mapping: string;
  kind: string;
  name: string;
  level(level: string): string;
  nodeCount(formatted: string): string;

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
  copied: string;

  // Legend
  legend: string;
  noPackage: string;
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
  unchanged: string;
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
  places: string;

  // Faces
  loading: string;
  emptyTitle: string;
  emptyLookedFor(what: string, where: string): string;
  emptyHint: string;
  noSamplesTitle: string;
  errorTitle: string;
  retry: string;
  partial: string;
  partialHint(leftOut: string): string;
  unplacedSpans(count: number, formatted: string): string;
  stale: string;
  spanUnknown: string;
  leftOutOf(share: string, samples: string): string;

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
  ofParent: 'of parent',
  file: 'File',
  mapping: 'Mapping',
  kind: 'Kind',
  name: 'Function',
  level: (level) => `level ${level}`,
  nodeCount: (formatted) => `${formatted} frames`,

  frameActions: 'Frame actions',
  zoomIn: 'Zoom in',
  copyName: 'Copy name',
  copyStack: 'Copy stack',
  searchThis: 'Search for this function',
  filterFor: 'Filter for this function',
  filterOut: 'Filter out this function',
  openSpan: 'Open span',
  openLogs: 'Open logs',
  copied: 'Copied',

  legend: 'Legend',
  noPackage: 'No package',
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
  unchanged: 'Unchanged',
  heavier: 'Heavier',
  removedFrame: 'Removed',
  fromTo: (before, after, change) => `${before} → ${after} · ${change}`,
  newFrame: 'New',
  percentagePoints: (formatted) => `${formatted} pp`,

  functionName: 'Function',
  filterFunctions: 'Filter functions',
  noFunctions: 'No function has this in its name',
  functionCount: (count, formatted) => `${formatted} ${count === 1 ? 'function' : 'functions'}`,
  places: 'Places',

  loading: 'Loading profile',
  emptyTitle: 'No profile samples found',
  emptyLookedFor: (what, where) => `Looked for ${what} in ${where}.`,
  emptyHint:
    'A profiler has to run in the process and send to the same Collector; short spans may fall between two samples. Try the whole trace, the service, or a longer time range.',
  noSamplesTitle: 'This profile has no samples',
  errorTitle: 'The profile could not be loaded',
  retry: 'Try again',
  partial: 'Partial',
  partialHint: (leftOut) => `${leftOut} in smaller stacks, shown as (other). Totals are exact.`,
  unplacedSpans: (count, formatted) =>
    `It is not known whether ${formatted} ${count === 1 ? 'span' : 'spans'} of the trace belong to this one.`,
  stale: 'Not up to date',
  spanUnknown:
    'The span is not in the traces table, so the time it ran and its process are not known.',
  leftOutOf: (share, samples) => `${share} of the weight (${samples})`,

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
