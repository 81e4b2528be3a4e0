export {
  createEngine,
  sharedEngine,
  type Engine,
  type EngineOptions,
  type RequestOptions,
} from './engine.ts';
