import type { CSSProperties } from 'react';

/**
 * The look of a page of Grafana, light and dark, for an element round the components:
 *
 *     <div style={GRAFANA_THEME}> <FlameGraph … /> </div>
 *
 * Frames keep the colours that colour-blind eyes can tell apart.
 */
export const GRAFANA_THEME = {
  '--hyperflame-background': 'light-dark(#ffffff, #181b1f)',
  '--hyperflame-surface': 'light-dark(#ffffff, #22252b)',
  '--hyperflame-field': 'light-dark(#ffffff, #111217)',
  '--hyperflame-hover': 'light-dark(#eeeff0, #2b2e35)',
  '--hyperflame-border': 'light-dark(#d8d9da, #34363d)',
  '--hyperflame-text': 'light-dark(#24292e, #ccccdc)',
  '--hyperflame-text-muted': 'light-dark(#5b6066, #9a9aa8)',
  '--hyperflame-accent': 'light-dark(#1f62e0, #6e9fff)',
  '--hyperflame-accent-text': 'light-dark(#ffffff, #111217)',
  '--hyperflame-danger': 'light-dark(#cf0e5b, #ff5286)',
  '--hyperflame-warning': 'light-dark(#8a6c00, #fbad37)',
  '--hyperflame-font-family': 'Inter, Helvetica, Arial, sans-serif',
} as Readonly<CSSProperties>;
