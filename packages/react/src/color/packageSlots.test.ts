import { buildCallTree, makeStackTable } from '@hyperflame/calltree';
import { describe, expect, it } from 'vitest';
import { packageSlots } from './packageSlots.ts';

const treeOf = (weights: Readonly<Record<string, number>>) =>
  buildCallTree(
    makeStackTable(Object.entries(weights).map(([name, weight]) => ({ frames: [name], weight }))),
  );
const slotsOf = (weights: Readonly<Record<string, number>>, colors: number) => {
  const tree = treeOf(weights);
  const { frames } = tree;
  return packageSlots(tree, (node) => frames.strings[frames.name[tree.frame[node]]], colors);
};

describe('colours of packages', () => {
  it('never repeat, and go to those that take up most of the picture', () => {
    const weights = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`p${i}`, 100 - i]));
    const slots = slotsOf(weights, 8);
    expect([...slots.keys()]).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']);
    expect(new Set(slots.values()).size).toBe(8);
  });

  it('go to the next one where a larger package has the colour', () => {
    const slots = slotsOf({ requests: 10, flask: 30, yaml: 60 }, 2);
    expect([...slots]).toEqual([
      ['yaml', 1],
      ['flask', 0],
    ]);
  });

  it('are the same in another profile where nobody larger is in the way', () => {
    const [there] = slotsOf({ yaml: 5, flask: 3 }, 8).values();
    expect(slotsOf({ yaml: 1 }, 8).get('yaml')).toBe(there);
  });

  it('do not go to what cannot be seen', () => {
    expect([...slotsOf({ seen: 10_000, unseen: 1 }, 8).keys()]).toEqual(['seen']);
  });

  it('go to where the time is spent, before what is as wide and only on the way there', () => {
    const frames = ['a', 'b', 'c', 'z'];
    const tree = buildCallTree(makeStackTable([{ frames, weight: 1 }]));
    const slots = packageSlots(tree, (node) => frames[tree.depth[node] - 1], 2);
    expect([...slots.keys()]).toEqual(['z', 'a']);
  });

  it('go by width, also of what is below zero', () => {
    expect([...slotsOf({ yaml: -5, flask: -3 }, 8).keys()]).toEqual(['yaml', 'flask']);
    expect([...slotsOf({ freed: -500, kept: 490, unseen: 0.1 }, 8).keys()]).toEqual([
      'freed',
      'kept',
    ]);
  });

  it('are none without weight', () => {
    expect(slotsOf({}, 8).size).toBe(0);
  });
});
