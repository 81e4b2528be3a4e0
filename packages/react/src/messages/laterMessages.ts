import type { ExportFormat } from '../export/formats.ts';
import type { View } from '../state/flameState.ts';
import { counted } from './counted.ts';

/** The texts of what comes when it is drawn or opened, and come with it. */
export interface LaterMessages {
  // What the picture is
  diffLabel: string;
  tableLabel: string;

  // Toolbar
  profileType: string;
  /** Kinds of profile as people say them, by what the producer calls the sample type. */
  profileTypes: Readonly<Record<string, string>>;
  /** The entry of a legend that stands for all packages without a colour of their own. */
  otherPackages: string;

  // Views of one profile
  view: string;
  views: Readonly<Record<View, string>>;
  viewerLabel: string;
  inverted: string;
  invertedHint: string;

  // Changes to a profile
  transforms: string;
  transformProfile: string;
  /** What a change did, as the entry of a chain. */
  transformed: TransformMessages;
  removeTransform(transform: string): string;
  undo: string;
  redo: string;
  onlyMyCode: string;
  groupByFile: string;
  groupByModule: string;
  groupByKind: string;
  groupByFunction: string;
  groupByLabel(label: string): string;
  /** While labels to group by are looked for. */
  askingForLabels: string;
  /** Labels as people say them, by what the profiler calls them. */
  labelNames: Readonly<Record<string, string>>;
  collapseAllRecursion: string;

  // Saving
  /** A picture that is so many times as dense as it is laid out. */
  atScale(format: string, scale: string): string;
  pictureTooLarge(width: string, height: string, most: string): string;
  /** The browser gives noise in place of a picture. */
  pictureHidden: string;
  exportFormats: Readonly<Record<ExportFormat, string>>;

  // A frame
  weight: string;

  // Frame actions
  frameActions: string;
  zoomIn: string;
  copyName: string;
  copyStack: string;
  copySubtree: string;
  /** The last line of a copied subtree that goes on. */
  moreNodes(count: number, formatted: string): string;
  searchThis: string;
  showCallersAndCallees: string;
  focusSubtree: string;
  focusFunction: string;
  focusSelf: string;
  focusKind: string;
  mergeFunction: string;
  mergeNode: string;
  dropFunction: string;
  dropKind: string;
  collapseSubtree: string;
  collapseRecursion: string;
  collapseDirectRecursion: string;
  collapseModule: string;
  askForOther: string;
  askBelow: string;
  filterFor: string;
  filterOut: string;
  openSpan: string;
  openLogs: string;

  // Legend
  legend: string;
  /** Legend of colours that tell functions apart, of which there are more than colours. */
  sameFunctionSameColor: string;
  /** Legend of frames that weigh less than nothing, which are as wide as what they take away. */
  belowZero: string;

  // Diff
  change: string;
  diffForm: string;
  diffAbsolute: string;
  diffRelative: string;
  diffNormalised: string;
  removedFrame: string;
  fromTo(before: string, after: string, change: string): string;
  newFrame: string;
  changesLabel: string;
  selfBefore: string;
  selfAfter: string;
  confidence: string;
  /** Said of a change that is no larger than chance may make it. */
  withinError: string;
  /** Said where nothing is known of how sure a change is. */
  confidenceUnknown: string;
  unchanged: string;
  /** Hundredths of the whole, as the unit of a difference between two shares. */
  percentagePoints(formatted: string): string;

  // Table
  functionName: string;
  filterFunctions: string;
  noFunctions: string;
  functionCount(count: number, formatted: string): string;

  // Sandwich
  sandwichLabel(name: string): string;
  callers: string;
  callees: string;
  callersOf(name: string): string;
  calleesOf(name: string): string;
  chooseFunction: string;
  chooseFunctionHint: string;
  functionNotHere(name: string): string;
  ofTheFunction(share: string): string;

  // Treemap
  treemapLabel: string;
  treemapHelp: string;
  noSelfWeight: string;
  /** Small parts of an area that have no tile of their own. */
  smallParts: string;

  // Inspector
  inspectorLabel(name: string): string;
  closeInspector: string;
  /** What an inspector is for, while nothing is chosen. */
  inspectorHint: string;
  inAllPlaces(count: number, formatted: string): string;
  samplesHeader: string;
  lines: string;
  line(line: string): string;
  lineUnknown: string;
  noLines: string;
  linesLoading: string;
  linesFailed: string;
  noCallers: string;
  noCallees: string;
  labels: string;
  labelsFailed: string;
  /** What the shares of labels are of, where weights are not known. */
  labelsHint: string;
  /** Where the picture leaves out stacks. */
  detailsOfAll: string;
  openSource: string;
  file: string;
  module: string;
  kind: string;
  moreEntries(count: number, formatted: string): string;

  // Timeline
  timelineLabel: string;
  timelineHelp: string;
  /** The same where columns have parts. */
  heatmapHelp: string;
  timelineCell(time: string, weight: string): string;
  timelineWindow(from: string, to: string, weight: string): string;
  /** What the rows of a heatmap are: parts of this much time. */
  timelineRows(length: string): string;
  /** A weight that is an estimate. */
  about(weight: string): string;
  clearWindow: string;
  noTimeline: string;
  spanMark(name: string, duration: string): string;
  nothing: string;
  most(weight: string): string;
  undatedSamples(count: number, formatted: string): string;

  // Mini flame graph
  miniLabel(total: string, hottest: string, share: string): string;
  miniEmpty: string;

  // Faces
  emptyTitle: string;
  emptyLookedFor(what: string, where: string): string;
  emptyHint: string;
  /** In its place, where a time was picked: of samples, or of collections. */
  emptyTimeHint(timeBy: 'sample' | 'collection'): string;
  showAnyType: string;
  lookAgain: string;
  partial: string;
  leftOut(share: string, samples: string): string;
  otherUnits(units: string): string;
  unplacedSpans(count: number, formatted: string): string;
  stale: string;
  /** While stacks are still coming: what is under way, and what is seen meanwhile. */
  streaming: string;
  streamingHint: string;
  streamingDiffHint: string;
  streamed(share: string): string;
  computing: string;
  /** Without an error where nobody can say how large it is. */
  sampled(share: string, error: string | undefined): string;
  sampledLabel: string;
  expired(ranges: string): string;
  skipped(share: string, samples: string): string;
  showAll: string;
  /** Stands before the path that a question was narrowed to. */
  onlyBelow: string;
  askForAll: string;
  /** Stands for the end of a time range that is open. */
  openEnd: string;
  spanUnknown: string;

  // How samples belong to a span
  linkedToSpan: string;
  linkedToTrace: string;
  /** What part of a span's time its samples are. */
  ofSpan: (weight: string, duration: string, share: string) => string;
  estimated: string;
  estimatedHint: string;
  estimatedByService: string;
  spreadSamples(count: number, formatted: string): string;
  noLinkedSamples: string;
  showEstimate: string;
  showLinked: string;

  // What was asked for, in the words of an empty or loading face
  diffOf(before: string, after: string): string;
  givenStacks: string;
}

/** Wording of each kind of transform; `what` is a function, a module, a kind or a label. */
export interface TransformMessages {
  focusSubtree(what: string): string;
  focusFunction(what: string): string;
  focusSelf(what: string): string;
  focus(what: string): string;
  drop(what: string): string;
  merge(what: string): string;
  mergeNode(what: string): string;
  hide(what: string): string;
  keep(what: string): string;
  collapseSubtree(what: string): string;
  collapseRecursion(what: string): string;
  collapseDirectRecursion(what: string): string;
  collapseAllRecursion: string;
  collapse(what: string): string;
  groupBy(what: string): string;
  groupedBy: Readonly<Record<'file' | 'module' | 'kind' | 'function', string>>;
}

export const laterMessages: LaterMessages = {
  diffLabel: 'Diff flame graph',
  tableLabel: 'Top functions',

  profileType: 'Profile type',
  profileTypes: {
    cpu: 'CPU time',
    wall: 'Wall time',
    off_cpu: 'Off-CPU time',
    samples: 'Samples',
    events: 'Events',
    alloc_space: 'Allocated memory',
    alloc_objects: 'Allocated objects',
    inuse_space: 'Memory in use',
    inuse_objects: 'Objects in use',
    space: 'Memory in use',
    objects: 'Objects in use',
    goroutine: 'Goroutines',
    goroutines: 'Goroutines',
    contentions: 'Lock contentions',
    delay: 'Lock delay',
    lock: 'Lock delay',
    exception: 'Exceptions',
    timeline: 'Timeline',
  },
  otherPackages: 'Others',

  view: 'View',
  views: {
    graph: 'Graph',
    table: 'Table',
    both: 'Both',
    sandwich: 'Sandwich',
    treemap: 'Treemap',
  },
  viewerLabel: 'Profile',
  inverted: 'Bottom-up',
  invertedHint: 'Start at the functions that weight is spent in, and go to their callers',

  transforms: 'Changes to the profile',
  transformProfile: 'Filter and group',
  transformed: {
    focusSubtree: (what) => `Subtree of ${what}`,
    focusFunction: (what) => `Only ${what} and below`,
    focusSelf: (what) => `Only self of ${what}`,
    focus: (what) => `Only ${what}`,
    drop: (what) => `Without ${what}`,
    merge: (what) => `${what} merged into callers`,
    mergeNode: (what) => `${what} merged here`,
    hide: (what) => `Hidden: ${what}`,
    keep: (what) => `Kept: ${what}`,
    collapseSubtree: (what) => `Below ${what} collapsed`,
    collapseRecursion: (what) => `Recursion of ${what} collapsed`,
    collapseDirectRecursion: (what) => `Direct recursion of ${what} collapsed`,
    collapseAllRecursion: 'Direct recursion collapsed',
    collapse: (what) => `${what} collapsed`,
    groupBy: (what) => `By ${what}`,
    groupedBy: {
      file: 'By file',
      module: 'By module',
      kind: 'By frame kind',
      function: 'By function name',
    },
  },
  removeTransform: (transform) => `Take back: ${transform}`,
  undo: 'Undo',
  redo: 'Redo',
  atScale: (format, scale) => `${format}, ${scale}×`,
  pictureTooLarge: (width, height, most) =>
    `the picture would be ${width} × ${height} pixels, and browsers paint at most ${most} a side. Take a smaller scale, or SVG.`,
  pictureHidden: 'for privacy, this browser gives pages noise in place of pictures. Take SVG.',
  exportFormats: {
    svg: 'SVG picture',
    png: 'PNG picture',
    html: 'Web page (one file)',
    markdown: 'Markdown summary',
    folded: 'Folded stacks',
    speedscope: 'speedscope',
    pprof: 'pprof',
    json: 'JSON',
  },
  onlyMyCode: 'Only my code',
  groupByFile: 'Group by file',
  groupByModule: 'Group by module',
  groupByKind: 'Group by frame kind',
  groupByFunction: 'Group by function name',
  groupByLabel: (label) => `Group by ${label}`,
  askingForLabels: 'Looking for labels …',
  labelNames: {
    thread: 'thread',
    'thread.name': 'thread',
    'thread.id': 'thread id',
    'process.pid': 'process',
    'k8s.pod.name': 'pod',
    'k8s.namespace.name': 'namespace',
    'k8s.workload.name': 'workload',
    'k8s.container.name': 'container',
    'k8s.node.name': 'node',
    'host.name': 'host',
    'service.name': 'service',
    'service.instance.id': 'service instance',
  },
  collapseAllRecursion: 'Collapse direct recursion',

  weight: 'Weight',

  frameActions: 'Frame actions',
  zoomIn: 'Zoom in',
  copyName: 'Copy name',
  copyStack: 'Copy stack',
  copySubtree: 'Copy subtree',
  moreNodes: (count, formatted) =>
    `… and ${counted(count, formatted, 'more frame', 'more frames')}`,
  searchThis: 'Search for this function',
  showCallersAndCallees: 'Show callers and callees',
  focusSubtree: 'Only this subtree',
  focusFunction: 'Only this function and below',
  focusSelf: 'Only samples that end here',
  focusKind: 'Only frames of its kind',
  mergeFunction: 'Merge function into its callers',
  mergeNode: 'Merge this frame only',
  dropFunction: 'Drop samples with this function',
  dropKind: 'Drop samples with frames of its kind',
  collapseSubtree: 'Collapse what it calls',
  collapseRecursion: 'Collapse recursion',
  collapseDirectRecursion: 'Collapse direct recursion',
  collapseModule: 'Collapse its module',
  askForOther: 'Show what is in here',
  askBelow: 'Load all there is below here',
  filterFor: 'Filter for this function',
  filterOut: 'Filter out this function',
  openSpan: 'Open span',
  openLogs: 'Open logs',

  legend: 'Legend',
  sameFunctionSameColor: 'The same function has the same colour everywhere',
  belowZero: 'Below zero',

  change: 'Change',
  diffForm: 'Compare',
  diffAbsolute: 'Absolute',
  diffRelative: 'Relative',
  diffNormalised: 'Share of total',
  removedFrame: 'Removed',
  fromTo: (before, after, change) => `${before} → ${after} · ${change}`,
  newFrame: 'New',
  changesLabel: 'What changed',
  selfBefore: 'Self before',
  selfAfter: 'Self after',
  confidence: 'Confidence',
  withinError: 'Within error',
  confidenceUnknown: 'Not known',
  unchanged: 'Unchanged or within error',
  percentagePoints: (formatted) => `${formatted} pp`,

  functionName: 'Function',
  filterFunctions: 'Filter functions',
  noFunctions: 'No function matches',
  functionCount: (count, formatted) => counted(count, formatted, 'function', 'functions'),

  sandwichLabel: (name) => `Callers and callees of ${name}`,
  callers: 'Callers',
  callees: 'Callees',
  callersOf: (name) => `Callers of ${name}`,
  calleesOf: (name) => `Callees of ${name}`,
  chooseFunction: 'Choose a function',
  chooseFunctionHint: 'Its callers stand above it, its callees below, over all places.',
  functionNotHere: (name) => `“${name}” is not in this profile`,
  ofTheFunction: (share) => `${share} of the function`,

  treemapLabel: 'Self weight by module and package',
  treemapHelp:
    'Arrow keys move between areas, Enter goes into an area, Backspace goes out of it, Escape goes one step back.',
  noSelfWeight: 'No function has weight of its own',
  smallParts: 'Smaller',

  inspectorLabel: (name) => `Details of ${name}`,
  closeInspector: 'Close details',
  inspectorHint: 'Its totals, callers, callees and lines are shown here.',
  inAllPlaces: (count, formatted) => `In ${counted(count, formatted, 'place', 'places')}`,
  samplesHeader: 'Samples',
  lines: 'Lines',
  line: (line) => `Line ${line}`,
  lineUnknown: 'Line not known',
  noLines: 'No line numbers for this function',
  linesLoading: 'Loading lines',
  linesFailed: 'The lines could not be loaded.',
  noCallers: 'No callers: stacks begin here',
  noCallees: 'No callees were sampled',
  labels: 'Labels',
  labelsFailed: 'The labels could not be loaded.',
  labelsHint: 'Shares of the stored rows that have the label, not of the weight.',
  detailsOfAll:
    'Lines and labels are of all its samples, also of those that the picture leaves out.',
  openSource: 'Open source',
  file: 'File',
  module: 'Module',
  kind: 'Kind',
  moreEntries: (count, formatted) => counted(count, formatted, 'more', 'more'),

  timelineLabel: 'Samples over time',
  timelineHelp:
    'Arrow keys move, Shift and arrow keys select a time, Enter selects what is under the cursor, Escape clears the selection.',
  heatmapHelp:
    'Left and right move in time, up and down to parts of it, Shift and arrow keys select a time, Enter selects what is under the cursor, Escape clears the selection.',
  timelineCell: (time, weight) => `${time}: ${weight}`,
  timelineWindow: (from, to, weight) => `${from} to ${to}: ${weight}`,
  timelineRows: (length) => `Bottom to top: 0 to ${length}`,
  about: (weight) => `about ${weight}`,
  clearWindow: 'Clear selection',
  noTimeline: 'No samples in this range. Try a longer one.',
  spanMark: (name, duration) => `Span ${name}, ${duration}`,
  nothing: '0',
  most: (weight) => `Most: ${weight}`,
  undatedSamples: (count, formatted) =>
    `${counted(count, formatted, 'sample', 'samples')} without a time: not drawn here.`,

  miniLabel: (total, hottest, share) =>
    `Flame graph of ${total}, most of it in ${hottest} (${share})`,
  miniEmpty: 'Flame graph without samples',

  emptyTitle: 'No profile samples found',
  emptyLookedFor: (what, where) => `Looked for ${what} in ${where}.`,
  emptyHint:
    'Is a profiler running there, and sending to this Collector? Short spans may fall between samples: try the trace, the service or a longer time.',
  emptyTimeHint: (timeBy) =>
    timeBy === 'sample'
      ? 'No sample was taken in the time that was picked. One whose profiler gave no time counts when its collection began.'
      : 'Times of more than an hour are told apart by when collections began: none began in the time that was picked.',
  showAnyType: 'Show any profile type',
  lookAgain: 'Look again',
  partial: 'Partial',
  leftOut: (share, samples) =>
    `${share} of the weight (${samples}) is in stacks that are not drawn one by one: (other) in a graph. The total is exact; single functions may weigh more than shown.`,
  otherUnits: (units) => `There are also samples in ${units}, which cannot be added to these.`,
  unplacedSpans: (count, formatted) =>
    `${counted(count, formatted, 'more span', 'more spans')} of the trace may belong to this one: spans between them are missing, or there are too many.`,
  stale: 'Not up to date',
  streaming: 'Loading stacks',
  streamingHint: 'The heaviest stacks are shown while the rest is loading. Totals are exact.',
  streamingDiffHint:
    'The heaviest stacks of both, while the rest is loading: a frame may look new or removed that is not.',
  streamed: (share) => `${share} of the stacks · totals are exact`,
  computing: 'Computing',
  sampledLabel: 'Sampled',
  expired: (ranges) => `Details of this time are no longer kept: ${ranges}.`,
  skipped: (share, samples) =>
    `The heaviest stacks (${share} of the weight, ${samples}) are left out; these are the next ones.`,
  showAll: 'Back to the heaviest',
  onlyBelow: 'Only below',
  askForAll: 'Whole profile',
  openEnd: '…',
  sampled: (share, error) =>
    `Figures are from ${share} of the samples` +
    (error === undefined
      ? ', with none from a part of the time. How far they may be off is not known.'
      : ` and may be off by ${error} (95% of the time).`),
  spanUnknown: 'The span is not in the traces table, so its time and process are not known.',

  linkedToSpan: 'Samples linked to this span',
  linkedToTrace: 'Samples linked to this trace',
  ofSpan: (weight, duration, share) => `${weight} of the ${duration} that it took (${share})`,
  estimated: 'Estimate',
  estimatedHint: 'Samples of the same process while this span ran, also of other requests.',
  estimatedByService:
    'Samples of the same service while this span ran, also of other requests and instances.',
  spreadSamples: (count, formatted) =>
    `${counted(count, formatted, 'sample', 'samples')} without a time: spread evenly over the collection window.`,
  noLinkedSamples: 'No samples are linked to this span',
  showEstimate: 'Show the process while this span ran',
  showLinked: 'Back to linked samples',

  diffOf: (before, after) => `${before} compared with ${after}`,
  givenStacks: 'given stacks',
};
