import { diffCallTrees, makeStackTable } from '@hyperflame/calltree';
import { sharedEngine, type Engine } from '@hyperflame/calltree/worker';
import { DiffFlameGraph, DiffFlameGraphView, ProfilesProvider } from '@hyperflame/react';
import { defaultMessages } from '@hyperflame/react/messages';
import { ProfileQueryError } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { answerOf, CPU, heaviestOf, profilesOf } from './fixtures/answers.ts';
import { emptyProfile } from './fixtures/generated.ts';
import { buildStep, buildStepCached } from './fixtures/recorded.ts';
import { unanswered } from './support/asking.tsx';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';
import { plain } from './support/plain.ts';
import { save } from './support/save.ts';

const recorded = buildStep();
const cached = buildStepCached();

/** Where a text is, or some of its characters. */
function boxOf(text: Node, from = 0, to = text.textContent?.length ?? 0): DOMRect {
  const range = document.createRange();
  range.setStart(text, from);
  range.setEnd(text, to);
  return range.getBoundingClientRect();
}

const meta: Meta<typeof DiffFlameGraph> = {
  title: 'Asking/DiffFlameGraph',
  component: DiffFlameGraph,
  args: { before: recorded, after: cached },
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
  },
};
export default meta;
type Story = StoryObj<typeof DiffFlameGraph>;

export const Absolute: Story = { args: { defaultState: { diffForm: 'absolute' } } };
export const AbsoluteDark = dark(Absolute);
export const Relative: Story = { args: { defaultState: { diffForm: 'relative' } } };
export const RelativeDark = dark(Relative);
export const Normalised: Story = { args: { defaultState: { diffForm: 'normalised' } } };
export const NormalisedDark = dark(Normalised);
/** The ends of the colours stay beside them. */
export const Narrow: Story = {
  ...narrow(Absolute),
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const legend = await canvas.findByRole('group', { name: 'Legend' });
    const scale = legend.querySelector('.hf-key')!;
    await expect(plain(scale.textContent)).toBe('≤ -442 ms≥ +442 ms');
    // A picture on paper has its colours, and so has what tells what they mean.
    const ofFirst = getComputedStyle(scale.querySelector('[title]')!);
    await expect(ofFirst.printColorAdjust).toBe('exact');
    const tops = [scale.firstChild!, scale.lastChild!].map((end) => boxOf(end).top);
    await expect(tops[0]).toBe(tops[1]);
    const steps = [...scale.querySelectorAll<HTMLElement>('[title]')].map(({ title }) =>
      plain(title),
    );
    await expect(steps).toEqual([
      '≤ -442 ms',
      '-110 ms … -442 ms',
      '-27.6 ms … -110 ms',
      'Unchanged or within error',
      '+27.6 ms … +110 ms',
      '+110 ms … +442 ms',
      '≥ +442 ms',
    ]);
  },
};

/** The same change in its three forms. */
export const SideBySide: Story = {
  render: (args) => (
    <div
      style={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(300px, 100%), 1fr))',
        gap: 8,
      }}
    >
      {(['absolute', 'relative', 'normalised'] as const).map((diffForm) => (
        <DiffFlameGraph key={diffForm} {...args} label={diffForm} defaultState={{ diffForm }} />
      ))}
    </div>
  ),
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getAllByRole('treegrid')).toHaveLength(3));
  },
};

/** The list of what changed, with how sure each change is. */
export const List: Story = {
  args: { defaultState: { view: 'table' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('grid', { name: 'What changed' })).toBeVisible();
  },
};
export const ListDark = dark(List);
export const ListNarrow = narrow(List);
export const ListBesideGraph: Story = {
  args: { defaultState: { view: 'both', diffForm: 'normalised' }, height: 480 },
};
export const ListBesideGraphDark = dark(ListBesideGraph);
export const ListBesideGraphNarrow = narrow(ListBesideGraph);

/** The choice of views stands above them all: what was pressed is still there to be pressed again. */
export const SwitchingViews: Story = {
  args: { before: recorded, after: cached, height: 480 },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const table = await canvas.findByRole('button', { name: 'Table' });
    await userEvent.click(table);
    await expect(await canvas.findByRole('grid', { name: 'What changed' })).toBeVisible();
    await expect(table).toHaveFocus();
    await expect(table).toHaveAttribute('aria-pressed', 'true');
    const both = await canvas.findByRole('button', { name: 'Both' });
    await userEvent.click(both);
    await waitFor(() => expect(canvas.getByRole('treegrid')).toBeVisible());
    await expect(both).toHaveFocus();
  },
};

/** The same of a diff that the host has made. */
export const SwitchingViewsOfTree: Story = {
  ...SwitchingViews,
  render: ({ height }) => (
    <DiffFlameGraphView tree={diffCallTrees(recorded, cached)} height={height} />
  ),
};

/** Ranked by size of the change; what chance alone could have done is said to be within the error. */
export const RankedChanges: Story = {
  args: {
    before: makeStackTable(
      [
        { frames: ['main', 'render'], weight: 600e6, count: 600 },
        { frames: ['main', 'steady'], weight: 300e6, count: 300 },
        { frames: ['main', 'legacy'], weight: 100e6, count: 100 },
      ],
      { unit: 'nanoseconds' },
    ),
    after: makeStackTable(
      [
        { frames: ['main', 'render'], weight: 800e6, count: 800 },
        { frames: ['main', 'steady'], weight: 310e6, count: 310 },
        { frames: ['main', 'modern'], weight: 50e6, count: 50 },
      ],
      { unit: 'nanoseconds' },
    ),
    defaultState: { view: 'table' },
  },
  play: async ({ canvas }) => {
    const grid = await canvas.findByRole('grid', { name: 'What changed' });
    await waitFor(() => expect(within(grid).getAllByRole('row').length).toBe(6));
    const cells = () =>
      within(grid)
        .getAllByRole('row')
        .slice(1)
        .map((row) =>
          within(row)
            .getAllByRole('gridcell')
            .map((cell) => plain(cell.textContent)),
        );
    await expect(cells()).toEqual([
      ['600 ms', '800 ms', '+200 ms', '99.9%'],
      ['100 ms', '0', 'Removed -100 ms', '99.9%'],
      ['0', '50 ms', 'New +50 ms', '99.9%'],
      ['300 ms', '310 ms', '+10 ms', 'Within error'],
      ['0', '0', '0', 'Within error'],
    ]);
    const headers = within(grid).getAllByRole('columnheader');
    await expect(headers.map((header) => header.textContent)).toEqual([
      'Function',
      'Self before',
      'Self after',
      'Change',
      'Confidence',
    ]);

    await userEvent.selectOptions(
      await canvas.findByRole('combobox', { name: 'Compare' }),
      'Share of total',
    );
    // 800 of 1160 is 69 %: what is written before and after is what the change is one of.
    await waitFor(() => expect(cells()[0]).toEqual(['10%', '0%', 'Removed -10 pp', '99.9%']));
    await expect(cells()[1]).toEqual(['60%', '69%', '+9 pp', '99.9%']);
  },
};

const before = makeStackTable(
  [
    { frames: ['main', 'render'], weight: 60e6, count: 6 },
    { frames: ['main', 'legacy'], weight: 40e6, count: 4 },
  ],
  { unit: 'nanoseconds' },
);
const after = makeStackTable(
  [
    { frames: ['main', 'render'], weight: 30e6, count: 3 },
    { frames: ['main', 'modern'], weight: 20e6, count: 2 },
  ],
  { unit: 'nanoseconds' },
);

/** Removed frames keep their place, new ones are told from grown ones, and each form says its own. */
export const Changes: Story = {
  args: { before, after },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(
      await canvas.findByText('100 ms → 50 ms · -50 ms', { normalizer: plain }),
    ).toBeVisible();
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    const cells = () =>
      within(picture.cursor)
        .getAllByRole('gridcell')
        .map((cell) => plain(cell.textContent));
    await expect(picture.cursorName).toBe('render');
    await expect(cells()).toEqual(['60 ms', '30 ms', '-30 ms', '60%']);
    await userEvent.keyboard('{ArrowRight}');
    await expect(picture.cursorName).toBe('legacy');
    await expect(cells()).toEqual(['40 ms', '0', 'Removed -40 ms', '0%']);
    await expect(picture.cursor.getBoundingClientRect().width).toBeGreaterThan(50);
    await userEvent.keyboard('{ArrowRight}');
    await expect(picture.cursorName).toBe('modern');
    await expect(cells()).toEqual(['0', '20 ms', 'New +20 ms', '40%']);

    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Compare' }), 'Relative');
    await userEvent.keyboard('{Tab}');
    picture.cursor.focus();
    await userEvent.keyboard('{Home}');
    await expect(cells()).toEqual(['60 ms', '30 ms', '-50%', '60%']);
    await userEvent.selectOptions(
      canvas.getByRole('combobox', { name: 'Compare' }),
      'Share of total',
    );
    await expect(cells()).toEqual(['60%', '60%', '0 pp']);
    await expect(
      await canvas.findByText('100 ms (100%) → 50 ms (100%) · 0 pp', { normalizer: plain }),
    ).toBeVisible();
  },
};

/** A change to the profile is made to both sides, and the tree can be turned round. */
export const BothChanged: Story = {
  args: { before, after },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect(picture.cursorName).toBe('render');
    await userEvent.keyboard('f');
    await expect(
      await canvas.findByText('60 ms → 30 ms · -30 ms', { normalizer: plain }),
    ).toBeVisible();
    await expect(await canvas.findByText('Only render and below')).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Undo' }));
    await expect(
      await canvas.findByText('100 ms → 50 ms · -50 ms', { normalizer: plain }),
    ).toBeVisible();

    await userEvent.click(await canvas.findByRole('button', { name: 'Bottom-up' }));
    await waitFor(() => expect(canvas.getAllByRole('rowheader')[1]).toHaveTextContent('render'));
    picture.cursor.focus();
    await userEvent.keyboard('{Home}{ArrowDown}{ArrowRight}');
    await expect(picture.cursorName).toBe('legacy');
    await expect(await canvas.findByRole('tooltip')).toHaveTextContent(/40 ms\W?40%Self \W?40 ms/);
  },
};
export const BothChangedDark = dark(BothChanged);
export const BothChangedNarrow = narrow(BothChanged);

const asked: (string | undefined)[] = [];

/** Both sides asked for, the second for the same type of profile as the first turned out to be. */
export const Asked: Story = {
  args: { before: { service: 'shop' }, after: { service: 'shop-canary' } },
  beforeEach: () => {
    asked.length = 0;
  },
  decorators: [
    (Story) => (
      <ProfilesProvider
        profiles={profilesOf({
          key: 'diff',
          flamegraph: async (question) => {
            if (question.service === 'shop-canary') asked.push(question.profileType);
            return answerOf(question.service === 'shop' ? before : after, question);
          },
        })}
      >
        <Story />
      </ProfilesProvider>
    ),
  ],
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    await expect(
      await canvas.findByText('100 ms → 50 ms · -50 ms', { normalizer: plain }),
    ).toBeVisible();
    await expect(asked).toEqual([CPU]);
    const { name, content } = await save(canvas, 'Markdown summary');
    await expect(name).toBe('service-shop-compared-with-service-shop-canary.md');
    await expect(await content.text()).toContain(
      '# service shop compared with service shop-canary\n\n- Before: 100 ms (nanoseconds)',
    );
  },
};

/** Of both sides the heaviest stacks have come: compared so far, and totals are as they will be. */
export const Streaming: Story = {
  args: { before: { service: 'shop' }, after: { service: 'shop-canary' } },
  decorators: [
    (Story) => (
      <ProfilesProvider
        profiles={profilesOf({
          key: 'streaming diff',
          flamegraph(question, { onPartial } = {}) {
            const [whole, share] = question.service === 'shop' ? [recorded, 0.5] : [cached, 0.25];
            const maxStacks = Math.round(whole.weight.length * share);
            onPartial?.(heaviestOf(whole, { ...question, maxStacks }), share);
            return new Promise(() => undefined);
          },
        })}
      >
        <Story />
      </ProfilesProvider>
    ),
  ],
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const bar = await canvas.findByRole('progressbar', { name: 'Loading stacks' });
    await expect(bar).toHaveAttribute('aria-valuenow', '38');
    await expect(await canvas.findByText('38% of the stacks · totals are exact')).toBeVisible();
    await expect(await canvas.findByText(/^The heaviest stacks of both, while/)).toBeVisible();
    const { before: was, after: is } = diffCallTrees(recorded, cached);
    const seconds = (nanoseconds: number) => `${Number((nanoseconds / 1e9).toPrecision(3))} s`;
    await expect(
      await canvas.findByText(
        new RegExp(`^${seconds(was.total[0])} → ${seconds(is.total[0])} · `),
        {
          normalizer: plain,
        },
      ),
    ).toBeVisible();
  },
};
export const StreamingDark = dark(Streaming);
export const StreamingNarrow = narrow(Streaming);

const madeByHost = diffCallTrees(before, after);
let listed = 0;
const listing: Engine = Object.assign(Object.create(sharedEngine()) as Engine, {
  start: () => sharedEngine().start(),
  functionsOfDiff(...asked: Parameters<Engine['functionsOfDiff']>) {
    listed++;
    return sharedEngine().functionsOfDiff(...asked);
  },
});

/** A diff that the host has made itself: its list is made in the worker all the same. */
export const ListOfTree: Story = {
  beforeEach: () => {
    listed = 0;
  },
  render: () => (
    <ProfilesProvider
      profiles={profilesOf({
        key: 'unasked',
        flamegraph: () => Promise.reject(new Error('Asked')),
      })}
      engine={listing}
    >
      <DiffFlameGraphView
        tree={madeByHost}
        defaultState={{ view: 'table', diffForm: 'absolute' }}
      />
    </ProfilesProvider>
  ),
  play: async ({ canvas }) => {
    const grid = await canvas.findByRole('grid', { name: 'What changed' });
    await waitFor(() => expect(within(grid).getAllByRole('row')).toHaveLength(5));
    await expect(within(grid).getByRole('row', { name: /^legacy/ })).toHaveTextContent('Removed');
    await expect(listed).toBeGreaterThan(0);
    await expect(sharedEngine().where).toBe('worker');
  },
};

/** Nothing on one side is a diff all the same: everything is new, and as sure as its samples are many. */
export const OneSideEmpty: Story = {
  args: { before: emptyProfile(), after, defaultState: { view: 'both' }, height: 480 },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    await expect(
      await canvas.findByText('0 → 50 ms · +50 ms', { normalizer: plain }),
    ).toBeVisible();
    const grid = await canvas.findByRole('grid', { name: 'What changed' });
    const confidenceOf = (name: string) =>
      within(within(grid).getByRole('row', { name: new RegExp(`^${name}`) })).getAllByRole(
        'gridcell',
      )[3];
    // Three samples where there were none may be chance: z = 3 / √3.
    await waitFor(() => expect(confidenceOf('render')).toHaveTextContent('Within error'));
    await userEvent.selectOptions(
      await canvas.findByRole('combobox', { name: 'Compare' }),
      'Share of total',
    );
    await waitFor(() => expect(confidenceOf('render')).toHaveTextContent('Not known'));
    const bars = grid.querySelectorAll('[data-change]');
    await expect([...bars].map((bar) => bar.getAttribute('data-change'))).not.toContain('none');
  },
};

export const BothSidesEmpty: Story = {
  args: { before: { service: 'shop' }, after: { service: 'shop-canary' } },
  decorators: [
    (Story) => (
      <ProfilesProvider
        profiles={profilesOf({
          key: 'empty diff',
          flamegraph: async (question) => answerOf(emptyProfile(), question),
        })}
      >
        <Story />
      </ProfilesProvider>
    ),
  ],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('No profile samples found')).toBeVisible();
    await expect(
      await canvas.findByText(
        'Looked for service shop compared with service shop-canary in otel_profiles.',
      ),
    ).toBeVisible();
  },
};
export const BothSidesEmptyDark = dark(BothSidesEmpty);
export const BothSidesEmptyNarrow = narrow(BothSidesEmpty);

export const Failed: Story = {
  args: { before, after: { service: 'shop-canary' } },
  decorators: [
    (Story) => (
      <ProfilesProvider
        profiles={profilesOf({
          key: 'failed diff',
          flamegraph: () =>
            Promise.reject(new ProfileQueryError('limit', 'Timeout exceeded: elapsed 30 s.')),
        })}
      >
        <Story />
      </ProfilesProvider>
    ),
  ],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Timeout exceeded');
  },
};
export const FailedDark = dark(Failed);
export const FailedNarrow = narrow(Failed);

/** Neither side has come. */
export const Loading: Story = {
  ...unanswered('diff loading'),
  args: { before: { service: 'shop' }, after: { service: 'shop-canary' } },
  play: async ({ canvas }) => {
    await expect((await canvas.findAllByRole('status'))[0]).toBeInTheDocument();
    await expect(canvas.queryByRole('treegrid')).toBeNull();
  },
};
export const LoadingDark = dark(Loading);
export const LoadingNarrow = narrow(Loading);

export const RightToLeft: Story = {
  args: { defaultState: { view: 'both' }, height: 480 },
  render: (args) => (
    <div dir="rtl" lang="ar">
      <DiffFlameGraph {...args} locale="ar" />
    </div>
  ),
};

/** Figures run from left to right on such a page too, where they are not those of its language. */
export const RightToLeftPage: Story = {
  args: { before, after },
  render: (args) => (
    <div dir="rtl">
      <DiffFlameGraph {...args} />
    </div>
  ),
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const total = await canvas.findByText('100 ms → 50 ms · -50 ms', { normalizer: plain });
    const lefts = (text: Node, ...parts: readonly string[]) =>
      parts.map((part) => {
        const at = text.textContent!.lastIndexOf(part);
        return boxOf(text, at, at + part.length).left;
      });
    const rising = (numbers: number[]) => numbers.toSorted((a, b) => a - b);
    const said = lefts(total.firstChild!, '100', '→', '·', '-', '50', 'ms');
    await expect(said).toEqual(rising(said));
    await picture.hover(0.5, 0);
    const tooltip = await canvas.findByRole('tooltip');
    const change = [...tooltip.querySelectorAll('dd')].find(
      (cell) => plain(cell.textContent) === '-50 ms',
    );
    const inTooltip = lefts(change!.firstChild!, '-', '50', 'ms');
    await expect(inTooltip).toEqual(rising(inTooltip));
  },
};

/** Minutes and hours have two parts each, and room for them. */
export const Hours: Story = {
  args: {
    before: makeStackTable(
      [
        { frames: ['main', 'render'], weight: 4000e9, count: 4000 },
        { frames: ['main', 'legacy'], weight: 750e9, count: 750 },
      ],
      { unit: 'nanoseconds' },
    ),
    after: makeStackTable(
      [
        { frames: ['main', 'render'], weight: 7200e9, count: 7200 },
        { frames: ['main', 'modern'], weight: 98e9, count: 98 },
      ],
      { unit: 'nanoseconds' },
    ),
    defaultState: { view: 'both' },
    height: 480,
  },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const totals = '1 h 19 min → 2 h 2 min · +42 min 28 s';
    await expect(await canvas.findByText(totals, { normalizer: plain })).toBeVisible();
    const legacy = await canvas.findByRole('row', { name: /^legacy.*Removed/ });
    await expect(plain(legacy.textContent)).toContain('Removed -12 min 30 s');
    await userEvent.selectOptions(
      await canvas.findByRole('combobox', { name: 'Compare' }),
      'Share of total',
    );
    const shares = '1 h 19 min (100%) → 2 h 2 min (100%) · 0 pp';
    await expect(await canvas.findByText(shares, { normalizer: plain })).toBeVisible();
  },
};
export const HoursNarrow = narrow(Hours);

/** Words of other languages are longer: each stays in its place, and is cut short where that is narrow. */
export const LongTexts: Story = {
  args: {
    ...Hours.args,
    locale: 'de',
    messages: {
      allSamples: 'Alle Stichproben',
      functionName: 'Funktionsname',
      change: 'Veränderung',
      confidence: 'Vertrauensniveau',
      views: { ...defaultMessages.views, graph: 'Flammengraph', both: 'Nebeneinander' },
    },
    defaultState: { view: 'both', diffForm: 'normalised' },
  },
  globals: { width: '300px' },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const columns = within(await canvas.findByRole('grid')).getAllByRole('columnheader');
    const seen = columns.filter(({ offsetWidth }) => offsetWidth > 0);
    const boxes = seen.map((column) =>
      column.querySelector('button')!.firstElementChild!.getBoundingClientRect(),
    );
    await expect(seen.map(({ textContent }) => textContent)).toEqual([
      'Funktionsname',
      'Veränderung',
      'Vertrauensniveau',
    ]);
    for (const [i, { left, right }] of boxes.entries()) {
      const cell = seen[i].getBoundingClientRect();
      await expect(left).toBeGreaterThanOrEqual(cell.left);
      await expect(right).toBeLessThanOrEqual(cell.right);
    }
    const path = canvas.getByRole('group', { name: 'Zoom path' }).getBoundingClientRect();
    const totals = await canvas.findByText(/→/);
    await expect(path.right).toBeLessThanOrEqual(boxOf(totals.firstChild!).left);
    await expect(path.width).toBeGreaterThanOrEqual(56);
  },
};

export const DifferentUnits: Story = {
  args: { before, after: makeStackTable([{ frames: ['main'], weight: 1 }], { unit: 'bytes' }) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('do not add up');
  },
};
