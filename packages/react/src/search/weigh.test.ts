import {
  buildCallTree,
  frameLabel,
  makeStackTable,
  ROOT_FRAME,
  searchFrames,
  searchTree,
  type CallTree,
  type FrameTable,
} from '@hyperflame/calltree';
import { describe, expect, it } from 'vitest';
import { weigh, type Found } from './find.ts';
import type { FrameSearch } from './useFrameSearch.ts';

const small = buildCallTree(
  makeStackTable([
    { frames: ['main', 'json.read'], weight: 30 },
    { frames: ['main', 'json.write', 'json.read'], weight: 20 },
    { frames: ['main', 'json.read', 'utf8', 'json.read'], weight: 10 },
    { frames: [{ mapping: 'libc.so', address: 0x1a2bn }], weight: 40 },
  ]),
);
/** More nodes than are looked at in one go. */
const large = buildCallTree(
  makeStackTable(
    Array.from({ length: 30_000 }, (_, i) => ({
      frames: ['main', `f${i % 7}`, `g${i}`, i % 3 === 0 ? 'json' : 'xml', `f${i % 7}`],
      weight: 1 + (i % 5),
    })),
  ),
);
const never = new AbortController().signal;

function found(frames: FrameTable, text: string): Found {
  return { frames, isFrame: searchFrames(frames, text), problem: undefined };
}

async function search(tree: CallTree, text: string): Promise<FrameSearch> {
  const asked = weigh(tree, found(tree.frames, text));
  return typeof asked === 'function' ? asked(never, () => undefined) : asked;
}

const nodesOf = (tree: CallTree) => Array.from({ length: tree.length }, (_, node) => node);

describe('what is found in a tree', () => {
  it('is there at once in a small one, and waited for in a large one', () => {
    expect(weigh(small, found(small.frames, 'json'))).not.toBeTypeOf('function');
    expect(weigh(large, found(large.frames, 'json'))).toBeTypeOf('function');
  });

  it.each([
    ['small', small, 'json'],
    ['small', small, 'libc'],
    ['small', small, 'nothing'],
    ['large', large, 'json'],
    ['large', large, 'f3'],
  ])('in a %s one has the share that the engine says of it: %s', async (_, tree, text) => {
    const { share, matchedNodes, isMatch, ...rest } = await search(tree, text);
    const { matches, ...wanted } = searchTree(tree, text);
    expect({ share, matchedNodes }).toEqual({
      share: wanted.share,
      matchedNodes: wanted.matchedNodes,
    });
    expect(nodesOf(tree).filter(isMatch)).toEqual(nodesOf(tree).filter((n) => matches[n] === 1));
    expect(rest.tree).toBe(tree);
  });

  it('is known to be among some nodes or not', async () => {
    const { isMatch, hasMatch } = await search(small, 'json');
    const nodes = nodesOf(small);
    for (const from of nodes) {
      for (const until of [...nodes.slice(from), small.length]) {
        expect(hasMatch(from, until), `${from} to ${until}`).toBe(
          nodes.slice(from, until).some(isMatch),
        );
      }
    }
  });

  it('is no frame of the root’s', async () => {
    expect(small.frame[0]).toBe(ROOT_FRAME);
    expect((await search(small, 'a')).isMatch(0)).toBe(false);
  });

  it('is not waited for any longer once nobody asks', async () => {
    const asked = weigh(large, found(large.frames, 'json'));
    if (typeof asked !== 'function') throw new Error('It is there at once.');
    const given = new AbortController();
    const answer = asked(given.signal, () => undefined);
    given.abort();
    await expect(answer).rejects.toThrow(/aborted/);
  });
});

describe('the next match', () => {
  const names = (tree: CallTree, nodes: readonly number[]) =>
    nodes.map((node) => frameLabel(tree.frames, tree.frame[node]));

  it('follows in the order of the picture, round and round', async () => {
    const { nextMatch, isMatch } = await search(small, 'json');
    const all = nodesOf(small).filter(isMatch);
    expect(names(small, all)).toEqual(['json.read', 'json.read', 'json.write', 'json.read']);
    const there = [0];
    for (const _ of [...all, 0]) there.push(nextMatch(there.at(-1)!, 1, 0, small.length));
    expect(there.slice(1)).toEqual([...all, all[0]]);
    const back = [all[0]];
    for (const _ of all) back.push(nextMatch(back.at(-1)!, -1, 0, small.length));
    expect(back.slice(1)).toEqual([...all].reverse());
  });

  it('lies in the part of the tree that is asked for', async () => {
    const { nextMatch, isMatch } = await search(small, 'json');
    const nodes = nodesOf(small);
    for (const from of nodes) {
      for (const until of nodes.slice(from)) {
        const inside = nodes.slice(from, until).filter(isMatch);
        for (const node of nodes) {
          const after = inside.find((one) => one > node) ?? inside[0] ?? -1;
          const before = inside.findLast((one) => one < node) ?? inside.at(-1) ?? -1;
          expect(nextMatch(node, 1, from, until), `${node}: ${from}–${until}`).toBe(after);
          expect(nextMatch(node, -1, from, until), `${node}: ${from}–${until}`).toBe(before);
        }
      }
    }
  });
});
