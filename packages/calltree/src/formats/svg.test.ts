// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import type { CallTree } from '../model/tree.ts';
import { HOSTILE_NAMES } from '../testing/hostile-names.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { diffCallTrees } from '../tree/diff.ts';
import { diffWidths } from '../tree/diff-deltas.ts';
import { stackTableFromFolded } from './folded.ts';
import { svgFromCallTree, type SvgOptions } from './svg.ts';

function parsed(tree: CallTree, options?: SvgOptions): Document {
  const picture = new DOMParser().parseFromString(svgFromCallTree(tree, options), 'image/svg+xml');
  expect(picture.querySelector('parsererror')).toBeNull();
  return picture;
}

/** Name on the rectangle, left edge, row and width of each frame. */
const frames = (picture: Document) =>
  [...picture.querySelectorAll('svg svg')].map((frame) => ({
    name: frame.querySelector('title')?.textContent?.split(' · ')[0],
    x: Number(frame.getAttribute('x')),
    y: Number(frame.getAttribute('y')),
    width: Number(frame.getAttribute('width')),
  }));

const tree = buildCallTree(stackTableFromFolded('main;hash 60\nmain;parse 20\ngc 20'));

describe('svgFromCallTree', () => {
  it('draws every frame as wide as its share', () => {
    expect(frames(parsed(tree, { width: 1000 }))).toEqual([
      { name: '(all)', x: 0, y: 28, width: 1000 },
      { name: 'main', x: 0, y: 46, width: 800 },
      { name: 'gc', x: 800, y: 46, width: 200 },
      { name: 'hash', x: 0, y: 64, width: 600 },
      { name: 'parse', x: 600, y: 64, width: 200 },
    ]);
  });

  it('draws what weighs less than nothing as wide as what it takes away', () => {
    const heap = buildCallTree(stackTableFromFolded('main;load 30\nmain;free -50'));
    expect(frames(parsed(heap, { width: 800 }))).toEqual([
      { name: '(all)', x: 0, y: 28, width: 800 },
      { name: 'main', x: 0, y: 46, width: 800 },
      { name: 'load', x: 0, y: 64, width: 300 },
      { name: 'free', x: 300, y: 64, width: 500 },
    ]);
  });

  it('draws siblings together that are too narrow to be seen', () => {
    const many = Array.from({ length: 4000 }, (_, i) => `main;f${i} 1`).join('\n');
    const picture = parsed(buildCallTree(stackTableFromFolded(`main;a 6000\n${many}`)), {
      width: 100,
    });
    const together = picture.querySelector('svg svg:last-of-type')!;
    expect(together.querySelector('title')?.textContent).toBe('Too narrow to show · 4000 (40.0 %)');
    expect(frames(picture).slice(2)).toEqual([
      { name: 'a', x: 0, y: 64, width: 60 },
      { name: 'Too narrow to show', x: 60, y: 64, width: 40 },
    ]);
  });

  it('is as large as what is drawn in it, however deep that is', () => {
    const deep = stackTableFromFolded(
      `${Array.from({ length: 200 }, (_, i) => `f${i}`).join(';')} 1`,
    );
    const picture = parsed(buildCallTree(deep), { width: 900 }).documentElement;
    expect(picture.getAttribute('viewBox')).toBe(
      `0 0 ${picture.getAttribute('width')} ${picture.getAttribute('height')}`,
    );
    expect(picture.getAttribute('width')).toBe('900');
    expect(Number(picture.getAttribute('height'))).toBeGreaterThan(201 * 18);
  });

  it('draws the root at the bottom when asked to, and zooms', () => {
    const rows = frames(parsed(tree, { orientation: 'flame' }));
    expect(rows[0].y).toBeGreaterThan(rows[1].y);
    const zoomed = frames(parsed(tree, { width: 1000, focus: 1 }));
    expect(zoomed.map(({ name, width }) => [name, width])).toEqual([
      ['(all)', 1000],
      ['main', 1000],
      ['hash', 750],
      ['parse', 250],
    ]);
  });

  it('says of a diff what either side was', () => {
    const side = (hash: number, gc: number) =>
      makeStackTable(
        [
          { frames: ['main', 'hash'], weight: hash * 1e6, count: hash },
          { frames: ['main'], weight: 10e6, count: 10 },
          { frames: ['gc'], weight: gc * 1e6, count: gc },
        ],
        { unit: 'nanoseconds' },
      );
    const diff = diffCallTrees(side(10, 10), side(40, 10));
    const picture = parsed(diff, { weight: diffWidths(diff) });
    expect(picture.querySelector('desc')?.textContent).toBe(
      '30 ms → 60 ms in 30 → 60 samples. Greatest changes of their own: ' +
        'hash 10 ms → 40 ms, 33.3 % → 66.7 %; gc 10 ms → 10 ms, 33.3 % → 16.7 %; ' +
        'main 10 ms → 10 ms, 33.3 % → 16.7 %.',
    );
    expect([...picture.querySelectorAll('svg svg title')].map((tip) => tip.textContent)).toContain(
      'hash · 10 ms → 40 ms (33.3 % → 66.7 %), self 10 ms → 40 ms',
    );
    const same = diffCallTrees(side(10, 10), side(10, 10));
    expect(svgFromCallTree(same)).toContain('<desc>30 ms → 30 ms in 30 → 30 samples.</desc>');
  });

  it('has a legend between its title and its frames, if there is one', () => {
    const legend = [
      { fill: '#111', text: '#eee', label: 'Less & less' },
      { fill: '#222', text: '#ddd', label: 'More' },
    ];
    const picture = parsed(tree, { legend });
    const labels = [...picture.documentElement.children].filter((one) => one.tagName === 'text');
    expect(labels.map((label) => label.textContent)).toEqual(['Profile', 'Less & less', 'More']);
    const [[less], [more]] = labels
      .slice(1)
      .map((label) => [label.previousElementSibling!, label] as const);
    const number = (of: Element, name: string) => Number(of.getAttribute(name));
    expect(more.getAttribute('fill')).toBe('#222');
    expect(number(more, 'x')).toBeGreaterThan(number(less, 'x') + number(less, 'width'));
    const [plain, moved] = [parsed(tree), picture].map(frames);
    expect(moved[0].y).toBeGreaterThan(number(less, 'y') + number(less, 'height'));
    expect(moved.map(({ y }) => y - moved[0].y)).toEqual(plain.map(({ y }) => y - plain[0].y));
    const last = moved.at(-1)!;
    expect(number(picture.documentElement, 'height')).toBe(last.y + 18);
  });

  it('has a name, says what matters in words, and its text is text', () => {
    const picture = parsed(tree, { title: 'Checkout & pay' });
    const [title, description] = picture.documentElement.children;
    expect(title.textContent).toBe('Checkout & pay');
    expect(description.textContent).toBe(
      '100 in 100 samples. Most weight of their own: hash 60, 60.0 %; gc 20, 20.0 %; parse 20, 20.0 %.',
    );
    expect([...picture.querySelectorAll('svg svg text')].map((text) => text.textContent)).toEqual([
      '(all)',
      'main',
      'gc',
      'hash',
      'parse',
    ]);
  });

  it('cuts text to its rectangle, wide letters and emoji whole', () => {
    const names = ['a'.repeat(300), '名前'.repeat(100), '🔥'.repeat(200)];
    const picture = parsed(
      buildCallTree(makeStackTable(names.map((name) => ({ frames: [name], weight: 1 })))),
      { width: 300 },
    );
    const shown = [...picture.querySelectorAll('svg svg text')].slice(1).map((t) => t.textContent!);
    // 100 px less two insets hold 13 characters of 6.7 px, half as many wide ones.
    expect(shown.map((text) => [...text].length).sort()).toEqual([13, 7, 7].sort());
    for (const text of shown) {
      expect(text.endsWith('…')).toBe(true);
      expect(text).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it('keeps hostile names as text, in a picture that parses', () => {
    const picture = parsed(
      buildCallTree(
        makeStackTable(
          HOSTILE_NAMES.map((name) => ({ frames: ['main', { name, file: name }], weight: 1 })),
        ),
      ),
      { title: HOSTILE_NAMES[0], width: 5000, paintOf: () => ({ fill: '"/><b>', text: "'" }) },
    );
    const elements = new Set([...picture.querySelectorAll('*')].map(({ localName }) => localName));
    expect([...elements].sort()).toEqual(['desc', 'rect', 'svg', 'text', 'title']);
    const attributes = [...picture.querySelectorAll('*')].flatMap((one) => one.getAttributeNames());
    expect(attributes.filter((name) => name.startsWith('on') || name.includes('href'))).toEqual([]);
    expect(frames(picture).some(({ name }) => name === HOSTILE_NAMES[0])).toBe(true);
  });

  it('never lets a row be wider than the picture, whatever the stacks', () => {
    forSeeds(30, (seed) => {
      const stacks = randomStacks(seed, { other: true, negative: seed % 2 === 0 });
      const rows = new Map<number, number>();
      for (const { y, width } of frames(parsed(buildCallTree(stacks), { width: 800 }))) {
        rows.set(y, (rows.get(y) ?? 0) + width);
      }
      for (const width of rows.values()) expect(width).toBeLessThanOrEqual(800.5);
    });
  });

  it('draws nothing but the root of nothing', () => {
    expect(frames(parsed(buildCallTree(makeStackTable([]))))).toHaveLength(1);
  });
});
