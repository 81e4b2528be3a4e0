import { useState } from 'react';
import { functionTable, makeStackTable } from '@hyperflame/calltree';
import {
  DEFAULT_FLAME_STATE,
  FlameGraph,
  ProfilesProvider,
  TopTable,
  TopTableView,
} from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { answerOf, profilesOf } from './fixtures/answers.ts';
import { bigProfile, emptyProfile, hostileNames, hostileProfile } from './fixtures/generated.ts';
import { buildStep } from './fixtures/recorded.ts';
import { dark, narrow } from './support/dark.ts';

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

export const Filtered: Story = { args: { defaultState: { search: 'print' } } };

export const NothingFound: Story = {
  args: { defaultState: { search: 'no such function' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('0 functions')).toBeVisible();
    await expect(canvas.getByText('No function has this in its name')).toBeVisible();
  },
};
export const NothingFoundDark = dark(NothingFound);

export const NoSamples: Story = { args: { table: functionTable(emptyProfile()) } };

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
    await expect(cells.map((cell) => cell.textContent)).toEqual(['50ms50%', '50ms50%']);
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
    await expect(canvas.getByRole('searchbox')).toHaveFocus();
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
