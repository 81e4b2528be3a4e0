import { describe, expect, it } from 'vitest';
import { buildCallTree, makeStackTable } from '@hyperflame/calltree';
import { moveOf } from './keys.ts';
import { moveCursor, type Move } from './moveCursor.ts';

/**
 *     0 all
 *       1 main
 *         2 a        5 b      7 c
 *           3 x 4 y    6 z
 */
const tree = buildCallTree(
  makeStackTable([
    { frames: ['main', 'a', 'x'], weight: 50 },
    { frames: ['main', 'a', 'y'], weight: 10 },
    { frames: ['main', 'b', 'z'], weight: 30 },
    { frames: ['main', 'c'], weight: 10 },
  ]),
);

describe('moving', () => {
  it.each<[Move, number, number]>([
    ['callee', 0, 1],
    ['callee', 1, 2],
    ['callee', 3, 3],
    ['caller', 3, 2],
    ['caller', 0, 0],
    ['next', 2, 5],
    ['next', 7, 7],
    ['next', 0, 0],
    ['previous', 7, 5],
    ['previous', 2, 2],
    ['first', 7, 2],
    ['last', 2, 7],
    ['root', 6, 0],
    ['hottest', 7, 3],
    ['page-down', 0, 3],
    ['page-up', 3, 0],
  ])('%s from %d leads to %d', (move, from, to) => {
    expect(moveCursor(tree, from, move)).toBe(to);
  });

  it('stays within what is zoomed to, and can go up the way there', () => {
    expect(moveCursor(tree, 2, 'next', 2)).toBe(2);
    expect(moveCursor(tree, 2, 'previous', 5)).toBe(2);
    expect(moveCursor(tree, 5, 'caller', 5)).toBe(1);
    expect(moveCursor(tree, 1, 'callee', 5)).toBe(5);
    expect(moveCursor(tree, 0, 'callee', 6)).toBe(1);
    expect(moveCursor(tree, 1, 'last', 5)).toBe(1);
    expect(moveCursor(tree, 1, 'hottest', 5)).toBe(6);
    expect(moveCursor(tree, 6, 'root', 5)).toBe(5);
  });

  it('reaches every frame', () => {
    const reached = new Set([0]);
    for (const node of reached) {
      for (const move of ['callee', 'caller', 'next', 'previous'] as const) {
        reached.add(moveCursor(tree, node, move));
      }
    }
    expect(reached.size).toBe(tree.length);
  });

  it('crosses a stack of 10 000 frames', () => {
    const deep = buildCallTree(
      makeStackTable([{ frames: Array.from({ length: 10_000 }, () => 'f'), weight: 1 }]),
    );
    expect(moveCursor(deep, 0, 'hottest')).toBe(10_000);
    expect(moveCursor(deep, 0, 'callee', 10_000)).toBe(1);
  });
});

describe('keys', () => {
  const press = (
    key: string,
    held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {},
  ) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...held,
  });

  it('go where the eye goes', () => {
    expect(moveOf(press('ArrowDown'), 'icicle')).toBe('callee');
    expect(moveOf(press('ArrowDown'), 'flame')).toBe('caller');
    expect(moveOf(press('ArrowLeft'), 'flame')).toBe('previous');
  });

  it('are left to the browser and the host where they mean something else', () => {
    expect(moveOf(press('ArrowLeft', { altKey: true }), 'icicle')).toBeUndefined();
    expect(moveOf(press('ArrowLeft', { ctrlKey: true }), 'icicle')).toBeUndefined();
    expect(moveOf(press('End', { ctrlKey: true }), 'icicle')).toBe('hottest');
    expect(moveOf(press('toString'), 'icicle')).toBeUndefined();
  });
});
