import { buildCallTree, framePath, makeStackTable, searchStacks } from '@hyperflame/calltree';
import { FlameGraphView, Icicle } from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import {
  bigProfile,
  deepProfile,
  emptyProfile,
  heapProfile,
  hostileNames,
  hostileProfile,
  manySmallProfile,
  partialProfile,
} from './fixtures/generated.ts';
import { buildStep } from './fixtures/recorded.ts';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';
import { plain } from './support/plain.ts';

const recorded = buildCallTree(buildStep());

const meta: Meta<typeof FlameGraphView> = {
  title: 'Drawing only/FlameGraphView',
  component: FlameGraphView,
  args: { tree: recorded },
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
  },
};
export default meta;
type Story = StoryObj<typeof FlameGraphView>;

export const Recorded: Story = {};
export const RecordedDark = dark(Recorded);
export const RecordedNarrow = narrow(Recorded);
export const RecordedNarrowDark = dark(narrow(Recorded));

export const Flame: Story = { args: { defaultState: { orientation: 'flame' } } };
export const FlameDark = dark(Flame);

export const IcicleOnly: Story = { render: ({ tree }) => <Icicle tree={tree} /> };

export const ByKind: Story = { args: { defaultState: { colorBy: 'kind' } } };
export const ByKindDark = dark(ByKind);
export const BySelf: Story = {
  args: { defaultState: { colorBy: 'self' } },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const legend = await canvas.findByRole('group', { name: 'Legend' });
    await expect(legend).toHaveTextContent('Self 0%≥ 56.3%');
    const steps = [...legend.querySelectorAll<HTMLElement>('[title]')].map(({ title }) => title);
    await expect(steps).toEqual(['0%', '0% … 6.3%', '6.3% … 25%', '25% … 56.3%', '≥ 56.3%']);
  },
};
export const BySelfDark = dark(BySelf);

export const Searched: Story = { args: { defaultState: { search: 'print' } } };
export const SearchedDark = dark(Searched);
export const SearchedNarrow = narrow(Searched);

export const Zoomed: Story = {
  args: {
    defaultState: {
      focus: [
        'buildOnce\u001fstories/fixtures/record.ts',
        'transpileSource\u001fstories/fixtures/record.ts',
      ],
    },
  },
};
export const ZoomedDark = dark(Zoomed);
export const ZoomedNarrow = narrow(Zoomed);

/** Functions of the host's own choice stand out without any search. */
export const Highlighted: Story = {
  args: { highlight: (frame) => frame.file.startsWith('stories/') },
};

/** As high as its parent, without toolbar, path and legend: for a place of the host's own making. */
export const Bare: Story = {
  args: { height: 'fill', toolbar: false, breadcrumb: false, legend: false },
  decorators: [
    (Story) => (
      <div style={{ height: 240 }}>
        <Story />
      </div>
    ),
  ],
};

export const Bytes: Story = { args: { tree: buildCallTree(heapProfile()) } };
export const OtherFrames: Story = { args: { tree: buildCallTree(partialProfile()) } };

/** Texts and numbers of another language, written from right to left. */
export const RightToLeft: Story = {
  args: {
    tree: buildCallTree(heapProfile()),
    locale: 'ar-EG',
    messages: {
      search: 'البحث عن الدوال',
      colorBy: 'اللون حسب',
      allSamples: 'كل العينات',
      colorByPackage: 'الحزمة',
    },
  },
  decorators: [
    (Story) => (
      <div dir="rtl">
        <Story />
      </div>
    ),
  ],
};

/** Names as an attacker would write them are text, on the canvas and in every element. */
export const HostileNames: Story = {
  args: { tree: buildCallTree(hostileProfile()), defaultState: { search: hostileNames[0] } },
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.hover(0.05, 2);
    await waitFor(() =>
      expect(document.querySelector('[role="tooltip"]:not([hidden])')).not.toBeNull(),
    );
    await expect(document.querySelector('[role="tooltip"]:not([hidden])')?.textContent).toContain(
      hostileNames[0],
    );
    await picture.openMenu(0.05, 2);
    await waitFor(() => expect(document.querySelector('[role="menu"]')).not.toBeNull());
    await expect(canvasElement.querySelector('img, script, b')).toBeNull();
    await expect('hacked' in window).toBe(false);
  },
};
export const HostileNamesDark = dark(HostileNames);

/** 10 000 frames on top of each other: the canvas is no higher than what is seen of them. */
export const Deep: Story = {
  args: { tree: buildCallTree(deepProfile(10_000)) },
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    const canvas = await picture.painted();
    await expect(canvas.height).toBeLessThan(2000);
    const scroller = canvas.parentElement?.parentElement;
    await expect(scroller?.scrollHeight).toBeGreaterThan(10_000 * 20);
    await expect(canvasElement.querySelectorAll('*').length).toBeLessThan(400);
  },
};
export const DeepFlame: Story = {
  args: { tree: Deep.args?.tree, defaultState: { orientation: 'flame' } },
  play: async ({ canvasElement }) => {
    const canvas = await new Picture(canvasElement).painted();
    const scroller = canvas.parentElement?.parentElement;
    // Begins at its root, which is at the bottom.
    await expect(scroller?.scrollTop).toBeGreaterThan(9_000 * 20);
  },
};

/** A link to a frame 300 levels down opens with that frame, and what it calls, in sight. */
export const DeepLink: Story = {
  args: {
    tree: Deep.args?.tree,
    defaultState: { focus: framePath(Deep.args!.tree!, 300) },
  },
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    const canvas = await picture.painted();
    await expect(picture.cursor).toHaveAttribute('aria-level', '301');
    const row = picture.cursor.getBoundingClientRect();
    const { top, height } = canvas.getBoundingClientRect();
    await expect(row.top).toBeGreaterThan(top);
    await expect(row.top).toBeLessThan(top + height / 2);
  },
};

let huge: ReturnType<typeof buildCallTree> | undefined;

/** Half a million nodes: drawn are those that can be seen, in the document are a few dozen. */
export const Huge: Story = {
  render: (args) => {
    huge ??= buildCallTree(bigProfile(500_000));
    return <FlameGraphView {...args} tree={huge} />;
  },
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
    await expect(canvasElement.querySelectorAll('*').length).toBeLessThan(400);
  },
};
export const HugeDark = dark(Huge);

/** Looked through in pieces: the last letter's answer is the one that stays. */
export const HugeSearched: Story = {
  render: Huge.render,
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const box = await canvas.findByRole('searchbox');
    const share = (text: string) =>
      `${Number((100 * searchStacks(bigProfile(500_000), text).share).toFixed(1))}% matched`;
    await userEvent.type(box, 'step1760');
    await expect(await canvas.findByText(share('step1760'))).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Next match' }));
    await expect(picture.cursorName).toContain('step1760');
    await userEvent.clear(box);
    await userEvent.type(box, 'zlib');
    await expect(await canvas.findByText(share('zlib'))).toBeVisible();
  },
};

/** What is too narrow to be seen is seen together, told what it weighs, and zoomed into by a click. */
export const ManySmall: Story = {
  args: { tree: buildCallTree(manySmallProfile()) },
};
export const ManySmallDark = dark(ManySmall);
export const ManySmallNarrow = narrow(ManySmall);

const showsText = (text: string): Story['play'] =>
  async function play({ canvas }) {
    await expect(await canvas.findByText(text)).toBeVisible();
  };

export const NoSamples: Story = {
  args: { tree: buildCallTree(emptyProfile()) },
  play: showsText('This profile has no samples'),
};
export const NoSamplesDark = dark(NoSamples);

export const AllZero: Story = {
  args: { tree: buildCallTree(makeStackTable([{ frames: ['main'], weight: 0 }])) },
  play: showsText('There is nothing to draw: the weights add up to 0'),
};

/** A heap that shrank: what was freed is as wide as it is large, and is told from what was allocated. */
export const NegativeWeights: Story = {
  args: {
    tree: buildCallTree(
      makeStackTable(
        [
          { frames: ['main', 'load', 'grow'], weight: 300_000 },
          { frames: ['main', 'load', 'free'], weight: -100_000 },
          { frames: ['main', 'sweep', 'free'], weight: -800_000 },
        ],
        { unit: 'bytes' },
      ),
    ),
  },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(canvas.getByText('-586 KiB · 3 samples', { normalizer: plain })).toBeVisible();
    await expect(
      within(await canvas.findByRole('list', { name: 'Legend' })).getByText('Below zero'),
    ).toBeVisible();
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
    await expect(picture.cursorName).toBe('sweep');
    const [wide, whole] = [picture.cursor, picture.canvas].map(
      (part) => part.getBoundingClientRect().width,
    );
    await expect(wide / whole).toBeCloseTo(8 / 12, 1);
  },
};
export const NegativeWeightsDark = dark(NegativeWeights);

export const OneSample: Story = {
  args: { tree: buildCallTree(makeStackTable([{ frames: ['main'], weight: 1 }])) },
};
