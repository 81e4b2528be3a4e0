import { useRef, type RefObject } from 'react';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { useThemeVersion } from '../hooks/useThemeVersion.ts';
import { readCanvasTheme, type CanvasTheme } from '../theme/canvasTheme.ts';
import { useSettings } from '../theme/settings.ts';
import type { ColorScale } from '../color/scales.ts';
import { flameFont, paintFlame, type Picture } from './paintFlame.ts';
import { TextFitter } from './textFitter.ts';

type PictureProps = Omit<Picture, 'theme' | 'inks' | 'slotOf' | 'density' | 'scrollTop'> & {
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
  const { colorScheme } = useSettings();
  const paint = useRef<(() => void) | null>(null);
  const theme = useRef<{ version: number; colorScheme: string; value: CanvasTheme } | null>(null);
  const fitter = useRef<{ font: string; version: number; value: TextFitter } | null>(null);
  const { tree, layout, rows, width, height, labelOf, isMatch, isHatched, signOf, nameEnd, scale } =
    props;

  useBrowserLayoutEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d', { alpha: false });
    if (!canvas || !context || width <= 0 || height <= 0) return;
    const density = window.devicePixelRatio || 1;

    const themeNow = (): CanvasTheme => {
      if (theme.current?.version !== version || theme.current.colorScheme !== colorScheme) {
        theme.current = { version, colorScheme, value: readCanvasTheme(canvas) };
      }
      return theme.current.value;
    };
    const paintNow = (): void => {
      const colors = themeNow();
      resize(canvas, width, height, density);
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
          isMatch,
          isHatched,
          signOf,
          nameEnd,
          theme: colors,
          inks: scale.inks(colors),
          slotOf: scale.slotOf,
          scrollTop: scrollerRef.current?.scrollTop ?? 0,
        },
        fitter.current.value,
      );
    };
    paint.current = paintNow;
    // Building the page, reading its colours and painting the first picture take some milliseconds
    // each: they are tasks of their own, so that input is heard in between.
    let reading: ReturnType<typeof setTimeout> | undefined;
    let painting = 0;
    if (theme.current) {
      paintNow();
    } else {
      reading = setTimeout(() => {
        themeNow();
        painting = requestAnimationFrame(paintNow);
      });
    }
    // A browser short of memory takes canvases away and gives them back empty.
    canvas.addEventListener('contextrestored', paintNow);
    return () => {
      clearTimeout(reading);
      cancelAnimationFrame(painting);
      canvas.removeEventListener('contextrestored', paintNow);
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
    isMatch,
    isHatched,
    signOf,
    nameEnd,
    scale,
  ]);

  return () => paint.current?.();
}

/** Setting a canvas's size empties it and gives it new memory, so only where it changes. */
function resize(canvas: HTMLCanvasElement, width: number, height: number, density: number): void {
  const wide = Math.round(width * density);
  const high = Math.round(height * density);
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
}
