import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { tsconfigPaths: true },
  worker: { format: 'es' },
  build: { outDir: 'dist', target: 'es2022' },
});
