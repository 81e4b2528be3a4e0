import {
  buildCallTree,
  findPath,
  makeStackTable,
  parseTransforms,
  sandwich,
  type CallTree,
} from '@hyperflame/calltree';
import { describe, expect, it } from 'vitest';
import { defaultMessages } from '../messages/messages.ts';
import { dropRoot } from '../sandwich/dropRoot.ts';
import { describeTransform } from './describeTransform.ts';
import { FRAME_TRANSFORMS, transformAt, transformOfKey } from './transformKeys.ts';

const copy = { name: 'copy', mapping: '/lib/libc.so.6', kind: 'native' as const };
const stacks = makeStackTable(
  [
    { frames: ['main', 'walk', 'walk', copy], weight: 6 },
    { frames: ['main', 'gc'], weight: 4 },
  ],
  { otherWeight: 1, otherCount: 1 },
);
const tree = buildCallTree(stacks);
const totalAfter = (of: CallTree, node: number, key: string): number =>
  buildCallTree(stacks, { transforms: [transformOfKey(of, node, key)!] }).total[0];

describe('changes by key', () => {
  it('do to the profile what they say', () => {
    const gc = findPath(tree, ['main', 'gc']);
    expect(totalAfter(tree, gc, 'd')).toBe(7);
    expect(totalAfter(tree, gc, 'F')).toBe(4);
    expect(totalAfter(tree, gc, 'f')).toBe(4);
    expect(totalAfter(tree, gc, 'm')).toBe(11);
    const native = findPath(tree, ['main', 'walk', 'walk', 'copy\u001f\u001f/lib/libc.so.6']);
    expect(totalAfter(tree, native, 'g')).toBe(6);
    expect(totalAfter(tree, native, 'G')).toBe(5);
  });

  it('have a key each, survive a link, and can be put in words', () => {
    const node = findPath(tree, ['main', 'walk', 'walk', 'copy\u001f\u001f/lib/libc.so.6']);
    const all = FRAME_TRANSFORMS.map(({ type }) => transformAt(tree, node, type)!);
    expect(new Set(FRAME_TRANSFORMS.map(({ key }) => key)).size).toBe(all.length);
    expect(parseTransforms(JSON.parse(JSON.stringify(all)))).toEqual(all);
    const words = all.map((one) => describeTransform(one, defaultMessages));
    expect(new Set(words).size).toBe(words.length);
    for (const text of words) expect(text).toMatch(/copy|libc\.so\.6|[Nn]ative/);
  });

  it('are not offered where they make no sense', () => {
    expect(transformOfKey(tree, 0, 'd')).toBeUndefined();
    expect(transformOfKey(tree, tree.length - 1, 'd')).toBeUndefined();
    expect(transformOfKey(tree, 1, 'x')).toBeUndefined();
    // Nothing is known of where `main` comes from, nor what it is.
    expect(transformOfKey(tree, 1, 'C')).toBeUndefined();
    expect(transformOfKey(tree, 1, 'g')).toBeUndefined();
    const side = dropRoot(sandwich(stacks, 'walk').callees);
    expect(transformOfKey(side, 1, 'F')).toBeUndefined();
    expect(transformOfKey(side, 0, 'f')).toBeDefined();
  });
});
