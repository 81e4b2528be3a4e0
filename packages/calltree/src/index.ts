export * from './model/errors.ts';
export * from './model/frames.ts';
export * from './model/stacks.ts';
export * from './model/tree.ts';
export * from './model/diff.ts';

export { displayText, shortText } from './frames/display-text.ts';
export { baseName, formatAddress, frameLabel, OTHER_LABEL, ROOT_LABEL } from './frames/label.ts';
export { packageName } from './frames/package-name.ts';
export { frameKey, OTHER_FRAME_KEY, ROOT_FRAME_KEY, type FrameKey } from './frames/key.ts';

export { FrameTableBuilder, type FrameInput } from './build/frame-table-builder.ts';
export { StackTableBuilder } from './build/stack-table-builder.ts';
export { makeStackTable, type StackInput } from './build/make-stack-table.ts';
export { concatStackTables } from './build/concat-stack-tables.ts';

export { buildCallTree, type CallTreeOptions } from './tree/build-call-tree.ts';
export { invertTree } from './tree/invert.ts';
export { stacksOfTree } from './tree/stacks-of-tree.ts';
export { validateStacks } from './tree/validate-stacks.ts';
export { framePath, findPath } from './tree/frame-path.ts';
export { functionKey, functionTable, type FunctionTable } from './tree/function-table.ts';
export { moduleTree, type ModuleTreeOptions } from './tree/module-tree.ts';
export { diffCallTrees } from './tree/diff.ts';
export {
  diffDelta,
  diffDeltas,
  diffWidths,
  type DiffDeltaOptions,
  type DiffForm,
  type DiffMeasure,
} from './tree/diff-deltas.ts';

export { selfCount, selfWeight } from './tree/self.ts';
export { treeWidths } from './tree/widths.ts';
export { sandwich, type Sandwich } from './tree/sandwich.ts';

export { applyTransform, applyTransforms } from './transforms/apply.ts';
export { LIBRARY_CODE } from './transforms/library-code.ts';
export { frameProperty } from './transforms/frame-property.ts';
export { parseTransforms } from './transforms/parse.ts';
export { FRAME_PROPERTIES } from './transforms/transform.ts';
export type {
  FrameFilter,
  FrameProperty,
  FunctionOfTree,
  NodeOfTree,
  Transform,
  TransformType,
} from './transforms/transform.ts';

export {
  changeConfidence,
  diffConfidence,
  SURE_CONFIDENCE,
  type SampleCounts,
} from './tree/diff-confidence.ts';
export { diffFunctionTable, type DiffFunctionTable } from './tree/diff-function-table.ts';

export { layoutTree, type Layout, type LayoutOptions } from './layout/layout-tree.ts';
export { hitTest, hitTestRectangle } from './layout/hit-test.ts';
export { siblingsTotal } from './tree/siblings-total.ts';

export { searchFrames } from './search/search-frames.ts';
export { searchTree, type SearchResult } from './search/search-tree.ts';
export { searchStacks, type StackSearchResult } from './search/search-stacks.ts';
export type { SearchField, SearchKind, SearchPattern, SearchQuery } from './search/query.ts';

export { readStackRows, type ReadRowsOptions, type StacksRead } from './rows/read-stack-rows.ts';
export { StackRowsReader } from './rows/stack-rows-reader.ts';
export {
  frameKind,
  type RowNumber,
  type RowsHead,
  type RowsRead,
  type RowsTotal,
} from './rows/stack-rows.ts';

export { baseUnit } from './model/base-unit.ts';
export { readProfile, type ReadProfileOptions } from './formats/read-profile.ts';
export type { NamedStacks } from './formats/named-stacks.ts';
export { foldedFromStackTable, stackTableFromFolded } from './formats/folded.ts';
export { speedscopeFromStackTable, stackTablesFromSpeedscope } from './formats/speedscope.ts';
export { stackTablesFromCpuProfile } from './formats/cpuprofile.ts';
export { pprofFromStackTable, stackTablesFromPprof, type PprofOptions } from './formats/pprof.ts';
export { jsonFromStackTable, stackTableFromJson } from './formats/json.ts';
export { svgFromCallTree, type SvgOptions } from './formats/svg.ts';
export { htmlFromCallTree, type HtmlOptions } from './formats/html.ts';
export type { LegendEntry, Paint } from './formats/paint.ts';
export { markdownSummary, type MarkdownOptions } from './formats/markdown.ts';
export { markdownOfDiff, type DiffMarkdownOptions } from './formats/markdown-of-diff.ts';
