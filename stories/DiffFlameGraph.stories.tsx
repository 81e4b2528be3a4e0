import { diffCallTrees, makeStackTable } from '@hyperflame/calltree';
import { sharedEngine, type Engine } from '@hyperflame/calltree/worker';
import { DiffFlameGraph, DiffFlameGraphView, ProfilesProvider } from '@hyperflame/react';
import { ProfileQueryError } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { answerOf, CPU, heaviestOf, profilesOf } from './fixtures/answers.ts';
import { emptyProfile } from './fixtures/generated.ts';
import { buildStep, buildStepCached } from './fixtures/recorded.ts';
import { unanswered } from './support/asking.tsx';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';
import { save } from './support/save.ts';

const recorded = buildStep();
const cached = buildStepCached();

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
export const Narrow = narrow(Absolute);

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
    const rows = within(grid)
      .getAllByRole('row')
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole('gridcell')
          .map((cell) => cell.textContent),
      );
    await expect(rows).toEqual([
      ['600ms', '800ms', '+200ms', '99.9%'],
      ['100ms', '0', 'Removed', '99.9%'],
      ['0', '50ms', 'New', '99.9%'],
      ['300ms', '310ms', '+10ms', 'Within error'],
      ['0', '0', '0', 'Within error'],
    ]);
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
    await expect(await canvas.findByText('100ms → 50ms · -50ms')).toBeVisible();
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    const cells = () =>
      within(picture.cursor)
        .getAllByRole('gridcell')
        .map((cell) => cell.textContent);
    await expect(picture.cursorName).toBe('render');
    await expect(cells()).toEqual(['60ms', '30ms', '-30ms', '60%']);
    await userEvent.keyboard('{ArrowRight}');
    await expect(picture.cursorName).toBe('legacy');
    await expect(cells()).toEqual(['40ms', '0', 'Removed', '0%']);
    await expect(picture.cursor.getBoundingClientRect().width).toBeGreaterThan(50);
    await userEvent.keyboard('{ArrowRight}');
    await expect(picture.cursorName).toBe('modern');
    await expect(cells()).toEqual(['0', '20ms', 'New', '40%']);

    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Compare' }), 'Relative');
    await userEvent.keyboard('{Tab}');
    picture.cursor.focus();
    await userEvent.keyboard('{Home}');
    await expect(cells()).toEqual(['60ms', '30ms', '-50%', '60%']);
    await userEvent.selectOptions(
      canvas.getByRole('combobox', { name: 'Compare' }),
      'Share of total',
    );
    await expect(cells()).toEqual(['60ms', '30ms', '0 pp', '60%']);
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
    await expect(await canvas.findByText('60ms → 30ms · -30ms')).toBeVisible();
    await expect(await canvas.findByText('Only render and below')).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Undo' }));
    await expect(await canvas.findByText('100ms → 50ms · -50ms')).toBeVisible();

    await userEvent.click(await canvas.findByRole('button', { name: 'Bottom-up' }));
    await waitFor(() => expect(canvas.getAllByRole('rowheader')[1]).toHaveTextContent('render'));
    picture.cursor.focus();
    await userEvent.keyboard('{Home}{ArrowDown}{ArrowRight}');
    await expect(picture.cursorName).toBe('legacy');
    await expect(await canvas.findByRole('tooltip')).toHaveTextContent('40ms40%Self 40ms');
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
    await expect(await canvas.findByText('100ms → 50ms · -50ms')).toBeVisible();
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
    await expect(
      await canvas.findByText(/^The heaviest stacks of both are compared/),
    ).toBeVisible();
    const { before: was, after: is } = diffCallTrees(recorded, cached);
    const seconds = (nanoseconds: number) => `${Number((nanoseconds / 1e9).toPrecision(3))}s`;
    await expect(
      await canvas.findByText(new RegExp(`^${seconds(was.total[0])} → ${seconds(is.total[0])} · `)),
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
    await expect(await canvas.findByText('0 → 50ms · +50ms')).toBeVisible();
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

export const DifferentUnits: Story = {
  args: { before, after: makeStackTable([{ frames: ['main'], weight: 1 }], { unit: 'bytes' }) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('do not add up');
  },
};
