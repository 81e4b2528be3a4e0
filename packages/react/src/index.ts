// Components that ask for themselves; they need a provider.
export { ProfilesProvider, type ProfilesProviderProps } from './query/ProfilesProvider.tsx';
export { FlameGraph, type FlameGraphProps } from './panel/FlameGraph.tsx';
export { TopTable, type TopTableProps } from './table/TopTable.tsx';
export { Sandwich, type SandwichProps } from './sandwich/Sandwich.tsx';
export { ProfileViewer, type ProfileViewerProps } from './viewer/ProfileViewer.tsx';
export { ProfileTimeline, type ProfileTimelineProps } from './timeline/ProfileTimeline.tsx';
export { FrameInspector, type FrameInspectorProps } from './inspector/FrameInspector.tsx';
export { ProfileTreemap, type ProfileTreemapProps } from './treemap/ProfileTreemap.tsx';
export { DiffFlameGraph, type DiffFlameGraphProps } from './diff/DiffFlameGraph.tsx';
export type { PanelProps } from './panel/ProfilePanel.tsx';

// Components that only draw.
export { FlameGraphView, Icicle, type FlameGraphViewProps } from './view/FlameGraphView.tsx';
export { DiffFlameGraphView, type DiffFlameGraphViewProps } from './diff/DiffFlameGraphView.tsx';
export {
  SandwichView,
  type SandwichOptions,
  type SandwichViewProps,
} from './sandwich/SandwichView.tsx';
export {
  ProfileTreemapView,
  type ProfileTreemapViewProps,
  type TreemapOptions,
} from './treemap/ProfileTreemapView.tsx';
export {
  FrameInspectorView,
  type FrameInspectorViewProps,
  type InspectorOptions,
} from './inspector/FrameInspectorView.tsx';
export {
  ProfileViewerView,
  type ProfileViewerViewProps,
  type ViewerOptions,
} from './viewer/ProfileViewerView.tsx';
export {
  ProfileTimelineView,
  type ProfileTimelineViewProps,
  type SpanMark,
  type TimelineOptions,
} from './timeline/ProfileTimelineView.tsx';
export { MiniFlameGraph, type MiniFlameGraphProps } from './mini/MiniFlameGraph.tsx';
export {
  ChangeTableView,
  type ChangeTableOptions,
  type ChangeTableViewProps,
} from './diff/ChangeTableView.tsx';
export { TopTableView, type TableOptions, type TopTableViewProps } from './table/TopTableView.tsx';
export type { SurfaceOptions } from './view/FlameSurface.tsx';

// What they say to the host.
export type { FilterRequest, FrameAction, FrameCallbacks } from './view/actions.ts';
export type { TimeGrid } from './timeline/grid.ts';
export { gridOfHeatmap, gridOfTimeline } from './timeline/gridOf.ts';
export type { FrameDetails, FrameInfo } from './frames/frameDetails.ts';
export type { FunctionDetails } from './table/functionDetails.ts';

// Saving what is seen.
export type { ExportFormat } from './export/formats.ts';

// The state of a view.
export {
  DEFAULT_FLAME_STATE,
  type ColorMode,
  type FlameState,
  type FramePath,
  type Orientation,
  type TimeWindow,
  type View,
} from './state/flameState.ts';
export { decodeFlameState, encodeFlameState } from './state/codec.ts';
export { useUrlFlameState } from './state/useUrlFlameState.ts';
export {
  useFlameState,
  type FlameStateProps,
  type UpdateFlameState,
} from './state/useFlameState.ts';

// Everything in between, to be used alone.
export { useProfiles } from './query/ProfilesContext.ts';
export { profileKeys, profileQueries } from './query/queries.ts';
export type { FlamegraphResult } from './query/hooks.ts';
export type { PartialFlamegraph } from './query/partialAnswers.ts';
export {
  useFacets,
  useFlamegraph,
  useHeatmap,
  useProfileTypes,
  useServices,
  useSpanSampleCounts,
  useTimeline,
  useTopFunctions,
  type AskOptions,
} from './query/hooks.ts';
export {
  useCallTree,
  useDiffFunctions,
  useDiffTree,
  useFunctionsOfDiff,
  useFunctionTable,
  useModuleTree,
  useSandwich,
  type SandwichOf,
} from './engine/useTrees.ts';
export type { EngineResult } from './hooks/useEngineResult.ts';

// Faces, texts, looks.
export type {
  ComputingFaceProps,
  EmptyFaceProps,
  ErrorFaceProps,
  Faces,
  LinkageFaceProps,
  LoadingFaceProps,
  PartialFaceProps,
  SampledFaceProps,
  StaleFaceProps,
  StreamingFaceProps,
  UpdatingFaceProps,
} from './panel/faces.ts';
export { CodeLoadError } from './later/CodeLoadError.ts';
export { defaultFaces } from './panel/defaultFaces.tsx';
export type { LaterMessages, TransformMessages } from './messages/laterMessages.ts';
export type { Messages } from './messages/messages.ts';
export type { PageMessages } from './messages/pageMessages.ts';
export { GRAFANA_THEME } from './theme/grafana.ts';
export type { ColorScheme, SettingsProps } from './theme/settings.ts';
export { createNumberFormat, type NumberFormat } from './format/numbers.ts';
export { displayText } from './format/displayText.ts';
