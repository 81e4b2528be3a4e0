import { defineConfig } from 'tsdown';
import { library, workerScript } from '../../scripts/lib/tsdown.ts';

export default defineConfig([
  library(
    { index: 'src/index.ts', 'worker/index': 'src/worker/index.ts' },
    {
      platform: 'browser',
      format: {
        esm: {},
        // CommonJS does not know where a module lies without Node's own modules, which a browser
        // bundle must not ask for. It finds no worker then, and the engine computes in place.
        cjs: { define: { 'import.meta.url': 'undefined' } },
      },
    },
  ),
  { ...workerScript('worker/worker', 'src/worker/worker.ts'), platform: 'browser' },
  { ...workerScript('worker/file-worker', 'src/worker/file-worker.ts'), platform: 'browser' },
]);
