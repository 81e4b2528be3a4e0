// @vitest-environment jsdom
import { createRef } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { buildCallTree, makeStackTable, type NodeIndex } from '@hyperflame/calltree';
import { Pointed, type ShowPointed } from './Pointed.tsx';

const treeOf = (...names: string[]) =>
  buildCallTree(makeStackTable(names.map((name) => ({ frames: [name], weight: 1 }))));
const tree = treeOf('a', 'b');
const boxOf = (node: NodeIndex, narrowEnd: NodeIndex) => ({
  left: 10 * node,
  top: 20,
  width: narrowEnd === 0 ? 30 : 70,
  height: 20,
});

function setUp() {
  const showRef = createRef<ShowPointed>() as { current: ShowPointed };
  const tooltipOf = vi.fn((node: NodeIndex, narrowEnd: NodeIndex) => ({
    name: narrowEnd === 0 ? `node ${node}` : `nodes ${node} to ${narrowEnd}`,
    places: [],
    rows: [],
  }));
  const drawn = (of = tree) => (
    <Pointed showRef={showRef} tree={of} boxOf={boxOf} tooltipOf={tooltipOf} />
  );
  const { container, rerender } = render(drawn());
  const ring = container.querySelector<HTMLElement>('.hf-hovered')!;
  const point = (node: NodeIndex, narrowEnd = 0) =>
    showRef.current({ tree, node, narrowEnd, anchor: { x: 100 + node, y: 50 } });
  return { showRef, tooltipOf, ring, point, showTree: (of: typeof tree) => rerender(drawn(of)) };
}

describe('what is pointed at', () => {
  afterEach(cleanup);

  it('has a ring and a tooltip at once, without a render', () => {
    const { ring, point } = setUp();
    expect(screen.queryByRole('tooltip')).toBeNull();
    point(2);
    expect(screen.getByRole('tooltip').textContent).toBe('node 2');
    expect(ring.hidden).toBe(false);
    expect(ring.style.transform).toBe('translate(20px, 20px)');
    expect(ring.style.width).toBe('30px');
  });

  it('is told once while the pointer moves over it', () => {
    const { tooltipOf, point } = setUp();
    point(1);
    point(1);
    expect(tooltipOf).toHaveBeenCalledTimes(1);
    point(2);
    point(1);
    expect(tooltipOf).toHaveBeenCalledTimes(3);
    expect(screen.getByRole('tooltip').textContent).toBe('node 1');
  });

  it('may be narrow siblings, which are not the first of them', () => {
    const { ring, point } = setUp();
    point(1, 3);
    expect(screen.getByRole('tooltip').textContent).toBe('nodes 1 to 3');
    expect(ring.style.width).toBe('70px');
    point(1);
    expect(screen.getByRole('tooltip').textContent).toBe('node 1');
    expect(ring.style.width).toBe('30px');
  });

  it('has neither when the pointer is nowhere, or when it was of another tree', () => {
    const { showRef, ring, point, showTree } = setUp();
    point(1);
    showRef.current(null);
    expect(screen.queryByRole('tooltip')).toBeNull();
    expect(ring.hidden).toBe(true);
    point(1);
    showTree(treeOf('c'));
    expect(screen.queryByRole('tooltip')).toBeNull();
    expect(ring.hidden).toBe(true);
  });

  it('has no ring where the row that has the focus has one', () => {
    const { showRef, ring, point } = setUp();
    point(1);
    showRef.current({ tree, node: 1, narrowEnd: 0, anchor: { element: document.body } });
    expect(ring.hidden).toBe(true);
    expect(screen.getByRole('tooltip').textContent).toBe('node 1');
    point(1);
    expect(ring.hidden).toBe(false);
  });
});
