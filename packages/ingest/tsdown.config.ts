import { defineConfig } from 'tsdown';
import { library } from '../../scripts/lib/tsdown.ts';

export default defineConfig(
  library(
    { index: 'src/index.ts', 'otlp/index': 'src/otlp/index.ts', cli: 'src/cli.ts' },
    { platform: 'node', copy: [{ from: '../../sql/migrations', to: 'dist/sql' }] },
  ),
);
