import { makeStackTable, sandwich } from '@hyperflame/calltree';
import { DEFAULT_FLAME_STATE, Sandwich, SandwichView } from '@hyperflame/react';
import { ProfileQueryError } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { deepProfile, emptyProfile, hostileNames, hostileProfile } from './fixtures/generated.ts';
import { buildStep } from './fixtures/recorded.ts';
import { answering, refusing, unanswered } from './support/asking.tsx';
import { dark, narrow } from './support/dark.ts';
import { plain } from './support/plain.ts';

/**
 *     main 100
 *       handle 70               gc 10     hash 20
 *         hash 50    parse 20               mix 20
 *           hash 20  mix 10
 */
const small = makeStackTable(
  [
    { frames: ['main', 'handle', 'hash', 'hash'], weight: 20e6, count: 2 },
    { frames: ['main', 'handle', 'hash', 'mix'], weight: 10e6, count: 1 },
    { frames: ['main', 'handle', 'hash'], weight: 20e6, count: 2 },
    { frames: ['main', 'handle', 'parse'], weight: 20e6, count: 2 },
    { frames: ['main', 'gc'], weight: 10e6, count: 1 },
    { frames: ['main', 'hash', 'mix'], weight: 20e6, count: 2 },
  ],
  { unit: 'nanoseconds' },
);

const meta: Meta<typeof Sandwich> = {
  title: 'Asking/Sandwich',
  component: Sandwich,
  args: { service: 'shop', onStateChange: fn() },
};
export default meta;
type Story = StoryObj<typeof Sandwich>;

const pivotOf = (name: string): string => {
  const { frames } = buildStep();
  for (let frame = 0; frame < frames.length; frame++) {
    if (frames.strings[frames.name[frame]] === name) {
      return `${name}\u001f${frames.strings[frames.file[frame]]}`;
    }
  }
  throw new Error(`There is no ${name}`);
};

export const Recorded: Story = {
  ...answering('sandwich recorded', buildStep()),
  args: { defaultState: { pivot: pivotOf('printDocToString') } },
};
export const RecordedDark = dark(Recorded);
export const RecordedNarrow = narrow(Recorded);
export const RecordedNarrowDark = dark(narrow(Recorded));

/** Figures of the function are over all its places, with recursion counted once. */
export const Figures: Story = {
  ...answering('sandwich figures', small),
  args: { defaultState: { pivot: 'hash' } },
  play: async ({ canvas }) => {
    await expect(
      await canvas.findByText('Total 70 ms (70%) · Self 40 ms (40%)', { normalizer: plain }),
    ).toBeVisible();
    const callers = await canvas.findByRole('treegrid', { name: 'Callers of hash' });
    const rows = within(callers)
      .getAllByRole('rowheader')
      .map((row) => row.textContent);
    await expect(rows).toEqual(['hash', 'handle', 'main']);
    const callees = await canvas.findByRole('treegrid', { name: 'Callees of hash' });
    const cells = within(callees)
      .getAllByRole('row')
      .slice(1)
      .map((row) => plain(row.textContent));
    await expect(cells).toEqual(['hash70 ms70%20 ms', 'mix30 ms30%30 ms', 'hash20 ms20%20 ms']);
  },
};

/** Keys alone: choose a function, turn the sandwich round a callee of it, and go back. */
export const Keyboard: Story = {
  ...answering('sandwich keyboard', small),
  play: async ({ canvas, args }) => {
    await expect(await canvas.findByRole('heading', { name: 'Choose a function' })).toBeVisible();
    canvas.getAllByRole('row')[1].focus();
    await userEvent.keyboard('{Enter}');
    await expect(
      await canvas.findByRole('group', { name: /^Callers and callees of hash$/ }),
    ).toBeVisible();
    const callers = await canvas.findByRole('treegrid', { name: 'Callers of hash' });
    await waitFor(() => expect(callers).toContainElement(document.activeElement as HTMLElement));
    const callees = await canvas.findByRole('treegrid', { name: 'Callees of hash' });
    within(callees).getAllByRole('row')[1].focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ pivot: 'mix', focus: [], selected: [] }),
    );
    const mix = await canvas.findByRole('treegrid', { name: 'Callees of mix' });
    await waitFor(() => expect(within(mix).getAllByRole('row').length).toBe(2));
    within(mix).getAllByRole('row')[1].focus();
    await userEvent.keyboard('{Escape}');
    await expect(await canvas.findByRole('heading', { name: 'Choose a function' })).toBeVisible();
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-row'));

    // The pointer leaves no ring around what it has not been at.
    await userEvent.click(canvas.getAllByRole('row')[1]);
    await canvas.findByRole('treegrid', { name: 'Callees of hash' });
    await expect(document.activeElement).toBe(document.body);
  },
};

/** Space chooses a frame without a place in the profile; the function itself stays what it is. */
export const SpaceChooses: Story = {
  ...answering('sandwich space', small),
  args: { defaultState: { pivot: 'hash' }, onSelectFrame: fn() },
  play: async ({ canvas, args }) => {
    const callees = await canvas.findByRole('treegrid', { name: 'Callees of hash' });
    within(callees).getAllByRole('row')[1].focus();
    await userEvent.keyboard(' ');
    await expect(args.onStateChange).not.toHaveBeenCalled();
    await userEvent.keyboard('{ArrowDown} ');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ pivot: 'mix', focus: [], selected: [] }),
    );
    await expect(args.onSelectFrame).toHaveBeenLastCalledWith(
      expect.objectContaining({ name: 'mix', path: [], total: 30e6, whole: 100e6 }),
    );
  },
};

/** One search box for both sides: what it found, and steps through all of it. */
export const Searched: Story = {
  ...answering('sandwich searched', small),
  args: { defaultState: { pivot: 'hash' } },
  play: async ({ canvas, args }) => {
    const box = await canvas.findByRole('searchbox');
    const finds = async (text: string, outcome: string): Promise<void> => {
      await userEvent.clear(box);
      await userEvent.type(box, text.replaceAll(/[[{]/g, '$&$&'));
      await waitFor(() => expect(box).toHaveAccessibleDescription(outcome));
    };
    await finds('nothing of this', 'No match');
    await finds('/hash(/', 'Not a regular expression');
    await finds('hash', '70% matched');
    await finds('mix', 'Callers: No match · Callees: 30% matched');
    await finds('handle || mix', 'Callers: 50% matched · Callees: 30% matched');
    const side = (name: string) =>
      canvas
        .getByRole('treegrid', { name })
        .querySelector<HTMLElement>('[aria-selected="true"]')
        ?.querySelector('[role="rowheader"]')?.textContent;
    const chosen = () => [side('Callers of hash'), side('Callees of hash')];
    await expect(chosen()).toEqual([undefined, undefined]);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(chosen()).toEqual(['handle', undefined]));
    await expect(canvas.getByText(/^handle, Total/)).toHaveTextContent(/Share 50%$/);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(chosen()).toEqual([undefined, 'mix']));
    await expect(canvas.getByText(/^mix, Total/)).toHaveTextContent(/Share 30%/);
    await expect(canvas.queryByText(/^handle, Total/)).toBeNull();
    await expect(box).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(document.activeElement).toHaveTextContent(/^mix/);
    await userEvent.keyboard('/');
    await expect(box).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(chosen()).toEqual(['handle', undefined]));
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    await waitFor(() => expect(chosen()).toEqual([undefined, 'mix']));
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ pivot: 'hash', selected: [] }),
    );
  },
};
export const SearchedDark = dark(Searched);
export const SearchedNarrow = narrow(Searched);

/** What the menu does to the profile shows in both sides. */
export const Transformed: Story = {
  ...answering('sandwich transformed', small),
  args: {
    defaultState: { pivot: 'hash', transforms: [{ type: 'merge-function', frame: 'handle' }] },
  },
  play: async ({ canvas }) => {
    const callers = await canvas.findByRole('treegrid', { name: 'Callers of hash' });
    const rows = within(callers)
      .getAllByRole('rowheader')
      .map((row) => row.textContent);
    await expect(rows).toEqual(['hash', 'main']);
  },
};

export const Choosing: Story = answering('sandwich choosing', buildStep());
export const ChoosingDark = dark(Choosing);
export const ChoosingNarrow = narrow(Choosing);

/** A link may name a function that newer data no longer has. */
export const FunctionGone: Story = {
  ...answering('sandwich gone', small),
  args: { defaultState: { pivot: 'legacy' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('“legacy” is not in this profile')).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Choose a function' }));
    await expect(await canvas.findByRole('grid')).toBeVisible();
  },
};

export const TenThousandDeep: Story = {
  ...answering('sandwich deep', deepProfile(10_000)),
  args: { defaultState: { pivot: 'parser.term\u001fparser.go' } },
};

export const HostileNames: Story = {
  ...answering('sandwich hostile', hostileProfile()),
  args: { defaultState: { pivot: 'main\u001fmain.js' } },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('treegrid', { name: 'Callees of main' });
    await expect(canvasElement.querySelector('img, script, b')).toBeNull();
    await expect(hostileNames.length).toBeGreaterThan(1);
  },
};

export const Loading: Story = unanswered('sandwich loading');
export const LoadingDark = dark(Loading);
export const LoadingNarrow = narrow(Loading);

export const Empty: Story = answering('sandwich empty', emptyProfile());
export const EmptyDark = dark(Empty);
export const EmptyNarrow = narrow(Empty);

export const Failed: Story = refusing(
  'sandwich failed',
  new ProfileQueryError('limit', 'Timeout exceeded: elapsed 30 s.'),
);
export const FailedDark = dark(Failed);
export const FailedNarrow = narrow(Failed);

/** Without ClickHouse: what the engine computed, drawn as it is. */
export const DrawnOnly: Story = {
  render: () => (
    <SandwichView
      sandwich={sandwich(small, 'hash')}
      whole={100e6}
      state={{ ...DEFAULT_FLAME_STATE, pivot: 'hash', colorBy: 'self' }}
    />
  ),
};

export const RightToLeft: Story = {
  ...Recorded,
  render: (args) => (
    <div dir="rtl" lang="ar">
      <Sandwich {...args} locale="ar" />
    </div>
  ),
};
