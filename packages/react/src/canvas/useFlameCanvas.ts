import { useRef, type RefObject } from 'react';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { useThemeVersion } from '../hooks/useThemeVersion.ts';
import { readCanvasTheme, type CanvasTheme } from '../theme/canvasTheme.ts';
import { useSettings } from '../theme/settings.ts';
import { watchAround } from '../theme/themeChanges.ts';
import type { ColorScale } from '../color/scales.ts';
import { flameFont, paintFlame, type Picture } from './paintFlame.ts';
import { TextFitter } from './textFitter.ts';

type PictureProps = Omit<
  Picture,
  'theme' | 'inks' | 'slotOf' | 'signs' | 'narrowLabel' | 'density' | 'scrollTop'
> & {
  scale: ColorScale;
};

/**
 * Keeps a canvas painted: on every change of what it shows, of the theme and of the screen's
 * density, and on scrolling. Returns the handler for the scroller's `scroll` event.
 */
export function useFlameCanvas(
  canvasRef: RefObject<HTMLCanvasElement | null>,
  scrollerRef: RefObject<HTMLElement | null>,
  props: PictureProps,
): () => void {
  const version = useThemeVersion();
  const { colorScheme, messages } = useSettings();
  const narrowLabel = messages.tooNarrow;
  const paint = useRef<(() => void) | null>(null);
  const theme = useRef<{ version: number; colorScheme: string; value: CanvasTheme } | null>(null);
  const fitter = useRef<{ font: string; version: number; value: TextFitter } | null>(null);
  const {
    tree,
    layout,
    rows,
    width,
    height,
    labelOf,
    isMatch,
    hasMatch,
    isHatched,
    noteOf,
    nameEnd,
    scale,
  } = props;

  useBrowserLayoutEffect(() => {
    const canvas = canvasRef.current;
    if (!canvas || width <= 0 || height <= 0) return;
    watchAround(canvas);
    const density = window.devicePixelRatio || 1;

    const themeNow = (): CanvasTheme => {
      if (theme.current?.version !== version || theme.current.colorScheme !== colorScheme) {
        theme.current = { version, colorScheme, value: readCanvasTheme(canvas) };
      }
      return theme.current.value;
    };
    /** The canvas at its size, and as yet empty where that is a new one. */
    const contextNow = (): CanvasRenderingContext2D | null => {
      const context = canvas.getContext('2d', { alpha: false });
      if (context && resize(canvas, width, height, density)) {
        context.fillStyle = themeNow().background;
        context.fillRect(0, 0, canvas.width, canvas.height);
      }
      return context;
    };
    const paintNow = (): void => {
      const context = contextNow();
      if (!context) return;
      const colors = themeNow();
      const font = flameFont(colors, density);
      if (fitter.current?.font !== font || fitter.current.version !== version) {
        const measure = (text: string): number => {
          context.font = font;
          return context.measureText(text).width;
        };
        fitter.current = { font, version, value: new TextFitter(measure) };
      }
      paintFlame(
        context,
        {
          tree,
          layout,
          rows,
          width,
          height,
          density,
          labelOf,
          narrowLabel,
          isMatch,
          hasMatch,
          isHatched,
          noteOf,
          nameEnd,
          theme: colors,
          inks: scale.inks(colors),
          slotOf: scale.slotOf,
          signs: scale.signs,
          scrollTop: scrollerRef.current?.scrollTop ?? 0,
        },
        fitter.current.value,
      );
    };
    // With the next frame, once, however much has changed until then: what is not seen is not painted,
    // and the task that changed it is over sooner.
    let painting = 0;
    const paintSoon = (): void => {
      cancelAnimationFrame(painting);
      painting = requestAnimationFrame(paintNow);
    };
    paint.current = paintSoon;
    let reading: ReturnType<typeof setTimeout> | undefined;
    if (theme.current) {
      paintSoon();
    } else {
      // Building the page, reading its colours and getting memory for the picture take some
      // milliseconds each: they are tasks of their own, so that input is heard in between.
      reading = setTimeout(() => {
        contextNow();
        paintSoon();
      });
    }
    // A browser short of memory takes canvases away and gives them back empty.
    canvas.addEventListener('contextrestored', paintSoon);
    return () => {
      clearTimeout(reading);
      cancelAnimationFrame(painting);
      canvas.removeEventListener('contextrestored', paintSoon);
      paint.current = null;
    };
  }, [
    canvasRef,
    scrollerRef,
    version,
    colorScheme,
    tree,
    layout,
    rows,
    width,
    height,
    labelOf,
    narrowLabel,
    isMatch,
    hasMatch,
    isHatched,
    noteOf,
    nameEnd,
    scale,
  ]);

  return () => paint.current?.();
}

/** Setting a canvas's size empties it and gives it new memory, so only where it changes; true then. */
function resize(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  density: number,
): boolean {
  const wide = Math.round(width * density);
  const high = Math.round(height * density);
  if (canvas.width === wide && canvas.height === high) return false;
  canvas.width = wide;
  canvas.height = high;
  return true;
}
