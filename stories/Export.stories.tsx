import {
  applyTransforms,
  buildCallTree,
  diffCallTrees,
  frameKey,
  makeStackTable,
  readProfile,
  searchStacks,
} from '@hyperflame/calltree';
import {
  DiffFlameGraphView,
  FlameGraphView,
  ProfileViewerView,
  type ExportFormat,
} from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import {
  deepProfile,
  hostileNames,
  hostileProfile,
  manySmallProfile,
} from './fixtures/generated.ts';
import { buildStep, buildStepCached } from './fixtures/recorded.ts';
import { dark, narrow } from './support/dark.ts';
import { hidePixels, showPixels } from './support/hidden.ts';
import { Picture } from './support/picture.ts';
import { save } from './support/save.ts';

const stacks = buildStep();
const tree = buildCallTree(stacks);

const meta: Meta<typeof FlameGraphView> = {
  title: 'Drawing only/Save as',
  component: FlameGraphView,
  args: { tree, saveAs: 'build step, 20 Nov' },
};
export default meta;
type Story = StoryObj<typeof FlameGraphView>;

/** What a saved page or picture looks like in a browser of its own. */
async function opened(html: Blob): Promise<{ view: Window; page: Document; close: () => void }> {
  const frame = document.createElement('iframe');
  frame.title = 'What was saved';
  frame.style.cssText = 'width: 900px; height: 600px; border: 0';
  frame.srcdoc = await html.text();
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  return {
    view: frame.contentWindow!,
    page: frame.contentDocument!,
    close: () => frame.remove(),
  };
}

const PICTURES = ['SVG picture', 'PNG picture, 1×', 'PNG picture, 2×', 'PNG picture, 3×'];

const labelsOf = (menu: HTMLElement) =>
  within(menu)
    .getAllByRole('menuitem')
    .map((entry) => entry.textContent);

/** Everything that there is to choose from. */
export const Menu: Story = {
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    await userEvent.click(canvas.getByRole('button', { name: 'Save as' }));
    const menu = await canvas.findByRole('menu', { name: 'Save as' });
    await expect(labelsOf(menu)).toEqual([
      ...PICTURES,
      'Web page (one file)',
      'Markdown summary',
      'Folded stacks',
      'speedscope',
      'pprof',
      'JSON',
    ]);
    await userEvent.keyboard('{ArrowDown}{Escape}');
    await expect(canvas.getByRole('button', { name: 'Save as' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(canvas.getByRole('menu', { name: 'Save as' })).toBeVisible());
  },
};
export const MenuDark = dark(Menu);
export const MenuNarrow = narrow(Menu);

/** The files that hold the profile say the same when they are read again. */
export const ProfileFiles: Story = {
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const files: [format: ExportFormat, label: string, name: string][] = [
      ['folded', 'Folded stacks', 'build-step-20-Nov.folded.txt'],
      ['speedscope', 'speedscope', 'build-step-20-Nov.speedscope.json'],
      ['pprof', 'pprof', 'build-step-20-Nov.pb.gz'],
      ['json', 'JSON', 'build-step-20-Nov.hyperflame.json'],
    ];
    for (const [, label, name] of files) {
      const saved = await save(canvas, label);
      await expect(saved.name).toBe(name);
      const profiles = await readProfile(await saved.content.arrayBuffer());
      const back = buildCallTree(profiles[0].stacks);
      await expect(back.total[0]).toBe(tree.total[0]);
    }
    const { content, name } = await save(canvas, 'Markdown summary');
    await expect(name).toBe('build-step-20-Nov.md');
    await expect(await content.text()).toContain('- Total: 5.52 s (nanoseconds) in 1379 samples');
    const button = canvas.getByRole('button', { name: 'Save as' });
    await waitFor(() => expect(button).toHaveAttribute('aria-busy', 'false'));
  },
};

/** Pictures show the whole graph, zoomed as it is on the page, in its colours. */
export const Pictures: Story = {
  args: { defaultState: { orientation: 'flame' } },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    for (const scale of [1, 3]) {
      const { content } = await save(canvas, `PNG picture, ${scale}×`);
      const { width, height } = await createImageBitmap(content);
      await expect({ width, height }).toEqual({
        width: 1600 * scale,
        height: (tree.maxDepth + 1) * 20 * scale,
      });
    }
    const png = await save(canvas, 'PNG picture, 2×');
    await expect(png.name).toBe('build-step-20-Nov.png');
    const bitmap = await createImageBitmap(png.content);
    await expect(bitmap.width).toBe(3200);
    await expect(bitmap.height).toBe((tree.maxDepth + 1) * 40);
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    // A flame has its root at the bottom: the last row is one rectangle, the first nearly empty.
    const row = (y: number) => {
      const pixels = new Uint32Array(context.getImageData(0, y, bitmap.width, 1).data.buffer);
      return pixels.filter((pixel) => pixel !== pixels[pixels.length - 1]).length / pixels.length;
    };
    await expect(row(bitmap.height - 35)).toBeGreaterThan(0.9);
    await expect(row(5)).toBeLessThan(0.5);

    const svg = await save(canvas, 'SVG picture');
    await expect(svg.name).toBe('build-step-20-Nov.svg');
    const picture = new DOMParser().parseFromString(await svg.content.text(), 'image/svg+xml');
    await expect(picture.querySelector('parsererror')).toBeNull();
    await expect(picture.querySelector('title')?.textContent).toBe('build step, 20 Nov');
    await expect(picture.querySelectorAll('svg svg').length).toBeGreaterThan(200);
  },
};

async function pixelsOf(png: Blob): Promise<Uint32Array> {
  const bitmap = await createImageBitmap(png);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return new Uint32Array(data.buffer);
}

/** Workers write files, and a page that may have none writes the same. */
export const WithoutWorkers: Story = {
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const Original = window.Worker;
    const running = new Set<Worker>();
    const begun: string[] = [];
    class Counted extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        begun.push(String(url));
        running.add(this);
      }
      override terminate(): void {
        super.terminate();
        running.delete(this);
      }
    }
    function Forbidden(): never {
      throw new DOMException('Refused', 'SecurityError');
    }
    class StillBorn extends EventTarget {
      onerror?: () => void;
      constructor() {
        super();
        setTimeout(() => {
          this.onerror?.();
          this.dispatchEvent(new Event('error'));
        });
      }
      postMessage(): void {}
      terminate(): void {}
    }
    const savedWith = async (worker: unknown) => {
      window.Worker = worker as typeof Worker;
      try {
        return [
          await (await save(canvas, 'SVG picture')).content.text(),
          await (await save(canvas, 'Markdown summary')).content.text(),
          await pixelsOf((await save(canvas, 'PNG picture, 2×')).content),
        ] as const;
      } finally {
        window.Worker = Original;
      }
    };
    const [svg, markdown, png] = await savedWith(Counted);
    await expect(begun.map((url) => /write-worker|^blob:/.exec(url)?.[0])).toEqual([
      'write-worker',
      'write-worker',
      'blob:',
    ]);
    await expect(running.size).toBe(0);
    for (const none of [Forbidden, StillBorn]) {
      const [svgHere, markdownHere, pngHere] = await savedWith(none);
      await expect(svgHere).toBe(svg);
      await expect(markdownHere).toBe(markdown);
      await expect(pngHere.length).toBe(png.length);
      await expect(pngHere.findIndex((pixel, i) => pixel !== png[i])).toBe(-1);
    }
  },
};

/** A graph that is higher than any canvas: it says so, and what will do, and cuts nothing off. */
export const PictureTooLarge: Story = {
  args: { tree: buildCallTree(deepProfile(600)) },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const { content } = await save(canvas, 'PNG picture, 1×');
    await expect((await createImageBitmap(content)).height).toBe(601 * 20);
    await userEvent.click(canvas.getByRole('button', { name: 'Save as' }));
    await userEvent.click(await canvas.findByRole('menuitem', { name: 'PNG picture, 3×' }));
    await expect(await canvas.findByRole('alert')).toHaveTextContent(
      'Could not be saved: the picture would be 4,800 × 36,060 pixels, and browsers paint at most 16,384 a side. Take a smaller scale, or SVG.',
    );
  },
};
export const PictureTooLargeNarrow = narrow(PictureTooLarge);

/** What Tor gives for a picture is noise, also in a file. */
export const PictureHidden: Story = {
  beforeEach: hidePixels,
  afterEach: showPixels,
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    await userEvent.click(canvas.getByRole('button', { name: 'Save as' }));
    await userEvent.click(await canvas.findByRole('menuitem', { name: 'PNG picture, 1×' }));
    await expect(await canvas.findByRole('alert')).toHaveTextContent(
      'Could not be saved: for privacy, this browser gives pages noise in place of pictures. Take SVG.',
    );
  },
};

/** One file, in which zooming and searching work and which asks for nothing. */
export const WebPage: Story = {
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const { name, content } = await save(canvas, 'Web page (one file)');
    await expect(name).toBe('build-step-20-Nov.html');
    await expect(content.size).toBeLessThan(300_000);
    const { page, view, close } = await opened(content);
    try {
      const { getByRole, getByLabelText, getAllByRole } = within(page.body);
      await expect(getByRole('heading')).toHaveTextContent('build step, 20 Nov');
      await expect(page.body).toHaveTextContent('5.52 s in 1379 samples');
      const frames = () => getAllByRole('button').filter((one) => one.hasAttribute('data-node'));
      await expect(frames().length).toBeGreaterThan(100);

      const narrowest = frames().find((one) => one.getBoundingClientRect().width < 200)!;
      const label = narrowest.getAttribute('aria-label');
      narrowest.click();
      const zoomed = frames().find((one) => one.getAttribute('aria-label') === label)!;
      await expect(zoomed.getBoundingClientRect().width).toBeGreaterThan(870);
      getByRole('button', { name: 'Reset zoom' }).click();

      const search = getByLabelText<HTMLInputElement>('Search functions');
      search.value = 'transpileSource';
      search.dispatchEvent(new view.window.Event('input'));
      await expect(page.getElementById('found')).toHaveTextContent(/^\d+\.\d % matched$/);
      await expect(page.querySelectorAll('.match').length).toBeGreaterThan(0);

      // The hottest path by keyboard alone.
      const press = (key: string, more: KeyboardEventInit = {}) =>
        page.activeElement!.dispatchEvent(
          new view.window.KeyboardEvent('keydown', {
            ...{ key, bubbles: true, cancelable: true },
            ...more,
          }),
        );
      frames()[0].focus();
      // The browser's own: back, and its quick search.
      await expect([press('ArrowDown', { altKey: true }), press('/', { ctrlKey: true })]).toEqual([
        ...[true, true],
      ]);
      await expect(frames()[0]).toHaveFocus();
      press('ArrowDown');
      press('ArrowDown');
      await expect(page.activeElement).toHaveAttribute(
        'aria-label',
        expect.stringContaining(' · '),
      );
      await expect(view.performance.getEntriesByType('resource')).toEqual([]);
    } finally {
      close();
    }
  },
};

/** From a minute on in two parts, as in the picture that the page was saved from. */
export const WebPageOfLongTimes: Story = {
  args: {
    tree: buildCallTree(
      makeStackTable(
        [
          { frames: ['hours'], weight: 3.5 * 3_600e9 },
          { frames: ['minutes'], weight: 90e9 },
          { frames: ['almost'], weight: 59.98e9 },
        ],
        { unit: 'nanoseconds' },
      ),
    ),
  },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const { content } = await save(canvas, 'Web page (one file)');
    const { page, close } = await opened(content);
    try {
      const named = (name: RegExp) => within(page.body).getByRole('button', { name });
      await expect(named(/^hours/)).toHaveAccessibleName(/ total 3 h 30 min \(.* self 3 h 30 min$/);
      await expect(named(/^minutes/)).toHaveAccessibleName(/ total 1 min 30 s \(/);
      await expect(named(/^almost/)).toHaveAccessibleName(/ total 1 min \(/);
    } finally {
      close();
    }
  },
};

/** What is left out of the stacks is no function, and no search on a saved page finds it. */
export const WebPageOfAPart: Story = {
  args: {
    tree: buildCallTree(
      makeStackTable([{ frames: ['main', 'otherwise'], weight: 3 }], { otherWeight: 1 }),
    ),
  },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const { content } = await save(canvas, 'Web page (one file)');
    const { page, view, close } = await opened(content);
    try {
      const { getByLabelText, getByRole } = within(page.body);
      await expect(getByRole('button', { name: /^\(other\)/ })).toHaveTextContent('(other)');
      const search = getByLabelText<HTMLInputElement>('Search functions');
      search.value = 'other';
      search.dispatchEvent(new view.window.Event('input'));
      await expect(page.getElementById('found')).toHaveTextContent('75.0 % matched');
      await expect(getByRole('button', { name: /^\(other\)/ })).not.toHaveClass('match');
    } finally {
      close();
    }
  },
};

/** What is too narrow to be seen is seen together on a saved page too; it holds the heaviest frames. */
export const WebPageOfManySmall: Story = {
  args: { tree: buildCallTree(manySmallProfile()) },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const { content } = await save(canvas, 'Web page (one file)');
    const { page, view, close } = await opened(content);
    try {
      const together = page.querySelector<HTMLElement>('[data-caller]')!;
      await expect(together).toHaveTextContent('Too narrow to show');
      await expect(together.title).toBe('Too narrow to show · 6 s (60.0 %)');
      const { left, right } = together.getBoundingClientRect();
      await expect(left / 900).toBeCloseTo(0.0, 1);
      await expect(right / 900).toBeCloseTo(0.6, 2);
      together.dispatchEvent(new view.window.Event('pointerover', { bubbles: true }));
      await expect(page.getElementById('detail')).toHaveTextContent(together.title);
      together.click();
      await expect(
        within(page.body).getByText('pool.run').getBoundingClientRect().width,
      ).toBeGreaterThan(870);
    } finally {
      close();
    }
  },
};

const { frames } = stacks;
const signOutput = frames.name.findIndex((name) => frames.strings[name] === 'signOutput');
const perThread = [
  { type: 'drop-function', frame: frameKey(frames, signOutput) },
  { type: 'group-by-label', label: 'thread.name' },
] as const;
const onThreads = {
  ...stacks,
  labels: [
    {
      key: 'thread.name',
      values: ['', 'main', 'worker'],
      value: Uint32Array.from(stacks.count, (_, stack) => stack % 3),
    },
  ],
};

/** Of a changed profile, what is saved is what is seen, and still has its lines and labels. */
export const ChangedProfile: Story = {
  render: () => <ProfileViewerView stacks={onThreads} defaultState={{ transforms: perThread }} />,
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const { content } = await save(canvas, 'JSON');
    const [profile] = await readProfile(await content.arrayBuffer());
    const changed = applyTransforms(onThreads, perThread);
    await expect(changed.labels).toHaveLength(1);
    await expect(profile.stacks.frames.line.some((line) => line > 0)).toBe(true);
    await expect(profile.stacks.labels).toEqual(changed.labels);
    await expect(buildCallTree(profile.stacks, { granularity: 'line' })).toEqual(
      buildCallTree(changed, { granularity: 'line' }),
    );
    await expect(profile.stacks.weight.length).toBeLessThan(stacks.weight.length);
  },
};

const cached = buildStepCached();
const diff = diffCallTrees(stacks, cached);

/** Of a diff there are files that tell both sides apart, and no others. */
export const Diff: Story = {
  render: () => <DiffFlameGraphView tree={diff} saveAs="build step, cached" />,
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    await userEvent.click(canvas.getByRole('button', { name: 'Save as' }));
    const menu = await canvas.findByRole('menu', { name: 'Save as' });
    await expect(labelsOf(menu)).toEqual([...PICTURES, 'Web page (one file)', 'Markdown summary']);
    await userEvent.keyboard('{Escape}');

    const { content } = await save(canvas, 'Web page (one file)');
    const { page, view, close } = await opened(content);
    try {
      const { getByLabelText, getAllByRole } = within(page.body);
      await expect(page.getElementById('about')).toHaveTextContent(
        '5.52 s → 2.52 s in 1379 → 759 samples',
      );
      await expect(
        within(getByLabelText('Colours'))
          .getAllByRole('listitem')
          .map((entry) => entry.textContent),
      ).toEqual(['≤ -442 ms', 'Unchanged or within error', '≥ +442 ms']);
      const [root] = getAllByRole('button').filter((one) => one.hasAttribute('data-node'));
      await expect(root).toHaveAttribute('title', expect.stringMatching(/\(100\.0 % → 100\.0 %\)/));
      // Less and more are told apart without colours, too.
      const named = getAllByRole('button').map((one) => one.textContent);
      await expect(named).toContain('(all) ▼');
      const search = getByLabelText<HTMLInputElement>('Search functions');
      search.value = 'transpileSource';
      search.dispatchEvent(new view.window.Event('input'));
      const shares = [stacks, cached].map((side) => searchStacks(side, search.value).share);
      const [was, is] = shares.map((share) => `${(100 * share).toFixed(1)} %`);
      await expect(was).not.toBe(is);
      await expect(page.getElementById('found')).toHaveTextContent(`${was} → ${is} matched`);
    } finally {
      close();
    }
    const summary = await (await save(canvas, 'Markdown summary')).content.text();
    await expect(summary).toContain('# build step, cached\n');
    await expect(summary).toContain('- Before: 5.52 s (nanoseconds) in 1379 samples');
    await expect(summary).toMatch(/\| -\d+ ms \|/);

    // Pictures say what their colours stand for as well.
    const picture = new DOMParser().parseFromString(
      await (await save(canvas, 'SVG picture')).content.text(),
      'image/svg+xml',
    );
    const names = [...picture.querySelectorAll('svg svg text')].map((name) => name.textContent);
    await expect(names).toContain('(all) ▼');
    const legend = [...picture.querySelectorAll(':root > text')].slice(1);
    await expect(legend.map((label) => label.textContent)).toEqual([
      '≤ -442 ms',
      'Unchanged or within error',
      '≥ +442 ms',
    ]);
    const png = await createImageBitmap((await save(canvas, 'PNG picture, 2×')).content);
    await expect(png.height).toBe(2 * ((diff.maxDepth + 1) * 20 + 32));
    const context = new OffscreenCanvas(png.width, png.height).getContext('2d')!;
    context.drawImage(png, 0, 0);
    const colorAt = (x: number, fromBottom: number) => {
      const [red, green, blue] = context.getImageData(x, png.height - fromBottom, 1, 1).data;
      return `rgb(${red}, ${green}, ${blue})`;
    };
    await expect(colorAt(2, 32)).toBe('rgb(255, 255, 255)');
    const lighter = legend[0].previousElementSibling?.getAttribute('fill');
    await expect(colorAt(16, 44)).toBe(lighter?.replaceAll(' ', ', '));
  },
};

/** Names that would like to be more than names, in each kind of file that a browser opens. */
export const HostileNames: Story = {
  args: { tree: buildCallTree(hostileProfile()), saveAs: hostileNames[0] },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const { name, content } = await save(canvas, 'Web page (one file)');
    await expect(name).toMatch(/^[\w.-]+\.html$/);
    const { page, view, close } = await opened(content);
    try {
      await expect(page.querySelector('img, b, svg')).toBeNull();
      await expect(page.title).toBe(hostileNames[0]);
      await expect(page.body).toHaveTextContent(hostileNames[1]);
      await expect('hacked' in view || 'hacked' in window).toBe(false);
    } finally {
      close();
    }
    const svg = await save(canvas, 'SVG picture');
    const picture = new DOMParser().parseFromString(await svg.content.text(), 'image/svg+xml');
    await expect(picture.querySelector('parsererror, script, img')).toBeNull();
  },
};
