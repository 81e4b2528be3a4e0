export { createProfiles } from './profiles.ts';
export type { AskingOptions, FlamegraphOptions, Profiles, ProfilesOptions } from './profiles.ts';

export { RESOURCE_KEYS, processWindow } from './questions/scope.ts';
export type {
  AttributeFilter,
  FunctionKey,
  Linkage,
  OneOrMore,
  ProfileScope,
  ResourceKey,
  TimeRange,
} from './questions/scope.ts';
export type {
  Estimable,
  FacetsQuestion,
  FindFunctionsQuestion,
  FlamegraphQuestion,
  HeatmapQuestion,
  ProfileTypesQuestion,
  ServicesQuestion,
  SpanSampleCountsQuestion,
  TimelineQuestion,
  TopFunctionsQuestion,
} from './questions/questions.ts';
export { DEFAULT_LIMITS } from './questions/limits.ts';
export type { QueryLimits } from './questions/limits.ts';

export type {
  Estimate,
  Facet,
  FacetValue,
  FlamegraphAnswer,
  HeatmapAnswer,
  LeftOut,
  ListAnswer,
  OpenRange,
  ProfileAnswer,
  ProfileTypeSummary,
  QueryStats,
  SamplingError,
  ServiceSummary,
  SpanSampleCount,
  TablePart,
  TimelineAnswer,
  TopFunction,
  TopFunctionsAnswer,
} from './answers.ts';
export { PROCESS_IDENTITIES } from './sql/process-source.ts';
export type { ProcessIdentity } from './sql/process-source.ts';
export { parseProfileType } from './profile-type.ts';
export type { ProfileTypeParts } from './profile-type.ts';

export { ProfileQueryError } from './errors/profile-query-error.ts';
export { isProfileQueryError } from './errors/is-profile-query-error.ts';
export type {
  ProfileQueryErrorKind,
  ProfileQueryErrorOptions,
} from './errors/profile-query-error.ts';

export { fromClickHouseWeb } from './clients/clickhouse-web.ts';
export type { ClickHouseWebLike } from './clients/clickhouse-web.ts';
export { fromHyperDX } from './clients/hyperdx.ts';
export type { HyperDXClientLike } from './clients/hyperdx.ts';
export type { SettingsOption } from './clients/settings.ts';
export type { QueryCacheOptions } from './clients/query-cache.ts';
export type {
  ClientRequest,
  ClientResponse,
  ProfileClient,
  QuerySettings,
  SettingValue,
} from './clients/profile-client.ts';
export type { ResultSetLike } from './clients/result-set.ts';

// The queries and the reading of their answers, for hosts that send queries their own way.
export { flamegraphQuery } from './sql/flamegraph.ts';
export { findFunctionsQuery, topFunctionsQuery } from './sql/top-functions.ts';
export { timelineQuery } from './sql/timeline.ts';
export { heatmapQuery } from './sql/heatmap.ts';
export { facetsQuery } from './sql/facets.ts';
export { profileTypesQuery } from './sql/profile-types.ts';
export { servicesQuery } from './sql/services.ts';
export { spanSampleCountsQuery } from './sql/span-sample-counts.ts';
export { DEFAULT_TABLES } from './sql/tables.ts';
export type { TableNames } from './sql/tables.ts';
export type { BuiltQuery, SendableQuery } from './sql/built-query.ts';
export type { BuildOptions } from './sql/build-context.ts';
export type { Catalog, HoldingTable } from './plan/catalog.ts';
export type { Interval, Piece } from './plan/intervals.ts';
export type { Plan } from './plan/plan.ts';
export { parseFlamegraph, type StackReader } from './wire/flamegraph.ts';
export type { ParsedFlamegraph } from './wire/flamegraph.ts';
export { parseHeatmap, parseTimeline } from './wire/timeline.ts';
export type { ParsedHeatmap, ParsedTimeline } from './wire/timeline.ts';
export { parseFacets } from './wire/facets.ts';
export { parseTopFunctions } from './wire/top-functions.ts';
export type { ParsedTopFunctions } from './wire/top-functions.ts';
export { parseProfileTypes, parseServices, parseSpanSampleCounts } from './wire/summaries.ts';
