import { useEffect, useRef } from 'react';

/** Open layers, the topmost last. */
const layers: { current: () => void }[] = [];

/**
 * Esc closes the topmost open layer only, and only when nothing inside it (a search field, a zoomed
 * flame graph) had a use for the key itself.
 */
export function useEscape(close: () => void): void {
  const layer = useRef(close);
  useEffect(() => {
    layer.current = close;
  });
  useEffect(() => {
    layers.push(layer);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (layers.at(-1) !== layer) return;
      // The layer below listens too, and is topmost as soon as this one is gone.
      event.preventDefault();
      layer.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      layers.splice(layers.indexOf(layer), 1);
    };
  }, []);
}
