// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { buildCallTree, findPath, makeStackTable, type CallTree } from '@hyperflame/calltree';
import { useZoom } from './useZoom.ts';
import { WHOLE } from './view.ts';

const WHOLE_WEIGHT = 100;

/** A tree of these stacks, the rest of the total as other. */
function treeOf(stacks: Record<string, number>, total = WHOLE_WEIGHT, invert = false): CallTree {
  const table = makeStackTable(
    Object.entries(stacks).map(([stack, weight]) => ({ frames: stack.split(';'), weight })),
  );
  const otherWeight = total - Object.values(stacks).reduce((sum, weight) => sum + weight, 0);
  return buildCallTree({ ...table, otherWeight }, { invert });
}

const part = treeOf({ 'main;hash': 40 });
const HALF = { from: 0.25, to: 0.75 };

/** Zooms to the middle of a focused path, and then looks at another tree. */
function viewAfter(next: CallTree, path: readonly string[] = []) {
  const focusOf = (tree: CallTree) => Math.max(0, findPath(tree, path));
  const { result, rerender } = renderHook(({ tree }) => useZoom(tree, focusOf(tree), tree.total), {
    initialProps: { tree: part },
  });
  act(() => result.current.lookAt(HALF, 'at once'));
  expect(result.current.view).toEqual(HALF);
  rerender({ tree: next });
  return result.current.view;
}

describe('a zoomed view', () => {
  it('stays when more of the same profile has come', () => {
    const whole = treeOf({ 'main;hash': 40, 'main;parse': 50, gc: 10 });
    expect(viewAfter(whole)).toEqual(HALF);
    expect(viewAfter(whole, ['main'])).toEqual(HALF);
  });

  it('is that of the whole again over another profile, order or place', () => {
    expect(viewAfter(treeOf({ 'main;hash': 40 }, 200))).toBe(WHOLE);
    expect(viewAfter(treeOf({ 'main;hash': 40 }, WHOLE_WEIGHT, true))).toBe(WHOLE);
    expect(viewAfter(treeOf({ 'start;hash': 40 }), ['main'])).toBe(WHOLE);
  });
});
