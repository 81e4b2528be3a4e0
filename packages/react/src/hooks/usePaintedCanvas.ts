import { useRef, type RefObject } from 'react';
import { TextFitter } from '../canvas/textFitter.ts';
import { CANVAS_FONT_SIZE, readCanvasTheme, type CanvasTheme } from '../theme/canvasTheme.ts';
import { useSettings } from '../theme/settings.ts';
import { watchAround } from '../theme/themeChanges.ts';
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.ts';
import { useThemeVersion } from './useThemeVersion.ts';

/** What a picture is painted with. The context is scaled: lengths are CSS pixels. */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** Device pixels in one of CSS. */
  readonly density: number;
  readonly theme: CanvasTheme;
  /** Cuts texts to the room there is, in the context's font. */
  readonly fitter: TextFitter;
}

/**
 * Keeps a canvas painted, sharp at the screen's density and in the colours of the page. `paint` is
 * called again when it is another function: keep it stable while the picture is.
 */
export function usePaintedCanvas(
  canvasRef: RefObject<HTMLCanvasElement | null>,
  width: number,
  height: number,
  paint: (brush: Brush) => void,
): void {
  const version = useThemeVersion();
  const { colorScheme } = useSettings();
  const kept = useRef<{ key: string; theme: CanvasTheme; fitter: TextFitter } | null>(null);
  useBrowserLayoutEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d', { alpha: false });
    if (!canvas || !context || width <= 0 || height <= 0) return;
    watchAround(canvas);
    const density = window.devicePixelRatio || 1;
    const paintNow = (): void => {
      const [wide, high] = [Math.round(width * density), Math.round(height * density)];
      // Setting a canvas's size empties it and gives it new memory, so only where it changes.
      if (canvas.width !== wide) canvas.width = wide;
      if (canvas.height !== high) canvas.height = high;
      context.setTransform(density, 0, 0, density, 0, 0);
      const key = `${version} ${colorScheme}`;
      if (kept.current?.key !== key) {
        const theme = readCanvasTheme(canvas);
        const font = `${CANVAS_FONT_SIZE}px ${theme.fontFamily}`;
        const fitter = new TextFitter((text) => {
          context.font = font;
          return context.measureText(text).width;
        });
        kept.current = { key, theme, fitter };
      }
      const { theme, fitter } = kept.current;
      context.font = `${CANVAS_FONT_SIZE}px ${theme.fontFamily}`;
      context.textBaseline = 'alphabetic';
      context.direction = 'ltr';
      context.fillStyle = theme.background;
      context.fillRect(0, 0, width, height);
      paint({ context, width, height, density, theme, fitter });
    };
    paintNow();
    // A browser short of memory takes canvases away and gives them back empty.
    canvas.addEventListener('contextrestored', paintNow);
    return () => canvas.removeEventListener('contextrestored', paintNow);
  }, [canvasRef, width, height, paint, version, colorScheme]);
}
