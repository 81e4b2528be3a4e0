import { useEffect, useState } from 'react';
import type { CallTree, LayoutOptions, NodeIndex } from '@hyperflame/calltree';
import { mediaMatches } from '../theme/media.ts';
import { viewAt, zoomPath, type ZoomPath } from './zoomPath.ts';

const DURATION_MS = 180;

interface Place {
  readonly tree: CallTree;
  readonly focus: NodeIndex;
}

/**
 * What to lay out, on the way from the last focused node to this one and at rest. Jumps instead
 * of moving when the reader asked for less motion and when the tree itself is another one.
 */
export function useZoom(
  tree: CallTree,
  focus: NodeIndex,
  weight: Float64Array,
): Pick<LayoutOptions, 'focus' | 'view'> {
  const [place, setPlace] = useState<Place>({ tree, focus });
  const [path, setPath] = useState<ZoomPath | null>(null);
  const [progress, setProgress] = useState(0);

  // Set while rendering, so that the goal is never shown before the way there begins.
  if (place.tree !== tree || place.focus !== focus) {
    const moves = place.tree === tree && !mediaMatches('(prefers-reduced-motion: reduce)');
    setPlace({ tree, focus });
    setPath(moves ? zoomPath(tree, place.focus, focus, weight) : null);
    setProgress(0);
  }

  useEffect(() => {
    if (!path) return;
    let start: number | undefined;
    let frame = requestAnimationFrame(function step(now) {
      start ??= now;
      const t = Math.min(1, (now - start) / DURATION_MS);
      if (t < 1) {
        setProgress(1 - (1 - t) ** 3);
        frame = requestAnimationFrame(step);
      } else {
        setPath(null);
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [path]);

  return path ? { focus: path.base, view: viewAt(path, progress) } : { focus, view: undefined };
}
