import { TopTable } from '@hyperflame/react';
import { ProfileQueryError } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor } from 'storybook/test';
import { heaviestOf } from './fixtures/answers.ts';
import { emptyProfile, partialProfile } from './fixtures/generated.ts';
import { buildStep } from './fixtures/recorded.ts';
import { answering, refusing, unanswered } from './support/asking.tsx';
import { dark, narrow } from './support/dark.ts';

const meta: Meta<typeof TopTable> = {
  title: 'Asking/TopTable',
  component: TopTable,
  args: { service: 'shop', onStateChange: fn() },
};
export default meta;
type Story = StoryObj<typeof TopTable>;

export const Recorded: Story = answering('table recorded', buildStep());
export const RecordedDark = dark(Recorded);
export const RecordedNarrow = narrow(Recorded);

/** What is left out has no row, but it is in the whole that shares are of. */
export const Partial: Story = {
  ...answering('table partial', partialProfile()),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Partial')).toBeVisible();
    await expect(await canvas.findByRole('row', { name: /^main .*74%$/ })).toBeVisible();
    await expect(canvas.queryByText('(other)')).toBeNull();
  },
};
export const PartialNarrowDark = dark(narrow(Partial));

/** A part of the tree that was asked for elsewhere, in a graph with the same state. */
export const OnlyBelow: Story = {
  ...answering('table below', buildStep(), {
    flamegraph: async (question) => heaviestOf(buildStep(), question),
  }),
  args: { defaultState: { under: ['buildOnce\u001fstories/fixtures/record.ts'] } },
  play: async ({ canvas, args }) => {
    // Above whatever stands there, also while it loads.
    await waitFor(() => expect(canvas.getByRole('group', { name: 'Only below' })).toBeVisible());
    await expect(await canvas.findByText(/ functions$/)).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Whole profile' }));
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ under: [] }),
    );
    await expect(await canvas.findByText('1,237 functions')).toBeVisible();
  },
};

export const Loading: Story = unanswered('table loading');
export const LoadingDark = dark(Loading);
export const Empty: Story = answering('table empty', emptyProfile());
export const EmptyNarrowDark = dark(narrow(Empty));
export const Failed: Story = refusing(
  'table failed',
  new ProfileQueryError('network', 'Failed to fetch'),
);
export const FailedNarrowDark = dark(narrow(Failed));

export const RightToLeft: Story = {
  ...Recorded,
  render: (args) => (
    <div dir="rtl" lang="ar">
      <TopTable {...args} locale="ar" />
    </div>
  ),
};
