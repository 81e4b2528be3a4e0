import { mediaQuery } from './media.ts';
import { parentOf } from './parentOf.ts';

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
let observer: MutationObserver | undefined;
/** Elements that are looked at; all that they are in are, too. */
let watched = new WeakSet<Element>();

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
  observer = new MutationObserver((records) => {
    if (records.some(changesLook)) changed();
  });
  const listening = new AbortController();
  const { signal } = listening;
  for (const query of QUERIES) mediaQuery(query)?.addEventListener('change', changed, { signal });

  // A query for the current density tells once that it no longer holds; then the next is needed.
  const watchDensity = (): void => {
    mediaQuery(`(resolution: ${window.devicePixelRatio}dppx)`)?.addEventListener(
      'change',
      () => {
        watchDensity();
        changed();
      },
      { signal, once: true },
    );
  };
  watchDensity();
  // Texts were measured in a stand-in until the page's own font came.
  document.fonts?.addEventListener('loadingdone', changed, { signal });

  return () => {
    listening.abort();
    observer?.disconnect();
    watched = new WeakSet();
  };
}

export function subscribeThemeChanges(listener: Listener): () => void {
  listeners.add(listener);
  stop ??= start();
  return () => {
    listeners.delete(listener);
    // What takes the place of the last one has been painted already, and subscribes next.
    queueMicrotask(() => {
      if (listeners.size > 0) return;
      stop?.();
      stop = undefined;
    });
  };
}

/** Also hears of a scheme or of colours that are set on an element which this one is in. */
export function watchAround(element: Element): void {
  // A picture is painted before its component has subscribed.
  stop ??= start();
  for (let at = parentOf(element); at && !watched.has(at); at = parentOf(at)) {
    watched.add(at);
    observer?.observe(at, {
      attributeOldValue: true,
      attributeFilter: ['class', 'style', 'data-theme', 'data-mantine-color-scheme'],
    });
  }
}

/** What is in a `style` that colours may come from: a drawer that is being moved changes the rest. */
const LOOK = /(--|color|background|font)[^;]*/g;

function changesLook({ attributeName, oldValue, target }: MutationRecord): boolean {
  if (attributeName !== 'style') return true;
  const look = (style: string | null): string => style?.match(LOOK)?.join(';') ?? '';
  return look(oldValue) !== look((target as Element).getAttribute('style'));
}

/** Grows with every change; what was read at another version is stale. */
export function themeVersion(): number {
  return version;
}
