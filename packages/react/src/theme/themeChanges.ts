import { mediaQuery } from './media.ts';

/**
 * Hears when the look of the page may have changed: the host's scheme attribute or class, the
 * system's scheme, forced colours, contrast, a font that has loaded, or the window moving to a
 * screen of another density.
 * One set of listeners serves all components.
 */
type Listener = () => void;

const listeners = new Set<Listener>();
let version = 0;
let stop: (() => void) | undefined;

const QUERIES = [
  '(prefers-color-scheme: dark)',
  '(forced-colors: active)',
  '(prefers-contrast: more)',
];

function start(): () => void {
  const changed = (): void => {
    version++;
    for (const listener of [...listeners]) listener();
  };
  const observer = new MutationObserver(changed);
  const options = {
    attributes: true,
    attributeFilter: ['class', 'style', 'data-theme', 'data-mantine-color-scheme'],
  };
  observer.observe(document.documentElement, options);
  if (document.body) observer.observe(document.body, options);
  const lists = QUERIES.map(mediaQuery);
  for (const list of lists) list?.addEventListener('change', changed);

  // A query for the current density tells once that it no longer holds; then the next is needed.
  let density: MediaQueryList | undefined;
  const densityChanged = (): void => {
    watchDensity();
    changed();
  };
  const watchDensity = (): void => {
    density?.removeEventListener('change', densityChanged);
    density = mediaQuery(`(resolution: ${window.devicePixelRatio}dppx)`);
    density?.addEventListener('change', densityChanged);
  };
  watchDensity();
  // Texts were measured in a stand-in until the page's own font came.
  document.fonts?.addEventListener('loadingdone', changed);

  return () => {
    document.fonts?.removeEventListener('loadingdone', changed);
    observer.disconnect();
    for (const list of lists) list?.removeEventListener('change', changed);
    density?.removeEventListener('change', densityChanged);
  };
}

export function subscribeThemeChanges(listener: Listener): () => void {
  listeners.add(listener);
  stop ??= start();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stop?.();
      stop = undefined;
    }
  };
}

/** Grows with every change; what was read at another version is stale. */
export function themeVersion(): number {
  return version;
}
