export { adopt, type AdoptOptions, type AdoptResult } from './adopt/adopt.ts';
export {
  backfill,
  type BackfillOptions,
  type BackfillProgress,
  type BackfillResult,
} from './backfill/backfill.ts';
export {
  collectorConfig,
  collectorParameters,
  isTopology,
  TOPOLOGIES,
  type CollectorParameter,
  type Topology,
} from './collector/config.ts';
export { connect, ServerError, withServer, type ConnectionOptions } from './connection.ts';
export { diagnose } from './doctor/diagnose.ts';
export type { Diagnosis, Finding, ProfilesSummary, TableSize } from './doctor/finding.ts';
export { UserError } from './errors.ts';
export type { ImportProblem } from './import/import-file.ts';
export {
  followFiles,
  importFiles,
  type FollowOptions,
  type ImportOptions,
  type ImportSummary,
} from './import/import-files.ts';
export type { ImportFormat } from './import/read-payload.ts';
export * from './migrations/index.ts';
