import { defineConfig } from 'tsdown';
import { library } from '../../scripts/lib/tsdown.ts';

const entry = { index: 'src/index.ts', 'otlp/index': 'src/otlp/index.ts' };

export default defineConfig(
  library(entry, {
    platform: 'node',
    fixedExtension: false,
    // Nobody requires the command.
    format: { esm: { entry: { ...entry, cli: 'src/cli.ts' } }, cjs: { entry } },
    copy: [
      { from: '../../sql/migrations', to: 'dist/sql' },
      { from: '../../sql/upgrade', to: 'dist/sql' },
    ],
  }),
);
