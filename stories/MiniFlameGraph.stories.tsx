import { buildCallTree, makeStackTable } from '@hyperflame/calltree';
import { MiniFlameGraph } from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { bigProfile, deepProfile, emptyProfile } from './fixtures/generated.ts';
import { buildStep, buildStepCached } from './fixtures/recorded.ts';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';

const meta: Meta<typeof MiniFlameGraph> = {
  title: 'Drawing only/MiniFlameGraph',
  component: MiniFlameGraph,
  args: { tree: buildCallTree(buildStep()) },
};
export default meta;
type Story = StoryObj<typeof MiniFlameGraph>;

const profiles = [
  ['build', buildStep()],
  ['build, cached', buildStepCached()],
  ['search', bigProfile(50_000)],
  ['parser', deepProfile(2_000)],
  ['idle', emptyProfile()],
] as const;

/** What it is made for: one in each row of a table. */
export const InATable: Story = {
  render: (args) => (
    <table style={{ font: '13px system-ui', borderSpacing: '16px 8px' }}>
      <tbody>
        {profiles.map(([name, stacks]) => (
          <tr key={name} data-empty={stacks.weight.length === 0 || undefined}>
            <th
              style={{ fontWeight: 400, textAlign: 'start', color: 'light-dark(#1d2027, #e3e5ea)' }}
            >
              {name}
            </th>
            <td>
              <MiniFlameGraph {...args} tree={buildCallTree(stacks)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  ),
};
export const InATableDark = dark(InATable);
export const InATableNarrow = narrow(InATable);

/** What it says to those who do not see it. */
export const InWords: Story = {
  args: {
    tree: buildCallTree(
      makeStackTable(
        [
          { frames: ['main', 'hash'], weight: 60e6 },
          { frames: ['test', 'hash'], weight: 20e6 },
          { frames: ['main'], weight: 20e6 },
        ],
        { unit: 'nanoseconds' },
      ),
    ),
  },
  play: async ({ canvas }) => {
    await expect(
      await canvas.findByRole('img', {
        name: /^Flame graph of .?100\sms.?, most of it in hash \(80%\)$/,
      }),
    ).toBeVisible();
  },
};

/** What one heap has more than another and less: as wide as what comes and goes, not as their sum. */
export const BelowZero: Story = {
  args: {
    tree: buildCallTree(
      makeStackTable(
        [
          { frames: ['main', 'load'], weight: 15e6 },
          { frames: ['main', 'free'], weight: -25e6 },
        ],
        { unit: 'bytes' },
      ),
    ),
  },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole('img', { name: /load \(37\.5%\)$/ })).toBeVisible();
    await waitFor(() => expect(new Picture(canvasElement).colors().size).toBeGreaterThan(1));
  },
};

export const Large: Story = {
  args: { width: 300, height: 160, orientation: 'flame', colorBy: 'self' },
};
export const LargeDark = dark(Large);
