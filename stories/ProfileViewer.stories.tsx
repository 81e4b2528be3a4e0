import { makeStackTable, type StackTable } from '@hyperflame/calltree';
import { ProfileViewer, ProfileViewerView, useUrlFlameState } from '@hyperflame/react';
import { ProfileQueryError } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { answerOf, cpuAndWall, heatmapOf, profilesOf, threadsOf } from './fixtures/answers.ts';
import { bigProfile, emptyProfile, hostileProfile } from './fixtures/generated.ts';
import { buildStep } from './fixtures/recorded.ts';
import { answering, asking, refusing, unanswered } from './support/asking.tsx';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';
import { plain } from './support/plain.ts';

const from = new Date('2026-11-20T10:00:00Z');
const to = new Date('2026-11-20T10:02:00Z');

const heard = {
  types: cpuAndWall,
  heatmap: async () => heatmapOf(from, 120),
};
const viewing = (key: string, stacks: StackTable) =>
  answering(key, stacks, { ...heard, facets: threadsOf(stacks) });

const meta: Meta<typeof ProfileViewer> = {
  title: 'Asking/ProfileViewer',
  component: ProfileViewer,
  args: {
    service: 'shop',
    timeRange: { from, to },
    locale: 'en-GB',
    height: 780,
    onStateChange: fn(),
    sourceLink: ({ file, line }) => `https://git.example/${encodeURIComponent(file)}#L${line}`,
  },
};
export default meta;
type Story = StoryObj<typeof ProfileViewer>;

const recorded = viewing('viewer recorded', buildStep());

export const Graph: Story = recorded;
export const GraphDark = dark(Graph);
export const GraphNarrow = narrow(Graph);
export const GraphNarrowDark = dark(narrow(Graph));

export const Both: Story = { ...recorded, args: { defaultState: { view: 'both' } } };
export const BothDark = dark(Both);
export const BothNarrow = narrow(Both);

export const Table: Story = { ...recorded, args: { defaultState: { view: 'table' } } };
export const TableDark = dark(Table);
export const TableNarrow = narrow(Table);

const printer = 'printDocToString\u001fnode_modules/prettier/doc.mjs';
export const SandwichWithDetails: Story = {
  ...recorded,
  args: { defaultState: { view: 'sandwich', pivot: printer } },
};
export const SandwichWithDetailsDark = dark(SandwichWithDetails);
export const SandwichWithDetailsNarrow = narrow(SandwichWithDetails);

export const Treemap: Story = { ...recorded, args: { defaultState: { view: 'treemap' } } };
export const TreemapDark = dark(Treemap);
export const TreemapNarrow = narrow(Treemap);

/** A chosen function stands out at all its places, and what is known of it stands beside them. */
export const FunctionChosen: Story = {
  ...recorded,
  args: { defaultState: { view: 'both', pivot: printer } },
  play: async ({ canvas }) => {
    const inspector = within(await canvas.findByRole('region', { name: /^Details of / }));
    const threads = (await inspector.findByText('thread.name')).closest('div');
    const values = [...(threads?.querySelectorAll('dd') ?? [])].map((value) => value.textContent);
    await expect(values).toEqual([
      expect.stringMatching(/^main\W*[\d.]+\s[^%]+$/),
      expect.stringMatching(/^worker-1\W*[\d.]+\s[^%]+$/),
    ]);
    await expect(inspector.queryByText(/Shares of the stored rows/)).toBeNull();
  },
};
export const FunctionChosenDark = dark(FunctionChosen);

/**
 *     main 100
 *       handle 70          idle 30
 *         hash 50  parse 20
 *           hash 30
 */
const small = makeStackTable(
  [
    { frames: ['main', 'handle', 'hash', 'hash'], weight: 30e6, count: 3 },
    { frames: ['main', 'handle', 'hash'], weight: 20e6, count: 2 },
    { frames: ['main', 'handle', 'parse'], weight: 20e6, count: 2 },
    { frames: ['main', 'idle'], weight: 30e6, count: 3 },
  ],
  { unit: 'nanoseconds' },
);

/** Bottom-up, the functions that samples ended in come first, with their self; then who called them. */
export const BottomUp: Story = {
  render: () => <ProfileViewerView height={600} stacks={small} />,
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const button = await canvas.findByRole('button', { name: 'Bottom-up' });
    await userEvent.click(button);
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    const told = () => [
      picture.cursorName,
      ...within(picture.cursor)
        .getAllByRole('gridcell')
        .map((cell) => plain(cell.textContent)),
    ];
    await waitFor(() => expect(canvas.getAllByRole('rowheader')[1]).toHaveTextContent('hash'));
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(told()).toEqual(['hash', '50 ms', '50%', '50 ms']);
    await expect(await canvas.findByRole('tooltip')).toHaveTextContent(
      /Self\W?50 ms\W?50%5 samples/,
    );
    await userEvent.keyboard('{ArrowDown}');
    await expect(told()).toEqual(['hash', '30 ms', '30%', '0']);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect(told()).toEqual(['main', '30 ms', '30%', '0']);
  },
};
export const BottomUpDark = dark(BottomUp);
export const BottomUpNarrow = narrow(BottomUp);

/** Changes by key and by menu; each can be taken back, undone and done again. */
export const Changes: Story = {
  render: (args) => (
    <ProfileViewerView onStateChange={args.onStateChange} height={600} stacks={small} />
  ),
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}d');
    const chain = await canvas.findByRole('group', { name: 'Changes to the profile' });
    await expect(await within(chain).findByText('Without handle')).toBeVisible();
    await expect(await canvas.findByText('30 ms · 3 samples', { normalizer: plain })).toBeVisible();
    await userEvent.click(within(chain).getByRole('button', { name: 'Undo' }));
    await expect(
      await canvas.findByText('100 ms · 10 samples', { normalizer: plain }),
    ).toBeVisible();
    await userEvent.click(within(chain).getByRole('button', { name: 'Redo' }));
    await expect(await canvas.findByText('30 ms · 3 samples', { normalizer: plain })).toBeVisible();
    await userEvent.click(within(chain).getByRole('button', { name: 'Take back: Without handle' }));
    await expect(
      await canvas.findByText('100 ms · 10 samples', { normalizer: plain }),
    ).toBeVisible();

    await picture.painted();
    await picture.openMenu(0.1, 3);
    await userEvent.click(await canvas.findByRole('menuitem', { name: 'Collapse recursion' }));
    await expect(await within(chain).findByText('Recursion of hash collapsed')).toBeVisible();
    picture.cursor.focus();
    await waitFor(async () => {
      await userEvent.keyboard('{Escape}');
      await expect(within(chain).queryByText('Recursion of hash collapsed')).toBeNull();
    });
    await userEvent.click(within(chain).getByRole('button', { name: 'Filter and group' }));
    await userEvent.click(await canvas.findByRole('menuitem', { name: 'Only my code' }));
    await expect(await within(chain).findByText('Only my code')).toBeVisible();
  },
};

/** One state: a function chosen in the table is the one of sandwich, treemap and details. */
export const OneStateForAll: Story = {
  render: (args) => (
    <ProfileViewerView onStateChange={args.onStateChange} height={600} stacks={small} />
  ),
  args: {},
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const views = await canvas.findByRole('group', { name: 'View' });
    const show = (name: string) => userEvent.click(within(views).getByRole('button', { name }));
    await show('Both');
    await userEvent.click(await canvas.findByRole('rowheader', { name: 'hash' }));
    await expect(await canvas.findByRole('region', { name: 'Details of hash' })).toBeVisible();
    await show('Sandwich');
    await expect(
      await canvas.findByRole('group', { name: 'Callers and callees of hash' }),
    ).toBeVisible();
    await show('Treemap');
    const tile = await canvas.findByRole('row', { name: /^hash/, selected: true });
    await expect(tile).toBeInTheDocument();
    await userEvent.click(await canvas.findByRole('button', { name: 'Close details' }));
    await expect(canvas.queryByRole('region', { name: 'Details of hash' })).toBeNull();
    await expect(within(views).getByRole('button', { name: 'Treemap' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  },
};

/** A key that leads to another picture takes the keyboard along; the pointer needs no focus there. */
export const FocusGoesAlong: Story = {
  render: () => <ProfileViewerView height={600} stacks={small} inspector={false} />,
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown}p');
    const callers = await canvas.findByRole('treegrid', { name: 'Callers of main' });
    await waitFor(() => expect(callers).toContainElement(document.activeElement as HTMLElement));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-row'));
    await userEvent.click(await canvas.findByRole('button', { name: 'Graph' }));
    await picture.painted();
    await picture.openMenu(0.1, 1);
    await userEvent.click(
      await canvas.findByRole('menuitem', { name: 'Show callers and callees' }),
    );
    await canvas.findByRole('treegrid', { name: 'Callees of main' });
    await expect(document.activeElement).toBe(document.body);
  },
};

/** Details that are closed leave what is beside them, and the keyboard's focus is there. */
export const DetailsClosed: Story = {
  render: () => (
    <ProfileViewerView
      height={600}
      stacks={small}
      defaultState={{ view: 'sandwich', pivot: 'hash' }}
    />
  ),
  play: async ({ canvas }) => {
    const details = () => canvas.queryByRole('region', { name: /^Details of/ });
    const close = async () =>
      userEvent.click(await canvas.findByRole('button', { name: 'Close details' }));
    const show = (name: string) => userEvent.click(canvas.getByRole('button', { name }));
    const callers = await canvas.findByRole('treegrid', { name: 'Callers of hash' });
    await waitFor(() => expect(within(callers).getAllByRole('row').length).toBeGreaterThan(1));
    await close();
    await expect(details()).toBeNull();
    await expect(callers).toBeInTheDocument();
    await expect(callers).toContainElement(document.activeElement as HTMLElement);
    // Those of another function are others.
    await userEvent.keyboard('{ArrowUp}{Enter}');
    await expect(await canvas.findByRole('region', { name: 'Details of handle' })).toBeVisible();
    await show('Graph');
    const graph = await canvas.findByRole('treegrid', { name: 'Icicle graph' });
    await waitFor(() => expect(within(graph).getAllByRole('row').length).toBeGreaterThan(1));
    await close();
    await expect(details()).toBeNull();
    await expect(graph).toContainElement(document.activeElement as HTMLElement);
  },
};

/** The address keeps what was chosen, and the browser's buttons go back and forward in it. */
export const BackAndForward: Story = {
  render: function Host() {
    return <ProfileViewerView {...useUrlFlameState('flame')} height={600} stacks={small} />;
  },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.click(0.1, 2);
    await expect(
      await canvas.findByText('70 ms · 70% of 100 ms', { normalizer: plain }),
    ).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Table' }));
    await expect(await canvas.findByRole('grid')).toBeVisible();
    window.history.back();
    await expect(
      await canvas.findByText('70 ms · 70% of 100 ms', { normalizer: plain }),
    ).toBeVisible();
    window.history.back();
    await expect(
      await canvas.findByText('100 ms · 10 samples', { normalizer: plain }),
    ).toBeVisible();
    window.history.forward();
    await expect(
      await canvas.findByText('70 ms · 70% of 100 ms', { normalizer: plain }),
    ).toBeVisible();
    window.history.back();
    await expect(
      await canvas.findByText('100 ms · 10 samples', { normalizer: plain }),
    ).toBeVisible();
  },
};

/** Labels that the stacks have, to group by; of many, the first few. */
export const Labels: Story = {
  render: (args) => (
    <ProfileViewerView
      {...args}
      height={600}
      stacks={makeStackTable(
        ['main', 'io-1', ''].map((thread, i) => ({
          frames: ['start', i === 1 ? 'read' : 'price'],
          weight: (i + 1) * 10e6,
          count: i + 1,
          labels: {
            'thread.name': thread,
            ...Object.fromEntries(
              Array.from({ length: 12 }, (_, n) => [`team.label.${n}`, `${i}`]),
            ),
          },
        })),
        { unit: 'nanoseconds' },
      )}
    />
  ),
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    await userEvent.click(await canvas.findByRole('button', { name: 'Filter and group' }));
    const labels = await canvas.findAllByRole('menuitem', { name: /team\.label\.\d/ });
    await expect(labels).toHaveLength(11);
    await userEvent.click(await canvas.findByRole('menuitem', { name: 'Group by thread' }));
    await expect(await canvas.findByText('By thread')).toBeVisible();
    await waitFor(() => {
      const names = canvas.getAllByRole('rowheader').map((row) => row.textContent);
      return expect(names).toEqual([
        'All samples',
        '(no thread.name)',
        'thread.name: io-1',
        'thread.name: main',
      ]);
    });
    await userEvent.click(await canvas.findByRole('button', { name: 'Filter and group' }));
  },
};
export const LabelsNarrowDark = dark(narrow(Labels));

/** Labels of what was asked for, which cannot be loaded: the rest of the menu is there all the same. */
export const LabelsFailed: Story = {
  ...answering('viewer labels failed', buildStep(), {
    ...heard,
    facets: () => Promise.reject(new Error('Timeout exceeded: elapsed 30 s.')),
  }),
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    await userEvent.click(await canvas.findByRole('button', { name: 'Filter and group' }));
    const note = await canvas.findByText('The labels could not be loaded.');
    // The menu is not seen before it has its place.
    await waitFor(() => expect(note).toBeVisible());
    await expect(canvas.getByRole('menuitem', { name: 'Group by file' })).toBeVisible();
  },
};
export const LabelsFailedNarrowDark = dark(narrow(LabelsFailed));

/** What is left out can be opened: the next heaviest stacks are asked for. */
export const OpeningOther: Story = {
  ...asking(
    profilesOf({
      key: 'viewer other',
      heatmap: async () => heatmapOf(from, 120),
      flamegraph: async (question) => {
        const opened = question.skipStacks === 2;
        const stacks = opened
          ? makeStackTable([{ frames: ['main', 'rare'], weight: 20e6, count: 2 }], {
              unit: 'nanoseconds',
            })
          : makeStackTable([{ frames: ['main', 'often'], weight: 80e6, count: 8 }], {
              unit: 'nanoseconds',
              otherWeight: 20e6,
              otherCount: 2,
            });
        return answerOf(stacks, question, {
          total: 100e6,
          samples: 10,
          complete: false,
          leftOut: opened
            ? { stacks: 0, weight: 0, samples: 0 }
            : { stacks: 1, weight: 20e6, samples: 2 },
          skipped: opened
            ? { stacks: 2, weight: 80e6, samples: 8 }
            : { stacks: 0, weight: 0, samples: 0 },
        });
      },
    }),
  ),
  args: { maxStacks: 2, timeline: false },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.click(0.9, 1);
    await expect(
      await canvas.findByText(/heaviest stacks \(80% of the weight, 8 samples\) are left out/),
    ).toBeVisible();
    await expect(await canvas.findByText('20 ms · 2 samples', { normalizer: plain })).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Back to the heaviest' }));
    await expect(
      await canvas.findByText('100 ms · 10 samples', { normalizer: plain }),
    ).toBeVisible();
  },
};

/** Estimated from a part of the rows: it says from how many, and how far off it may be. */
export const Sampled: Story = {
  ...asking(
    profilesOf({
      key: 'viewer sampled',
      heatmap: async () => heatmapOf(from, 120),
      flamegraph: async (question) =>
        answerOf(buildStep(), question, { sampling: { rate: 0.04, expectedError: 0.006 } }),
    }),
  ),
  play: async ({ canvas }) => {
    await expect(
      await canvas.findByText(/from 4% of the samples and may be off by ±1.2%/),
    ).toBeVisible();
  },
};
export const SampledDark = dark(Sampled);

/** A table that one comes back to is sorted as it was. */
export const SortedAsItWas: Story = {
  ...viewing('viewer sorted', buildStep()),
  args: { defaultState: { view: 'table' } },
  play: async ({ canvas }) => {
    const total = async () =>
      within(await canvas.findByRole('grid')).getByRole('columnheader', { name: 'Total' });
    await userEvent.click(within(await total()).getByRole('button'));
    await expect(await total()).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(canvas.getByRole('button', { name: 'Graph' }));
    await waitFor(() => expect(canvas.queryByRole('grid')).toBeNull());
    await userEvent.click(canvas.getByRole('button', { name: 'Both' }));
    await expect(await total()).toHaveAttribute('aria-sort', 'descending');
  },
};

export const Huge: Story = viewing('viewer huge', bigProfile(200_000));
export const HostileNames: Story = {
  ...viewing('viewer hostile', hostileProfile()),
  args: { defaultState: { view: 'both', pivot: 'main\u001fmain.js' } },
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
    await expect(canvasElement.querySelector('img, script, b')).toBeNull();
  },
};

export const Loading: Story = unanswered('viewer loading', {
  heatmap: () => new Promise(() => undefined),
});
export const LoadingDark = dark(Loading);
export const LoadingNarrow = narrow(Loading);
export const Empty: Story = viewing('viewer empty', emptyProfile());
export const EmptyDark = dark(Empty);
export const EmptyNarrow = narrow(Empty);
export const Failed: Story = refusing(
  'viewer failed',
  new ProfileQueryError('limit', 'Timeout exceeded: elapsed 30 s.'),
  heard,
);
export const FailedDark = dark(Failed);
export const FailedNarrow = narrow(Failed);

/** A view's name may be as long as in any language: what does not fit into the line goes to the next. */
export const LongTexts: Story = {
  ...viewing('viewer long texts', small),
  args: {
    locale: 'de',
    messages: {
      views: {
        graph: 'Flammengraph',
        both: 'Nebeneinander',
        table: 'Tabelle',
        sandwich: 'Aufrufer',
        treemap: 'Kacheldiagramm',
      },
    },
  },
  globals: { width: '300px' },
  play: async ({ canvas }) => {
    const views = await canvas.findByRole('group', { name: 'View' });
    const { right } = views.parentElement!.getBoundingClientRect();
    for (const view of within(views).getAllByRole('button')) {
      await expect(view.getBoundingClientRect().right).toBeLessThanOrEqual(right);
    }
  },
};

export const RightToLeft: Story = {
  ...FunctionChosen,
  render: (args) => (
    <div dir="rtl" lang="ar">
      <ProfileViewer {...args} locale="ar" />
    </div>
  ),
};
