import { useCallback, useMemo, useRef } from 'react';
import { layoutTree, type CallTree } from '@hyperflame/calltree';
import { colorScale } from '../color/scales.ts';
import { shareOf } from '../format/numbers.ts';
import { nodeName } from '../frames/frameNames.ts';
import { usePaintedCanvas, type Brush } from '../hooks/usePaintedCanvas.ts';
import type { ColorMode, Orientation } from '../state/flameState.ts';
import { Root } from '../theme/Root.tsx';
import { WithSettings } from '../theme/WithSettings.tsx';
import { useSettings, type SettingsProps } from '../theme/settings.ts';
import { hottestFunction } from './hottestFunction.ts';

export interface MiniFlameGraphProps extends SettingsProps {
  tree: CallTree;
  /** CSS pixels; 120 × 32 if not said. */
  width?: number;
  height?: number;
  orientation?: Orientation;
  colorBy?: ColorMode;
  /** What it says to those who do not see it; the total and the hottest function if not said. */
  label?: string;
}

/** More rows than this cannot be told apart at any size this is made for. */
const MOST_ROWS = 40;
const LEAST_ROW_HEIGHT = 2;

/**
 * The outline of a profile, for a cell of a table or a tooltip: no names, nothing to click. It is an
 * image with a text of its own; put a link or a button round it where it leads somewhere.
 */
export function MiniFlameGraph(props: MiniFlameGraphProps) {
  return <WithSettings {...props} of={Outline} />;
}

function Outline(props: Omit<MiniFlameGraphProps, keyof SettingsProps>) {
  const { tree, width = 120, height = 32, orientation = 'icicle', colorBy = 'package' } = props;
  const { messages, format } = useSettings();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const scale = useMemo(() => colorScale(tree, colorBy), [tree, colorBy]);
  const paint = useCallback(
    ({ context, theme, density }: Brush) => {
      const layout = layoutTree(tree, { width, minWidth: 1 / density });
      const inks = scale.inks(theme);
      // The root says nothing in a picture without names.
      const rows = Math.min(MOST_ROWS, layout.rows - 1);
      const rowHeight = Math.max(LEAST_ROW_HEIGHT, Math.min(6, height / Math.max(1, rows)));
      for (let i = 1; i < layout.length; i++) {
        const row = layout.depth[i] - 1;
        const top = orientation === 'icicle' ? row * rowHeight : height - (row + 1) * rowHeight;
        if (top >= height || top + rowHeight <= 0) continue;
        const ink = inks[scale.slotOf(layout.node[i])];
        context.fillStyle = theme.outlined ? theme.neutral.text : ink.fill;
        const gap = rowHeight > 3 ? 1 / density : 0;
        context.fillRect(
          layout.x[i],
          top,
          Math.max(1 / density, layout.width[i] - 1 / density),
          rowHeight - gap,
        );
      }
    },
    [tree, scale, width, height, orientation],
  );
  usePaintedCanvas(canvasRef, width, height, paint);
  const label = useMemo(() => {
    if (props.label !== undefined) return props.label;
    const hottest = hottestFunction(tree);
    if (!hottest) return messages.miniEmpty;
    return messages.miniLabel(
      format.weight(tree.total[0], tree.unit),
      nodeName(tree, hottest.node, messages),
      format.share(shareOf(hottest.self, tree.total[0])),
    );
  }, [props.label, tree, messages, format]);
  return (
    <Root className="hf-mini" role="img" aria-label={label} style={{ width, height }}>
      <canvas ref={canvasRef} className="hf-canvas" style={{ width, height }} aria-hidden />
    </Root>
  );
}
