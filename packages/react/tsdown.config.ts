import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig } from 'tsdown';
import { library } from '../../scripts/lib/tsdown.ts';

/** Whether a module is there to have others come later. */
const bringsLater = (id: string): boolean =>
  id.endsWith('.tsx') && readFileSync(id, 'utf8').includes('@__PURE__ */ later');

// What nearly every page has is one file: in pieces, bundlers would put those that it shares with what
// comes later into dozens of chunks, a quarter more to load. What brings something later is a file of
// its own: it is left out, and what it would bring with it, where it is not used.
export default defineConfig(
  library(
    { index: 'src/index.ts' },
    {
      unbundle: false,
      outputOptions: (options, format) => ({
        ...options,
        chunkFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
        codeSplitting: {
          groups: [
            {
              name: 'page',
              test: /src.(panel.FlameGraph|query.ProfilesProvider|later.later)\.tsx$/,
              priority: 1,
            },
            {
              name: (id) => (bringsLater(id) ? basename(id, '.tsx') : null),
              debugName: 'what brings something later',
            },
          ],
        },
      }),
    },
  ),
);
