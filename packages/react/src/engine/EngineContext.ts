import { createContext } from 'react';
import { sharedEngine, type Engine } from '@hyperflame/calltree/worker';

/** Where trees are computed: the page's one engine, unless a provider brings another. */
export const EngineContext = /* @__PURE__ */ createContext<() => Engine>(sharedEngine);
