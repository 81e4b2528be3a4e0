import { useCallback, useEffect, useRef, useState } from 'react';
import { framePath, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import { samePath } from '../state/flameState.ts';
import { mediaMatches } from '../theme/media.ts';
import { clampView, viewInside, WHOLE } from './view.ts';
import { viewAt, zoomPath, type View, type ZoomPath } from './zoomPath.ts';

const DURATION_MS = 180;

interface Place {
  readonly tree: CallTree;
  readonly focus: NodeIndex;
  /** The part of the focused node that is looked at. */
  readonly view: View;
}

export interface Zoom {
  /** What to lay out: this part of this node. */
  readonly focus: NodeIndex;
  readonly view: View;
  /** Closer than the focus asks for, by wheel, drag or key. */
  readonly isZoomed: boolean;
  /** On the way from one place to another. */
  readonly isMoving: boolean;
  /** Looks at another part of the focused node. */
  lookAt(next: View | ((now: View) => View), how: 'at once' | 'smoothly'): void;
  /** Looks at a part of the whole, which the host is about to focus. */
  lookAtWhole(view: View): void;
}

/**
 * What is in sight: the focused node, or a part of it that was zoomed and moved to. On the way from
 * the last focused node to this one, what lies between. Jumps instead of moving when the reader
 * asked for less motion and when the tree itself is another one.
 */
export function useZoom(tree: CallTree, focus: NodeIndex, weight: Float64Array): Zoom {
  const [place, setPlace] = useState<Place>({ tree, focus, view: WHOLE });
  const [path, setPath] = useState<ZoomPath | null>(null);
  const [progress, setProgress] = useState(0);

  // Set while rendering, so that the goal is never shown before the way there begins.
  if (place.tree !== tree || place.focus !== focus) {
    const moves = place.tree === tree && maySmooth();
    const way = moves ? zoomPath(tree, place.focus, focus, weight) : null;
    setPlace({ tree, focus, view: isSamePlace(place, tree, focus) ? place.view : WHOLE });
    setPath(way && { ...way, start: viewInside(way.start, place.view) });
    setProgress(0);
  }

  useEffect(() => {
    if (!path) return;
    let start: number | undefined;
    let frame = 0;
    const step = (now: number): void => {
      if (start === undefined) start = now;
      const t = Math.min(1, (now - start) / DURATION_MS);
      if (t < 1) {
        setProgress(1 - (1 - t) ** 3);
        frame = requestAnimationFrame(step);
      } else {
        setPath(null);
      }
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [path]);

  const view = path ? viewAt(path, progress) : place.view;
  // Several turns of a wheel come between two renders: each goes on from the one before.
  const latest = useRef({ view, goal: place.view });
  useEffect(() => {
    latest.current = { view, goal: place.view };
  });

  const lookAt = useCallback<Zoom['lookAt']>(
    (next, how) => {
      const goal = clampView(typeof next === 'function' ? next(latest.current.goal) : next);
      const start = latest.current.view;
      latest.current = { view: how === 'at once' ? goal : start, goal };
      setPlace({ tree, focus, view: goal });
      setPath(how === 'smoothly' && maySmooth() ? { base: focus, start, goal } : null);
      setProgress(0);
    },
    [tree, focus],
  );
  const lookAtWhole = useCallback(
    (next: View) => {
      setPlace({ tree, focus: 0, view: clampView(next) });
      setPath(null);
    },
    [tree],
  );

  return {
    focus: path ? path.base : focus,
    view,
    isZoomed: place.view !== WHOLE,
    isMoving: path !== null,
    lookAt,
    lookAtWhole,
  };
}

/**
 * True where a tree is the last one with more known of it, as while its stacks stream in, and the
 * focus is on the same frame. Then one goes on looking at the part that one had zoomed to.
 */
function isSamePlace(last: Place, tree: CallTree, focus: NodeIndex): boolean {
  return (
    last.tree !== tree &&
    last.tree.inverted === tree.inverted &&
    last.tree.total[0] === tree.total[0] &&
    samePath(framePath(last.tree, last.focus), framePath(tree, focus))
  );
}

function maySmooth(): boolean {
  return !mediaMatches('(prefers-reduced-motion: reduce)');
}
