import { FlameGraph, ProfilesProvider, type FlameGraphProps } from '@hyperflame/react';
import { ProfileQueryError, type FlamegraphAnswer } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { expect, userEvent, waitFor } from 'storybook/test';
import { answerOf, profilesOf } from './fixtures/answers.ts';
import { buildStep } from './fixtures/recorded.ts';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';

/** What is seen of an answer that is no longer fresh, while it is asked for anew and when that fails. */
const meta: Meta<typeof FlameGraph> = {
  title: 'Asking/Asked again',
  component: FlameGraph,
  args: { service: 'shop' },
};
export default meta;
type Story = StoryObj<typeof FlameGraph>;

const recorded = buildStep();

/** Asks anew once the first answer is drawn; `next` is what comes then, and after that the first again. */
function askedAgain(next: () => Promise<FlamegraphAnswer>): Story {
  let asked = 0;
  let client = new QueryClient();
  const profiles = profilesOf({
    key: 'asked again',
    flamegraph: async (question) => (asked++ === 1 ? next() : answerOf(recorded, question)),
  });
  return {
    beforeEach: () => {
      asked = 0;
      client = new QueryClient();
    },
    render: (args: FlameGraphProps) => (
      <QueryClientProvider client={client}>
        <ProfilesProvider profiles={profiles}>
          <FlameGraph {...args} />
        </ProfilesProvider>
      </QueryClientProvider>
    ),
    play: async ({ canvasElement }) => {
      await new Picture(canvasElement).painted();
      void client.invalidateQueries();
    },
  };
}

const updating = askedAgain(() => new Promise(() => undefined));

/** The last answer stays, to be zoomed and searched. */
export const Updating: Story = {
  ...updating,
  play: async (context) => {
    await updating.play?.(context);
    await expect(await context.canvas.findByText(/^Updating: /)).toBeInTheDocument();
    await expect(new Picture(context.canvasElement).canvas).toBeVisible();
  },
};
export const UpdatingDark = dark(Updating);

const stale = askedAgain(() =>
  Promise.reject(new ProfileQueryError('limit', 'Timeout exceeded: elapsed 30 s.')),
);

/** What failed, and the last answer below it. */
export const Stale: Story = {
  ...stale,
  play: async (context) => {
    await stale.play?.(context);
    const said = await context.canvas.findByRole('alert');
    await expect(said).toHaveTextContent('Not up to date');
    await expect(said).toHaveTextContent('Timeout exceeded: elapsed 30 s.');
    await expect(new Picture(context.canvasElement).canvas).toBeVisible();
  },
};
export const StaleDark = dark(Stale);
export const StaleNarrow = narrow(Stale);

/** Asked once more, it is fresh again and nothing is said any longer. */
export const FreshAgain: Story = {
  ...stale,
  play: async (context) => {
    await stale.play?.(context);
    const said = await context.canvas.findByRole('alert');
    await userEvent.click(await context.canvas.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(said).not.toBeInTheDocument());
    await expect(context.canvas.queryByText('Not up to date')).toBeNull();
  },
};
