export { connectOrStart } from './connect.ts';
export { VIEWER_LIMITS } from './config.ts';
export { currentPlatform, findLibrary } from './library.ts';
export {
  DEFAULT_USERS,
  type ClickHouseServer,
  type EmbeddedClickHouse,
  type StartOptions,
  type User,
} from './options.ts';
export { freePort } from './port.ts';
export { startClickHouse } from './start.ts';
