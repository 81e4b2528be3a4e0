import { useCallback, useMemo, useRef } from 'react';
import { layoutTree, treeWidths } from '@hyperflame/calltree';
import { colorScale } from '../color/scales.ts';
import { shareOf } from '../format/numbers.ts';
import { nodeName } from '../frames/frameNames.ts';
import { usePaintedCanvas, type Brush } from '../hooks/usePaintedCanvas.ts';
import { Root } from '../theme/Root.tsx';
import { useAllSettings } from '../theme/allSettings.ts';
import { BASE_STYLES } from '../theme/styles.ts';
import { hottestFunction } from './hottestFunction.ts';
import type { OutlineProps } from './MiniFlameGraph.tsx';

/** More rows than this cannot be told apart at any size this is made for. */
const MOST_ROWS = 40;
const LEAST_ROW_HEIGHT = 2;

/** What `<MiniFlameGraph>` draws, with the settings that hold there. */
export function Outline(props: OutlineProps) {
  const { tree, width, height, orientation = 'icicle', colorBy = 'package' } = props;
  const { messages, format } = useAllSettings();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const scale = useMemo(() => colorScale(tree, colorBy), [tree, colorBy]);
  const weight = useMemo(() => treeWidths(tree), [tree]);
  const paint = useCallback(
    ({ context, theme, density }: Brush) => {
      const layout = layoutTree(tree, { width, minWidth: 1 / density, weight });
      const inks = scale.inks(theme);
      // The root says nothing in a picture without names.
      const rows = Math.min(MOST_ROWS, layout.rows - 1);
      const rowHeight = Math.max(LEAST_ROW_HEIGHT, Math.min(6, height / Math.max(1, rows)));
      for (let i = 1; i < layout.length; i++) {
        const row = layout.depth[i] - 1;
        const top = orientation === 'icicle' ? row * rowHeight : height - (row + 1) * rowHeight;
        if (top >= height || top + rowHeight <= 0) continue;
        const { fill } =
          layout.narrowEnd[i] === 0 ? inks[scale.slotOf(layout.node[i])] : theme.dimmed;
        context.fillStyle = theme.outlined ? theme.neutral.text : fill;
        const gap = rowHeight > 3 ? 1 / density : 0;
        context.fillRect(
          layout.x[i],
          top,
          Math.max(1 / density, layout.width[i] - 1 / density),
          rowHeight - gap,
        );
      }
    },
    [tree, weight, scale, width, height, orientation],
  );
  usePaintedCanvas(canvasRef, width, height, paint);
  const label = useMemo(() => {
    if (props.label !== undefined) return props.label;
    const hottest = hottestFunction(tree);
    if (!hottest) return messages.miniEmpty;
    return messages.miniLabel(
      format.weight(tree.total[0], tree.unit),
      nodeName(tree, hottest.node, messages),
      format.share(shareOf(hottest.self, weight[0])),
    );
  }, [props.label, tree, weight, messages, format]);
  return (
    <Root
      styles={BASE_STYLES}
      className="hf-mini"
      role="img"
      aria-label={label}
      style={{ width, height }}
    >
      <canvas ref={canvasRef} style={{ display: 'block', width, height }} aria-hidden />
    </Root>
  );
}
