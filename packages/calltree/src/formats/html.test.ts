// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import type { DiffTree } from '../model/diff.ts';
import type { CallTree, Granularity } from '../model/tree.ts';
import { HOSTILE_NAMES } from '../testing/hostile-names.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { diffCallTrees } from '../tree/diff.ts';
import { diffWidths } from '../tree/diff-deltas.ts';
import { treeWidths } from '../tree/widths.ts';
import { htmlFromCallTree, type HtmlOptions } from './html.ts';

interface Page {
  readonly allNodes: number;
  readonly depth: readonly number[];
  readonly frame: readonly number[];
  readonly samples: readonly number[];
  readonly sides: readonly {
    readonly total: readonly number[];
    readonly self: readonly number[];
  }[];
  readonly wide?: readonly number[];
  readonly leftOut?: readonly number[];
  readonly frames: readonly (readonly [name: string, place: string])[];
}

const documentOf = (tree: CallTree | DiffTree, options?: HtmlOptions) =>
  new DOMParser().parseFromString(htmlFromCallTree(tree, options), 'text/html');

const pageOf = (tree: CallTree | DiffTree, options?: HtmlOptions) =>
  JSON.parse(documentOf(tree, options).getElementById('profile')!.textContent!) as Page;

describe('htmlFromCallTree', () => {
  it('holds every node with its weights', () => {
    forSeeds(20, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { other: true }));
      const page = pageOf(tree);
      expect(page.depth).toEqual([...tree.depth]);
      expect(page.samples).toEqual([tree.totalCount[0]]);
      expect(page.sides).toEqual([{ total: [...tree.total], self: [...tree.self] }]);
      expect(page.allNodes).toBe(tree.length);
    });
  });

  it('holds the heaviest nodes with their callers when there are too many', () => {
    forSeeds(30, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { stacks: 80, negative: seed % 3 === 0 }));
      const page = pageOf(tree, { maxNodes: 20 });
      expect(page.depth).toHaveLength(Math.min(20, tree.length));
      const widest = [...treeWidths(tree)].sort((a, b) => b - a).slice(0, 20);
      expect([...(page.wide ?? page.sides[0].total)].sort((a, b) => b - a)).toEqual(widest);
      expect(page.wide === undefined).toBe(tree.self.every((weight) => weight >= 0));
      // In depth-first order a node is at most one level below the one before it.
      page.depth.forEach((depth, i) => {
        expect(depth).toBeLessThanOrEqual(i === 0 ? 0 : page.depth[i - 1] + 1);
      });
    });
  });

  it('says how wide the callees are together that it leaves out', () => {
    forSeeds(30, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { stacks: 80, negative: seed % 3 === 0 }));
      expect(pageOf(tree).leftOut).toBeUndefined();
      const { depth, leftOut, sides, wide = sides[0].total } = pageOf(tree, { maxNodes: 20 });
      if (!leftOut) return;
      const callees = depth.map(() => 0);
      const path: number[] = [];
      depth.forEach((one, node) => {
        if (one > 0) callees[path[one - 1]] += wide[node];
        path[one] = node;
      });
      // What is wide in a node is its own, its callees, or those left out.
      depth.forEach((_, node) => {
        const all = Math.abs(sides[0].self[node]) + callees[node] + leftOut[node];
        expect(all).toBeCloseTo(wide[node], 4);
      });
    });
  });

  it('holds both sides of a diff, as wide as it is drawn', () => {
    forSeeds(20, (seed) => {
      const diff = diffCallTrees(randomStacks(seed, { other: true }), randomStacks(seed + 100));
      const weight = diffWidths(diff, 'normalised');
      const page = pageOf(diff, { weight });
      const { before, after } = diff;
      expect(page.samples).toEqual([before.totalCount[0], after.totalCount[0]]);
      expect(page.sides).toEqual(
        [before, after].map(({ total, self }) => ({ total: [...total], self: [...self] })),
      );
      page.wide!.forEach((wide, node) => expect(wide).toBeCloseTo(weight[node], 5));
    });
  });

  it('leaves out no caller of a node when weights are fractions', () => {
    forSeeds(4, (seed) => {
      const stacks = randomStacks(seed, { stacks: 60, functions: 30 });
      const weight = stacks.weight.map((one, i) => (one + 1) * 0.1 * (1 + ((i * 37) % 13) / 7));
      const tree = buildCallTree({ ...stacks, weight });
      for (let maxNodes = 2; maxNodes < tree.length; maxNodes += 11) {
        const { depth } = pageOf(tree, { maxNodes });
        expect(depth).toHaveLength(maxNodes);
        expect(depth.every((one, i) => one <= (i === 0 ? 0 : depth[i - 1] + 1))).toBe(true);
      }
    });
  });

  it('names lines only where they are told apart', () => {
    const at = (line: number) => ({ name: 'hash', file: 'auth.ts', line });
    const stacks = makeStackTable([
      { frames: [at(10)], weight: 1 },
      { frames: [at(99)], weight: 9 },
    ]);
    const places = (granularity: Granularity) =>
      pageOf(buildCallTree(stacks, { granularity })).frames.map(([, place]) => place);
    expect(places('line')).toEqual(['', 'auth.ts:99', 'auth.ts:10']);
    expect(places('function')).toEqual(['', 'auth.ts']);
  });

  it('asks for nothing over the network', () => {
    const page = documentOf(buildCallTree(randomStacks(1)));
    const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]');
    expect(policy?.getAttribute('content')).toMatch(/^default-src 'none';/);
    expect(page.querySelector('[src], [href], link, iframe, object, base, form')).toBeNull();
    expect(htmlFromCallTree(buildCallTree(randomStacks(1)))).not.toMatch(/https?:|@import|url\(/);
  });

  it('keeps hostile names as text', () => {
    const tree = buildCallTree(
      makeStackTable(
        HOSTILE_NAMES.map((name) => ({ frames: ['main', { name, file: name }], weight: 1 })),
      ),
    );
    for (const title of HOSTILE_NAMES) {
      const page = documentOf(tree, { title });
      expect(page.querySelectorAll('script')).toHaveLength(2);
      expect(page.querySelector('img, svg, b')).toBeNull();
    }
    const names = pageOf(tree).frames.map(([name]) => name);
    expect(names).toContain(HOSTILE_NAMES[0]);
    expect(names).toContain('safe\ufffdgnp.js\ufffd');
  });

  it('says what colours stand for, where that is said', () => {
    const tree = buildCallTree(randomStacks(1));
    const label = '<b>less</b>';
    const fill = '#5a8fdb"><img src=x>';
    const page = documentOf(tree, { legend: [{ fill, text: '#000', label }] });
    const list = page.querySelector('ul[aria-label="Colours"]')!;
    expect([...list.children].map((one) => one.textContent)).toEqual([label]);
    expect(page.querySelector('b, img')).toBeNull();
    expect(documentOf(tree).querySelector('ul')).toBeNull();
  });

  it('is not much larger than what it says', () => {
    const stacks = randomStacks(1, { stacks: 5000, functions: 300, maxDepth: 40 });
    const tree = buildCallTree(stacks);
    const bytes = htmlFromCallTree(tree).length;
    expect(bytes / tree.length).toBeLessThan(32);
  });
});
