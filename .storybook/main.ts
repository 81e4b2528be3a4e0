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
  }),
};

export default config;
