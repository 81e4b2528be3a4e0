import { describe, expect, it } from 'vitest';
import { buildCallTree, layoutTree, makeStackTable, type CallTree } from '@hyperflame/calltree';
import type { CanvasTheme, Ink } from '../theme/canvasTheme.ts';
import type { Rows } from './geometry.ts';
import { paintFlame, type Picture } from './paintFlame.ts';
import { TextFitter } from './textFitter.ts';

interface Drawn {
  readonly fill: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Takes down what is drawn, in place of a canvas. */
function recorder() {
  const boxes: Drawn[] = [];
  const texts: { text: string; fill: string; left: number; top: number }[] = [];
  const box = (left: number, top: number, width: number, height: number) =>
    boxes.push({ fill: context.fillStyle, left, top, width, height });
  const lines: Drawn[] = [];
  const context = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 0,
    strokeRect: (left: number, top: number, width: number, height: number) =>
      lines.push({ fill: context.strokeStyle, left, top, width, height }),
    fillRect: box,
    roundRect: box,
    fillText: (text: string, left: number, top: number) =>
      texts.push({ text, fill: context.fillStyle, left, top }),
    setTransform: () => undefined,
    beginPath: () => undefined,
    fill: () => undefined,
  };
  return { boxes, lines, texts, context: context as unknown as CanvasRenderingContext2D };
}

const ink = (name: string): Ink => ({
  fill: name,
  text: `on ${name}`,
  faded: { fill: `faded ${name}`, text: `on faded ${name}` },
});

const theme: CanvasTheme = {
  background: 'paper',
  neutral: ink('neutral'),
  dimmed: ink('dimmed'),
  palette: [],
  sequential: [],
  diverging: [],
  outlined: false,
  match: ink('match'),
  fontFamily: 'sans-serif',
};

function paint(tree: CallTree, change: Partial<Picture> = {}) {
  const record = recorder();
  const layout = change.layout ?? layoutTree(tree, { width: 100 });
  const rows: Rows = { orientation: 'icicle', rowHeight: 20, height: layout.rows * 20 };
  paintFlame(
    record.context,
    {
      tree,
      layout,
      rows,
      width: 100,
      height: 200,
      scrollTop: 0,
      density: 1,
      theme,
      inks: [ink('blue')],
      slotOf: () => 0,
      labelOf: (node) => `node ${node}`,
      narrowLabel: 'too narrow',
      isMatch: null,
      ...change,
    },
    new TextFitter((text) => text.length),
  );
  // The first box is the background.
  return { ...record, boxes: record.boxes.slice(1), background: record.boxes[0] };
}

/** main: a 61, b 39 */
const tree = buildCallTree(
  makeStackTable([
    { frames: ['main', 'a'], weight: 61 },
    { frames: ['main', 'b'], weight: 39 },
  ]),
);

describe('the picture', () => {
  it('covers the canvas and draws each rectangle with a gap before the next', () => {
    const { boxes, background } = paint(tree);
    expect(background).toMatchObject({ fill: 'paper', left: 0, top: 0, width: 100, height: 200 });
    expect(boxes).toEqual([
      { fill: 'blue', left: 0, top: 0, width: 99, height: 19 },
      { fill: 'blue', left: 0, top: 20, width: 99, height: 19 },
      { fill: 'blue', left: 0, top: 40, width: 60, height: 19 },
      { fill: 'blue', left: 61, top: 40, width: 38, height: 19 },
    ]);
  });

  it.each([1, 1.25, 1.5, 2, 3])('has its edges on device pixels at density %d', (density) => {
    for (const { left, top, width, height } of paint(tree, { density }).boxes) {
      for (const edge of [left, top, width, height]) expect(Number.isInteger(edge)).toBe(true);
    }
  });

  it('draws the rows in sight only', () => {
    const deep = buildCallTree(
      makeStackTable([{ frames: Array.from({ length: 10_000 }, () => 'f'), weight: 1 }]),
    );
    const { boxes } = paint(deep, { scrollTop: 100_010 });
    expect(boxes.length).toBeLessThanOrEqual(12);
    expect(Math.min(...boxes.map((box) => box.top))).toBeGreaterThan(-20);
    expect(Math.max(...boxes.map((box) => box.top))).toBeLessThanOrEqual(200);
  });

  it('shows the smallest rectangle as a pixel', () => {
    const narrow = buildCallTree(
      makeStackTable([
        { frames: ['a'], weight: 994 },
        { frames: ['b'], weight: 6 },
      ]),
    );
    expect(paint(narrow).boxes.at(-1)).toMatchObject({ width: 1 });
  });

  it('writes what a colour says before the name, where there are no colours', () => {
    const said = (outlined: boolean) =>
      paint(tree, {
        theme: { ...theme, outlined },
        inks: [ink('blue'), ink('orange')],
        slotOf: (node) => node % 2,
        signs: ['', '▲'],
      }).texts.map(({ text }) => text.trim());
    expect(said(false).sort()).toEqual(['node 0', 'node 1', 'node 2', 'node 3']);
    expect(said(true).sort()).toEqual(['node 0', 'node 2', '▲ node 1', '▲ node 3']);
  });

  it('writes a figure at the end where there is room for more than the name', () => {
    const noteOf = (node: number) => (node === 0 ? '' : `+${node}`);
    // A letter is a pixel wide here.
    const wide = { width: 400, layout: layoutTree(tree, { width: 400 }), noteOf };
    const { texts } = paint(tree, wide);
    const full = paint(tree, { ...wide, labelOf: () => 'n'.repeat(232) }).texts;
    expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['+1', '+2', '+3']));
    // The name leaves two pixels of `a` (244, and five at each end), and is cut in `b` (156).
    expect(full.map(({ text }) => text).filter((text) => text.startsWith('+'))).toEqual(['+1']);
    for (const { text, left, top } of texts.filter(({ text }) => text.startsWith('+'))) {
      const name = texts.find((one) => one.text === `node ${text.slice(1)}` && one.top === top);
      expect(left).toBeGreaterThan(name!.left);
    }
  });

  it('lets what does not match step back, with text that can be read on it', () => {
    const { boxes, texts } = paint(tree, { isMatch: (node) => node === 2 });
    expect(boxes.map((box) => box.fill)).toEqual(['dimmed', 'dimmed', 'blue', 'dimmed']);
    expect(texts.find(({ text }) => text === 'node 2')?.fill).toBe('on blue');
    expect(texts.find(({ text }) => text === 'node 3')?.fill).toBe('on dimmed');
  });

  const many = buildCallTree(
    makeStackTable([
      { frames: ['main'], weight: 500 },
      ...Array.from({ length: 500 }, (_, i) => ({ frames: [`f${i}`], weight: 1 })),
    ]),
  );

  it('has one rectangle for siblings too narrow for their own, that is no match itself', () => {
    for (const isMatch of [null, () => true]) {
      const { boxes, texts } = paint(many, { isMatch, isHatched: (node) => node > 1 });
      expect(boxes).toEqual([
        { fill: 'blue', left: 0, top: 0, width: 99, height: 19 },
        { fill: 'blue', left: 0, top: 20, width: 49, height: 19 },
        { fill: 'dimmed', left: 50, top: 20, width: 49, height: 19 },
      ]);
      expect(texts.at(-1)).toMatchObject({ text: 'too narrow', fill: 'on dimmed' });
    }
  });

  it('says where a match is among siblings too narrow for rectangles of their own', () => {
    // The root, main, and 500 behind it.
    const hasMatch = (from: number, until: number): boolean => from === 2 && until === 502;
    const { boxes, lines } = paint(many, { isMatch: () => false, hasMatch });
    expect(boxes.map((box) => box.fill)).toEqual(['dimmed', 'dimmed', 'dimmed']);
    // Two pixels, inside of the rectangle.
    expect(lines).toEqual([{ fill: 'match', left: 51, top: 21, width: 47, height: 17 }]);
    expect(paint(many, { isMatch: () => true }).lines).toEqual([]);
  });

  it('fades the way back from what is zoomed to', () => {
    const { boxes, texts } = paint(tree, { layout: layoutTree(tree, { width: 100, focus: 3 }) });
    expect(boxes.map((box) => box.fill)).toEqual(['faded blue', 'faded blue', 'blue']);
    expect(texts[0].fill).toBe('on faded blue');
  });

  it('keeps a name in sight while its rectangle reaches out to the left', () => {
    const layout = layoutTree(tree, { width: 100, view: { from: 0.5, to: 1 } });
    const { texts } = paint(tree, { layout });
    expect(texts.find(({ text }) => text === 'node 1')?.left).toBe(5);
  });
});
