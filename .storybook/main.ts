import type { StorybookConfig } from '@storybook/react-vite';

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // Types are for tsc; reading them again for tables of props costs more than it shows.
  typescript: { reactDocgen: false },
  viteFinal: (vite) => ({
    ...vite,
    // Workspace names are the sources, so a change shows without a build in between.
    resolve: { ...vite.resolve, tsconfigPaths: true },
    worker: { format: 'es' },
    // Found only once a story runs, they would make the page reload in the middle of a test.
    optimizeDeps: {
      ...vite.optimizeDeps,
      include: [
        ...(vite.optimizeDeps?.include ?? []),
        '@floating-ui/react-dom',
        '@tanstack/react-query',
        '@tanstack/react-virtual',
        '@visx/hierarchy',
        'comlink',
      ],
    },
  }),
};

export default config;
