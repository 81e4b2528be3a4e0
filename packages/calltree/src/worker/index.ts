export {
  createEngine,
  sharedEngine,
  type Engine,
  type EngineOptions,
  type RequestOptions,
} from './engine.ts';
export type { ReadRowsOptions, StacksRead } from '../rows/read-stack-rows.ts';
export type { RowsHead, RowsRead, RowsTotal } from '../rows/stack-rows.ts';
export { readProfileInWorker, type ReadProfileInWorkerOptions } from './read-profile-in-worker.ts';
export { writeProfileInWorker } from './write-profile-in-worker.ts';
export type {
  ChangesFile,
  NodeColours,
  PictureFile,
  ProfileFile,
  StacksFile,
} from '../formats/write-profile.ts';
