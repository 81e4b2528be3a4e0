import { useMemo, type ReactNode } from 'react';
import { layoutTree, type Layout } from '@hyperflame/calltree';
import { useElementSize } from '../hooks/useElementSize.ts';
import { FlamePlot, type FlamePlotProps } from './FlamePlot.tsx';
import { Deferred } from './Deferred.tsx';

/** Of what scrolls, above and below the picture; a host's number has them in it. */
const BORDERS = 2;

interface FittedPlotProps extends Omit<FlamePlotProps, 'layout' | 'width' | 'height'> {
  /** `auto`: as high as the graph. `fill`: as high as the parent lets it be. Or CSS pixels. */
  fit: 'auto' | 'fill' | number;
  /** CSS pixels, of a picture that is as high as its graph. */
  maxHeight: number;
  /** Rows there is room for, also where the graph has fewer. */
  leastRows: number;
  legendOf?: (layout: Layout) => ReactNode;
}

/**
 * The picture and its legend, laid out for the room that there is. That is known only once they are
 * on the page: then these are rendered again, and nothing around them.
 */
export function FittedPlot({ fit, maxHeight, leastRows, legendOf, ...props }: FittedPlotProps) {
  const { tree, weight, focus, rowHeight, scrollerRef } = props;
  const size = useElementSize(scrollerRef);
  const { width } = size;
  const whole = useMemo(() => layoutTree(tree, { width, weight }), [tree, width, weight]);
  const layout = useMemo(
    () => (focus === 0 ? whole : layoutTree(tree, { width, focus, weight })),
    [tree, width, focus, weight, whole],
  );
  // From the whole tree, so that the page below does not jump when the picture is zoomed.
  const autoHeight = Math.min(
    maxHeight,
    Math.max(leastRows, whole.rows) * rowHeight + rowHeight / 2,
  );
  const height =
    fit === 'auto' ? autoHeight : fit === 'fill' ? size.height : Math.max(0, fit - BORDERS);
  return (
    <>
      <FlamePlot {...props} layout={layout} width={width} height={height} />
      {legendOf && <Deferred>{legendOf(layout)}</Deferred>}
    </>
  );
}
