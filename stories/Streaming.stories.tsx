import { sharedEngine, type Engine } from '@hyperflame/calltree/worker';
import { FlameGraph } from '@hyperflame/react';
import type { Profiles } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { answerOf, heaviestOf, profilesOf } from './fixtures/answers.ts';
import { buildStep } from './fixtures/recorded.ts';
import { asking } from './support/asking.tsx';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';

/** What is seen while an answer comes, and while its tree is computed, where either takes long. */
const meta: Meta<typeof FlameGraph> = {
  title: 'Asking/Streaming',
  component: FlameGraph,
  args: { service: 'shop' },
};
export default meta;
type Story = StoryObj<typeof FlameGraph>;

const recorded = buildStep();
const all = recorded.weight.length;

/** A server that has sent the heaviest stacks, this many, and is at the rest. */
const sent = (key: string, count: number): Profiles =>
  profilesOf({
    key,
    flamegraph(question, { onPartial } = {}) {
      onPartial?.(heaviestOf(recorded, { ...question, maxStacks: count }), count / all);
      return new Promise(() => undefined);
    },
  });

/** The heaviest stacks, the rest as one node, and all totals as they will be. */
export const Streaming: Story = {
  ...asking(sent('streaming', 300)),
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const share = Math.round((300 / all) * 100);
    const bar = await canvas.findByRole('progressbar', { name: 'Loading stacks' });
    await expect(bar).toHaveAttribute('aria-valuenow', String(share));
    await expect(
      await canvas.findByText(`${share}% of the stacks · totals are exact`),
    ).toBeVisible();
    await expect(await canvas.findByText(/1,379 samples$/)).toBeVisible();
    // Its coming is announced once; how far it is can be asked for.
    const said = await canvas.findByText(
      /^The heaviest stacks are shown while the rest is loading/,
    );
    await expect(said).toHaveAttribute('role', 'status');
    await expect(canvas.queryByText('Partial')).toBeNull();
  },
};
export const StreamingDark = dark(Streaming);
export const StreamingNarrow = narrow(Streaming);

/** An engine whose trees are never done. */
function slowEngine(): Engine {
  const engine = Object.create(sharedEngine()) as Engine;
  engine.start = () => undefined;
  engine.tree = (_, __, request) => {
    let share = 0;
    const timer = setInterval(
      () => request?.onProgress?.((share = Math.min(0.6, share + 0.1))),
      60,
    );
    request?.signal?.addEventListener('abort', () => clearInterval(timer));
    return new Promise(() => undefined);
  };
  return engine;
}

/** A tree that takes longer than a moment: how much of it is done, as a line. */
export const Computing: Story = {
  ...asking(
    profilesOf({ key: 'computing', flamegraph: async (asked) => answerOf(recorded, asked) }),
    slowEngine(),
  ),
  play: async ({ canvas }) => {
    const bar = await canvas.findByRole('progressbar', { name: 'Computing' });
    await waitFor(() => expect(bar).toHaveAttribute('aria-valuenow', '60'));
  },
};
export const ComputingDark = dark(Computing);
export const ComputingNarrow = narrow(Computing);
