import { useState } from 'react';
import { functionTable, makeStackTable, type FunctionTable } from '@hyperflame/calltree';
import {
  DEFAULT_FLAME_STATE,
  FlameGraph,
  ProfilesProvider,
  TopTable,
  TopTableView,
} from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import { answerOf, profilesOf } from './fixtures/answers.ts';
import { bigProfile, emptyProfile, hostileNames, hostileProfile } from './fixtures/generated.ts';
import { buildStep } from './fixtures/recorded.ts';
import { dark, narrow } from './support/dark.ts';
import { plain } from './support/plain.ts';

const meta: Meta<typeof TopTableView> = {
  title: 'Drawing only/TopTable',
  component: TopTableView,
  args: { table: functionTable(buildStep()), onSelectFunction: fn() },
};
export default meta;
type Story = StoryObj<typeof TopTableView>;

export const Recorded: Story = {};
export const RecordedDark = dark(Recorded);
export const RecordedNarrow = narrow(Recorded);
export const RecordedNarrowDark = dark(narrow(Recorded));

/** Of a weight in two parts nothing is cut off, which would be a lighter one. */
export const HoursNarrow: Story = {
  ...narrow(Recorded),
  args: {
    table: functionTable(
      makeStackTable(
        [
          { frames: ['main', 'render'], weight: 23 * 3600e9 + 59 * 60e9 },
          { frames: ['main', 'parse'], weight: 58 * 60e9 + 59e9 },
        ],
        { unit: 'nanoseconds' },
      ),
    ),
  },
  play: async ({ canvas }) => {
    await expect(
      (await canvas.findAllByText('58 min 59 s', { normalizer: plain }))[0],
    ).toBeVisible();
    for (const cell of canvas.getAllByRole('gridcell')) {
      const amount = cell.querySelector('.hf-amount')!.getBoundingClientRect();
      await expect(amount.left).toBeGreaterThanOrEqual(cell.getBoundingClientRect().left);
      await expect(amount.right).toBeLessThanOrEqual(cell.getBoundingClientRect().right);
    }
  },
};

export const Filtered: Story = { args: { defaultState: { search: 'print' } } };

export const NothingFound: Story = {
  args: { defaultState: { search: 'no such function' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('0 functions')).toBeVisible();
    await expect(await canvas.findByText('No function matches')).toBeVisible();
  },
};
export const NothingFoundDark = dark(NothingFound);

/** All functions again, and the keyboard at one of them. */
export const NothingFoundCleared: Story = {
  ...NothingFound,
  play: async ({ canvas }) => {
    await canvas.findByText('No function matches');
    await userEvent.click(
      within(canvas.getByRole('grid').parentElement!).getByRole('button', { name: 'Clear search' }),
    );
    await expect(await canvas.findByText('1,237 functions')).toBeVisible();
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-row'));
  },
};

export const NoSamples: Story = {
  args: { table: functionTable(emptyProfile()) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('This profile has no samples')).toBeVisible();
  },
};

/** At any width, of a path what tells files apart, or nothing; and a weight as long in either column. */
const inWidth = (width: number, play: Story['play']): Story => ({
  render: (args) => (
    <div style={{ overflow: 'auto' }}>
      <div style={{ width }}>
        <TopTableView {...args} />
      </div>
    </div>
  ),
  play,
});
const whereOf = (row: HTMLElement): HTMLElement => row.querySelector<HTMLElement>('.hf-where')!;
/** The end of a path is in its box, its beginning need not be. */
const showsEnd = (row: HTMLElement): boolean => {
  const text = document.createRange();
  text.selectNodeContents(whereOf(row));
  const { right } = text.getBoundingClientRect();
  return Math.abs(right - whereOf(row).getBoundingClientRect().right) <= 1;
};
export const PathsInHalfAPage: Story = inWidth(800, async ({ canvas }) => {
  const row = await canvas.findByRole('row', { name: /^Ki / });
  await expect(showsEnd(row)).toBe(true);
  await expect(whereOf(row).getBoundingClientRect().width).toBeGreaterThan(70);
  const bars = [...row.querySelectorAll<HTMLElement>('.hf-meter i')];
  const [self, total] = bars.map((bar) => bar.getBoundingClientRect().width);
  // 67.1 ms and 652 ms.
  await expect(total / self).toBeGreaterThan(8);
});
export const PathsInAPanel: Story = inWidth(640, async ({ canvas }) => {
  const row = await canvas.findByRole('row', { name: /^Ki / });
  await expect(showsEnd(row)).toBe(true);
  await expect(row.querySelector('.hf-meter')).not.toBeVisible();
});
export const PathsWithoutRoom: Story = inWidth(300, async ({ canvas }) => {
  const row = await canvas.findByRole('row', { name: /^propagateBreaks / });
  const [line, path] = [row.querySelector('.hf-function')!, whereOf(row)].map((element) =>
    element.getBoundingClientRect(),
  );
  await expect(path.top).toBeGreaterThanOrEqual(line.bottom - 1);
});

/** 20 000 functions, of which the document holds those in sight. */
export const Huge: Story = {
  args: { table: functionTable(bigProfile(200_000)) },
  play: async ({ canvasElement, canvas }) => {
    await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(5));
    await expect(canvasElement.querySelectorAll('*').length).toBeLessThan(600);
  },
};

export const HostileNames: Story = {
  args: { table: functionTable(hostileProfile()) },
  play: async ({ canvas, canvasElement }) => {
    await expect((await canvas.findAllByText(hostileNames[0]))[0]).toBeVisible();
    await expect(canvasElement.querySelector('img, script, b')).toBeNull();
  },
};

/** `hash` calls itself: its weight counts once, and so does its share. */
const small = functionTable(
  makeStackTable(
    [
      { frames: ['main', 'hash', 'hash'], weight: 30e6, count: 3 },
      { frames: ['main', 'hash'], weight: 20e6, count: 2 },
      { frames: ['main', 'parse'], weight: 40e6, count: 4 },
      { frames: ['main'], weight: 10e6, count: 1 },
    ],
    { unit: 'nanoseconds' },
  ),
);

const texts = (rows: readonly HTMLElement[]): (string | undefined)[] =>
  rows.slice(1).map((row) => within(row).getByRole('rowheader').textContent ?? undefined);

export const Sorting: Story = {
  args: { table: small },
  play: async ({ canvas }) => {
    const names = () => texts(canvas.getAllByRole('row'));
    await waitFor(() => expect(names()).toEqual(['hash', 'parse', 'main']));
    const cells = within(canvas.getAllByRole('row')[1]).getAllByRole('gridcell');
    await expect(cells.map((cell) => plain(cell.textContent))).toEqual(['50 ms50%', '50 ms50%']);
    const header = (name: string) => canvas.getByRole('columnheader', { name });
    await expect(header('Self')).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(within(header('Total')).getByRole('button'));
    await expect(names()).toEqual(['main', 'hash', 'parse']);
    await expect(header('Total')).toHaveAttribute('aria-sort', 'descending');
    await expect(header('Self')).not.toHaveAttribute('aria-sort');
    await userEvent.click(within(header('Total')).getByRole('button'));
    await expect(names()).toEqual(['parse', 'hash', 'main']);
    await userEvent.click(within(header('Function')).getByRole('button'));
    await expect(names()).toEqual(['hash', 'main', 'parse']);
    await userEvent.type(canvas.getByRole('searchbox'), 'A');
    await expect(await canvas.findByText('3 functions')).toBeVisible();
    await userEvent.type(canvas.getByRole('searchbox'), 'R');
    await expect(await canvas.findByText('1 function')).toBeVisible();
    await expect(names()).toEqual(['parse']);
  },
};

export const Keyboard: Story = {
  args: { table: functionTable(bigProfile(50_000)) },
  play: async ({ canvas, args }) => {
    const focused = () => document.activeElement?.getAttribute('aria-rowindex');
    await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(5));
    canvas.getAllByRole('row')[1].focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await waitFor(() => expect(focused()).toBe('4'));
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(focused()).toBe(String(args.table.length + 1)));
    await userEvent.keyboard('{Home}');
    await waitFor(() => expect(focused()).toBe('2'));
    await userEvent.keyboard('{Enter}');
    await expect(args.onSelectFunction).toHaveBeenLastCalledWith(
      expect.objectContaining({ self: args.table.self[0], occurrences: args.table.occurrences[0] }),
    );
    await userEvent.keyboard('/');
    await expect(await canvas.findByRole('searchbox')).toHaveFocus();
  },
};

/** A row stays in the page, with the focus, wherever the others are scrolled to. */
export const ScrolledAway: Story = {
  args: { table: functionTable(bigProfile(50_000)) },
  play: async ({ canvas, canvasElement }) => {
    const rowIndexes = () =>
      canvas.getAllByRole('row').map((row) => Number(row.getAttribute('aria-rowindex')));
    await waitFor(() => expect(rowIndexes().length).toBeGreaterThan(5));
    const scroller = canvasElement.querySelector('.hf-table-scroller')!;
    const { scrollHeight } = scroller;
    const third = canvas.getAllByRole('row')[3];
    await userEvent.click(third);
    for (const top of [scrollHeight, scrollHeight / 2]) {
      scroller.scrollTop = top;
      await waitFor(() => expect(rowIndexes()[2]).toBeGreaterThan(100));
      await expect(rowIndexes()[1]).toBe(4);
      await expect(document.activeElement).toBe(third);
      await expect(scroller.scrollHeight).toBe(scrollHeight);
    }
    await expect(canvasElement.querySelectorAll('[data-row][tabindex="0"]').length).toBe(1);
    await userEvent.keyboard('{ArrowDown}');
    await expect(document.activeElement).toHaveAttribute('aria-rowindex', '5');
    await waitFor(() => expect(rowIndexes().slice(0, 3)).toEqual([1, 2, 3]));
  },
};

/** More of `render`, which then stands before `parse`; and a profile that has none of `parse`. */
const newer = functionTable(
  makeStackTable(
    [
      { frames: ['main', 'render'], weight: 90e6, count: 9 },
      { frames: ['main', 'hash'], weight: 70e6, count: 7 },
      { frames: ['main', 'parse'], weight: 40e6, count: 4 },
    ],
    { unit: 'nanoseconds' },
  ),
);
const without = functionTable(
  makeStackTable([{ frames: ['main', 'render'], weight: 9, count: 9 }]),
);

/** An open menu is of a function, not of a row. */
export const MenuOverNewData: Story = {
  args: { onStateChange: fn() },
  render: function Host(args) {
    const [table, setTable] = useState(small);
    return (
      <>
        {[newer, without].map((next) => (
          <button key={next.length} type="button" onClick={() => setTable(next)}>
            {next === newer ? 'Newer' : 'Without'}
          </button>
        ))}
        <TopTableView {...args} table={table} />
      </>
    );
  },
  play: async ({ canvas, args }) => {
    const openMenu = async (): Promise<HTMLElement> => {
      const row = await canvas.findByRole('rowheader', { name: /^parse/ });
      await fireEvent.contextMenu(row, { clientX: 20, clientY: 20 });
      return canvas.findByRole('menu');
    };
    await openMenu();
    await fireEvent.click(canvas.getByRole('button', { name: 'Newer' }));
    await waitFor(() => expect(texts(canvas.getAllByRole('row'))[2]).toBe('parse'));
    await userEvent.click(
      await canvas.findByRole('menuitem', { name: 'Search for this function' }),
    );
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ search: 'parse' }),
    );
    // Of three rows the third had the focus; the one that is left has it now.
    await waitFor(() => expect(texts(canvas.getAllByRole('row'))).toEqual(['parse']));
    await expect(document.activeElement).toHaveTextContent(/^parse/);
    await userEvent.keyboard('{Escape}');

    const menu = await openMenu();
    await expect(menu).toContainElement(document.activeElement as HTMLElement);
    await fireEvent.click(canvas.getByRole('button', { name: 'Without' }));
    await waitFor(() => expect(canvas.queryByRole('menu')).toBeNull());
    await expect(document.activeElement).toHaveAttribute('data-row');
    await fireEvent.click(canvas.getByRole('button', { name: 'Newer' }));
    await canvas.findByRole('rowheader', { name: /^parse/ });
    await expect(canvas.queryByRole('menu')).toBeNull();
  },
};

/** More functions than can be sorted by name while nobody notices. */
const many = (letter: string) =>
  functionTable(
    makeStackTable(
      Array.from({ length: 50_000 }, (_, i) => ({
        frames: [`${letter}${String((i * 7919) % 50_000).padStart(5, '0')}`],
        weight: 1 + ((i * 31) % 49_999),
        count: 1,
      })),
    ),
  );
const [manyA, manyB] = [many('a'), many('b')];

/** While a large table is sorted, the one before it is shown as it was, and never a third. */
export const SortingMany: Story = {
  render: function Host(args) {
    const [table, setTable] = useState(manyA);
    return (
      <>
        <button type="button" onClick={() => setTable(table === manyA ? manyB : manyA)}>
          Other data
        </button>
        <TopTableView {...args} table={table} />
      </>
    );
  },
  play: async ({ canvas }) => {
    const first = () => texts(canvas.getAllByRole('row'))[0];
    await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(5));
    const seen = new Set<string | undefined>();
    const watch = new MutationObserver(() => seen.add(first()));
    const grid = canvas.getByRole('grid');
    watch.observe(grid, { subtree: true, childList: true, characterData: true });
    const click = async (button: string, expected: string) => {
      const before = first();
      seen.clear();
      await fireEvent.click(canvas.getByRole('button', { name: button }));
      await waitFor(() => expect(first()).toBe(expected));
      await expect([...seen].filter((name) => name !== before)).toEqual([expected]);
    };
    const heaviestOf = ({ frames, frame }: FunctionTable) => frames.strings[frames.name[frame[0]]];
    await expect(first()).toBe(heaviestOf(manyA));
    await click('Function', 'a00000');
    await click('Function', 'a49999');
    await click('Other data', 'b49999');
    await click('Self', heaviestOf(manyB));
    await click('Other data', heaviestOf(manyA));
    // The last order by name was one of the other table.
    await click('Function', 'a00000');
    watch.disconnect();
  },
};

/** Functions `f0` to `f199`, the heaviest last or first. */
const ordered = (heaviestLast: boolean) =>
  functionTable(
    makeStackTable(
      Array.from({ length: 200 }, (_, i) => ({
        frames: ['main', `f${i}`],
        weight: heaviestLast ? 1 + i : 200 - i,
        count: 1,
      })),
    ),
  );
const [lastFirst, firstFirst] = [ordered(true), ordered(false)];

/** The keyboard stays at a function, in sight, whichever row new data or a filter gives it. */
export const KeyboardOverNewRows: Story = {
  args: { onStateChange: fn(), onSelectFunction: fn() },
  render: function Host(args) {
    const [table, setTable] = useState(lastFirst);
    return (
      <>
        <button
          type="button"
          // As when new data comes by itself: the focus stays where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setTable(table === lastFirst ? firstFirst : lastFirst)}
        >
          Newer
        </button>
        <TopTableView {...args} table={table} />
      </>
    );
  },
  play: async ({ canvas, canvasElement, args }) => {
    const scroller = () => canvasElement.querySelector('.hf-table-scroller')!;
    const newer = () => fireEvent.click(canvas.getByRole('button', { name: 'Newer' }));
    const focused = async (name: string, row: number): Promise<void> => {
      await waitFor(() => {
        void expect(document.activeElement).toHaveTextContent(name);
        void expect(document.activeElement).toHaveAttribute('aria-rowindex', String(row + 2));
      });
    };
    const isInSight = (): boolean => {
      const [row, box] = [document.activeElement!, scroller()].map((element) =>
        element.getBoundingClientRect(),
      );
      return row.top >= box.top && row.bottom <= box.bottom;
    };
    (await canvas.findByRole('row', { name: /^f199/ })).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await focused('f197', 2);
    await userEvent.keyboard('{PageDown}{PageDown}');
    await waitFor(() => expect(isInSight()).toBe(true));
    await userEvent.keyboard('{ArrowDown}{PageUp}{PageUp}{ArrowUp}');
    await focused('f197', 2);
    await waitFor(() => expect(isInSight()).toBe(true));
    await newer();
    await focused('f197', 197);
    await waitFor(() => expect(isInSight()).toBe(true));

    // Found by a filter, and at the same function without it.
    await userEvent.keyboard('/');
    await userEvent.type(canvas.getByRole('searchbox'), 'f1');
    await waitFor(() => expect(canvas.getByText('111 functions')).toBeVisible());
    await userEvent.keyboard('{ArrowDown}');
    await focused('f197', 108);
    await userEvent.keyboard('{ArrowUp}{Escape}');
    await focused('f196', 196);
    await waitFor(() => expect(isInSight()).toBe(true));
    await userEvent.keyboard('{Enter}');
    await expect(args.onSelectFunction).toHaveBeenLastCalledWith(
      expect.objectContaining({ name: 'f196' }),
    );

    // Nobody is brought back to a row that they have scrolled away from.
    scroller().scrollTop = 2000;
    await canvas.findByRole('rowheader', { name: 'f80' });
    await newer();
    await focused('f196', 3);
    await expect(scroller().scrollTop).toBe(2000);

    // A filter without it leaves the keyboard at the row in its place.
    await userEvent.keyboard('/');
    await userEvent.type(canvas.getByRole('searchbox'), 'f2');
    await waitFor(() => expect(canvas.getByText('11 functions')).toBeVisible());
    await userEvent.type(canvas.getByRole('searchbox'), '!');
    await waitFor(() => expect(canvas.getByText('0 functions')).toBeVisible());
    await userEvent.keyboard('{ArrowDown}{Backspace}');
    await waitFor(() => expect(canvas.getByText('11 functions')).toBeVisible());
    await userEvent.keyboard('{ArrowDown}');
    await focused('f26', 3);
  },
};

/** Once nothing else is left, Escape takes back what was done to the profile, the last of it first. */
export const EscapeTakesBack: Story = {
  args: {
    table: small,
    transformable: true,
    onStateChange: fn(),
    defaultState: {
      pivot: 'hash',
      transforms: [{ type: 'drop-function', frame: 'gc' }],
    },
  },
  play: async ({ canvas, args }) => {
    (await canvas.findByRole('row', { name: /^hash/ })).focus();
    await userEvent.keyboard('m{Escape}');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ pivot: '', transforms: expect.objectContaining({ length: 2 }) }),
    );
    for (const left of [1, 0]) {
      await expect(document.activeElement).toHaveAttribute('data-mantine-stop-propagation');
      await userEvent.keyboard('{Escape}');
      await expect(args.onStateChange).toHaveBeenLastCalledWith(
        expect.objectContaining({ transforms: expect.objectContaining({ length: left }) }),
      );
    }
    await expect(document.activeElement).not.toHaveAttribute('data-mantine-stop-propagation');
  },
};

/** A key that does nothing here is the host's. */
export const WithoutFilterBox: Story = {
  args: { table: small, toolbar: false },
  play: async ({ canvas }) => {
    const row = await canvas.findByRole('row', { name: /^hash/ });
    const isLeftAlone = await fireEvent.keyDown(row, { key: '/' });
    await expect(isLeftAlone).toBe(true);
  },
};

const ask = fn();
const profiles = profilesOf({
  key: 'table and graph',
  flamegraph: async (question) => {
    ask();
    return answerOf(buildStep(), question);
  },
});

/** Side by side they ask once, and with one state a search in one is a search in both. */
export const BesideAFlameGraph: Story = {
  render: function Host() {
    const [state, setState] = useState(DEFAULT_FLAME_STATE);
    const shared = { service: 'shop', height: 'fill', state, onStateChange: setState } as const;
    return (
      <ProfilesProvider profiles={profiles}>
        <div
          style={{
            display: 'grid',
            gridTemplateColumns: 'repeat(auto-fit, minmax(min(400px, 100%), 1fr))',
            gridAutoRows: 500,
          }}
        >
          <TopTable
            {...shared}
            onSelectFunction={({ name }) => setState({ ...state, search: name })}
          />
          <FlameGraph {...shared} />
        </div>
      </ProfilesProvider>
    );
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('grid')).toBeVisible();
    await expect(await canvas.findByRole('treegrid')).toBeInTheDocument();
    await expect(ask).toHaveBeenCalledTimes(1);
    await userEvent.click((await canvas.findAllByRole('rowheader', { name: /^pbkdf2|^run/ }))[0]);
    await expect(await canvas.findByText(/% matched$/)).toBeVisible();
  },
};
