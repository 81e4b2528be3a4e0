import { defineConfig } from 'tsdown';
import { library } from '../../scripts/lib/tsdown.ts';

export default defineConfig(library({ index: 'src/index.ts' }));
