import { functionTable, makeStackTable, sandwich, type StackTable } from '@hyperflame/calltree';
import { FrameInspector, FrameInspectorView } from '@hyperflame/react';
import { ProfileQueryError } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { emptyProfile, hostileNames, hostileProfile } from './fixtures/generated.ts';
import { buildStep } from './fixtures/recorded.ts';
import { answering, refusing, unanswered } from './support/asking.tsx';
import { dark, narrow } from './support/dark.ts';
import { plain } from './support/plain.ts';

const at = (name: string, line: number) =>
  ({ name, file: 'src/cart.ts', line, kind: 'v8js' }) as const;
/** `price` recurs: over all places it has 80 of 100, and is called from line 12 and from line 30. */
const small = makeStackTable(
  [
    { frames: [at('serve', 3), at('price', 12), at('price', 30)], weight: 20e6, count: 2 },
    { frames: [at('serve', 3), at('price', 12), at('tax', 44)], weight: 30e6, count: 3 },
    { frames: [at('test', 90), at('price', 30)], weight: 30e6, count: 3 },
    { frames: [at('serve', 4)], weight: 20e6, count: 2 },
  ],
  { unit: 'nanoseconds' },
);
const price = 'price\u001fsrc/cart.ts';

const meta: Meta<typeof FrameInspector> = {
  title: 'Asking/FrameInspector',
  component: FrameInspector,
  args: { service: 'shop', onStateChange: fn() },
};
export default meta;
type Story = StoryObj<typeof FrameInspector>;

const pivotOf = (stacks: StackTable, name: string): string => {
  const { frames } = stacks;
  for (let frame = 0; frame < frames.length; frame++) {
    if (frames.strings[frames.name[frame]] === name) {
      return `${name}\u001f${frames.strings[frames.file[frame]]}`;
    }
  }
  throw new Error(`There is no ${name}`);
};

/** From function to function by key: what was pressed goes, and the focus goes on. */
export const NeighboursByKey: Story = {
  ...answering('inspector neighbours', small),
  args: { defaultState: { pivot: price } },
  play: async ({ canvas }) => {
    (await canvas.findByRole('button', { name: 'serve' })).focus();
    await userEvent.keyboard('{Enter}');
    const heading = await canvas.findByRole('heading', { name: 'serve' });
    await waitFor(() => expect(heading).toHaveFocus());
    // As the function's own neighbours come, it stays there.
    await canvas.findByRole('button', { name: 'price' });
    await expect(heading).toHaveFocus();
    await userEvent.tab();
    await expect(canvas.getByRole('button', { name: 'price' })).toHaveFocus();
  },
};

export const Recorded: Story = {
  ...answering('inspector recorded', buildStep()),
  args: {
    defaultState: { pivot: pivotOf(buildStep(), 'printDocToString') },
    sourceLink: ({ file, line }) => `https://git.example/${encodeURIComponent(file)}#L${line}`,
  },
};
export const RecordedDark = dark(Recorded);
export const RecordedNarrow = narrow(Recorded);
export const RecordedNarrowDark = dark(narrow(Recorded));

/** Recursion counts once, and each line has its own weight. */
export const Figures: Story = {
  ...answering('inspector figures', small),
  args: {
    defaultState: { pivot: price },
    sourceLink: ({ file, line }) => `https://git.example/${file}${line > 0 ? `#L${line}` : ''}`,
  },
  play: async ({ canvas, args }) => {
    const region = await canvas.findByRole('region', { name: 'Details of price' });
    // On paper too, a bar says how much.
    const bar = getComputedStyle(region.querySelector('.hf-meter i')!);
    await expect(bar.printColorAdjust).toBe('exact');
    const rows = within(within(region).getByRole('table'))
      .getAllByRole('row')
      .map((row) => plain(row.textContent));
    await expect(rows).toEqual([
      'In 3 placesTotalSelf',
      'Weight80 ms50 ms',
      'Share80%50%',
      'Samples85',
    ]);
    await within(region).findByText('Line 12');
    const listed = within(region)
      .getAllByRole('listitem')
      .map((item) => plain(item.textContent));
    await expect(listed).toEqual([
      'serve50 ms',
      'test30 ms',
      'tax30 ms',
      'price20 ms',
      'Line 1250 ms · Self 0',
      'Line 3050 ms · Self 50 ms',
    ]);
    await expect(within(region).getByRole('link', { name: 'Open source' })).toHaveAttribute(
      'href',
      'https://git.example/src/cart.ts',
    );
    await expect(within(region).getByRole('link', { name: 'Line 30' })).toHaveAttribute(
      'href',
      'https://git.example/src/cart.ts#L30',
    );
    await userEvent.click(within(region).getByRole('button', { name: 'tax' }));
    await expect(await canvas.findByRole('region', { name: 'Details of tax' })).toBeVisible();
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ pivot: 'tax\u001fsrc/cart.ts' }),
    );
  },
};

/** Labels of the samples, and a source link that a page must not follow. */
export const LabelsAndAHostileLink: Story = {
  render: () => (
    <FrameInspectorView
      pivot={price}
      table={functionTable(small)}
      sandwich={sandwich(small, price)}
      sourceLink={() => 'java\nscript:window.hacked=true'}
      labels={[
        {
          on: 'sample',
          key: 'thread.name',
          rows: 8,
          valueCount: 12,
          values: [
            { value: 'worker-1', rows: 5 },
            { value: hostileNames[0], rows: 2 },
          ],
        },
      ]}
      onClose={() => undefined}
    />
  ),
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('worker-1')).toBeVisible();
    await expect(await canvas.findByText(hostileNames[0])).toBeVisible();
    await expect(canvas.queryByRole('link')).toBeNull();
    await expect(canvasElement.querySelector('img')).toBeNull();
  },
};
export const LabelsAndAHostileLinkDark = dark(LabelsAndAHostileLink);

export const HostileNames: Story = {
  ...answering('inspector hostile', hostileProfile()),
  args: { defaultState: { pivot: 'main\u001fmain.js' } },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('region', { name: 'Details of main' });
    await expect(canvasElement.querySelector('img, script, b')).toBeNull();
  },
};

export const NothingChosen: Story = answering('inspector nothing', small);
export const FunctionGone: Story = {
  ...answering('inspector gone', small),
  args: { defaultState: { pivot: 'legacy' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('“legacy” is not in this profile')).toBeVisible();
  },
};

export const Loading: Story = unanswered('inspector loading');
export const LoadingDark = dark(Loading);
export const LoadingNarrow = narrow(Loading);
export const Empty: Story = answering('inspector empty', emptyProfile());
export const EmptyDark = dark(Empty);
export const EmptyNarrow = narrow(Empty);
export const Failed: Story = {
  ...refusing('inspector failed', new ProfileQueryError('network', 'Failed to fetch')),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toBeVisible();
  },
};
export const FailedDark = dark(Failed);
export const FailedNarrow = narrow(Failed);

export const RightToLeft: Story = {
  ...Figures,
  play: undefined,
  render: (args) => (
    <div dir="rtl" lang="ar">
      <FrameInspector {...args} locale="ar" />
    </div>
  ),
};
