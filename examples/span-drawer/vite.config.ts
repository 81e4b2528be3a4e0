import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { CONFIG_PATH, configFromEnv } from './src/page-config.ts';

/** While developing, vite itself is the page's server, so it hands out the configuration. */
function pageConfig(): Plugin {
  return {
    name: 'page-config',
    configureServer(server) {
      server.middlewares.use(CONFIG_PATH, (_request, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(configFromEnv(process.env)));
      });
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), pageConfig()],
  resolve: { tsconfigPaths: true },
  worker: { format: 'es' },
  build: { outDir: 'dist', sourcemap: true, target: 'es2022' },
});
