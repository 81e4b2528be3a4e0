import { useMemo, useRef, type PointerEvent } from 'react';
import { layoutTree, type CallTree, type Layout } from '@hyperflame/calltree';
import type { ColorScale } from '../color/scales.ts';
import { capturePointer } from '../hooks/capturePointer.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { useThemeVersion } from '../hooks/useThemeVersion.ts';
import { readCanvasTheme } from '../theme/canvasTheme.ts';
import { useSettings } from '../theme/settings.ts';
import { Styles } from '../theme/Styles.tsx';
import type { View } from '../zoom/zoomPath.ts';
import { paintOverview } from '../canvas/paintOverview.ts';
import { MINIMAP_STYLES } from './minimapStyles.ts';

const MINIMAP_WIDTH = 180;
const MINIMAP_HEIGHT = 56;

interface MinimapProps {
  /** False while there is nothing to find one's way in. */
  isShown: boolean;
  tree: CallTree;
  weight: Float64Array;
  scale: ColorScale;
  orientation: 'icicle' | 'flame';
  /** What the picture shows of the whole. */
  view: View;
  onLookAt: (view: View) => void;
}

/**
 * The whole profile in small, with a frame around what the picture shows of it; a press or a drag
 * moves the picture there. It is over the picture and shown while that is zoomed. For the pointer
 * only: the keyboard reaches every frame without it.
 *
 * It goes on being there while it is not shown: with the next zoom it would have to be painted again.
 */
export function Minimap(props: MinimapProps) {
  const { isShown, tree, weight, scale, orientation, view, onLookAt } = props;
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const version = useThemeVersion();
  const { colorScheme } = useSettings();
  const layout = useMemo(
    () => layoutTree(tree, { width: MINIMAP_WIDTH, minWidth: 1, weight }),
    [tree, weight],
  );
  // In other colours it is another picture.
  const picture = useMemo(
    () => ({ layout, orientation, scale, version, colorScheme }),
    [layout, orientation, scale, version, colorScheme],
  );
  const painted = useRef<object>(null);
  useBrowserLayoutEffect(() => {
    const canvas = canvasRef.current;
    if (!isShown || !canvas) return;
    const paintNow = (): void => {
      paint(canvas, picture);
      painted.current = picture;
    };
    const frame = painted.current === picture ? 0 : requestAnimationFrame(paintNow);
    // A browser short of memory takes canvases away and gives them back empty.
    canvas.addEventListener('contextrestored', paintNow);
    return () => {
      cancelAnimationFrame(frame);
      canvas.removeEventListener('contextrestored', paintNow);
    };
  }, [isShown, picture]);

  const moveTo = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const middle = (event.clientX - left) / width;
    const half = (view.to - view.from) / 2;
    onLookAt({ from: middle - half, to: middle + half });
  };
  return (
    <div
      className="hf-minimap"
      hidden={!isShown}
      aria-hidden
      style={{ width: MINIMAP_WIDTH, height: MINIMAP_HEIGHT }}
      // The picture keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        capturePointer(event.currentTarget, event.pointerId);
        moveTo(event);
      }}
      onPointerMove={moveTo}
    >
      <Styles of={MINIMAP_STYLES} />
      <canvas ref={canvasRef} style={{ width: MINIMAP_WIDTH, height: MINIMAP_HEIGHT }} />
      <div
        className="hf-minimap-window"
        style={{
          left: `${view.from * 100}%`,
          width: `${Math.max(1, (view.to - view.from) * 100)}%`,
        }}
      />
    </div>
  );
}

interface Overview extends Pick<MinimapProps, 'orientation' | 'scale'> {
  layout: Layout;
}

function paint(canvas: HTMLCanvasElement, { layout, orientation, scale }: Overview): void {
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return;
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(MINIMAP_WIDTH * density);
  canvas.height = Math.round(MINIMAP_HEIGHT * density);
  const theme = readCanvasTheme(canvas);
  paintOverview(context, { layout, orientation, density, scale, theme });
}
