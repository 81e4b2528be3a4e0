import { buildCallTree, makeStackTable } from '@hyperflame/calltree';
import { FlameGraphView } from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent } from 'storybook/test';
import { Picture } from './support/picture.ts';

const tree = buildCallTree(
  makeStackTable(
    [
      { frames: ['main', 'json.read', 'json.token'], weight: 30e6, count: 3 },
      { frames: ['main', 'json.write'], weight: 20e6, count: 2 },
      { frames: ['main', 'hashPassword'], weight: 40e6, count: 4 },
      { frames: ['main', 'idle'], weight: 10e6, count: 1 },
    ],
    { unit: 'nanoseconds' },
  ),
);

const meta: Meta<typeof FlameGraphView> = {
  title: 'Drawing only/Search',
  component: FlameGraphView,
  args: { tree },
};
export default meta;
type Story = StoryObj<typeof FlameGraphView>;

/** Text, expressions, letters in order, several of them; the share counts nested matches once. */
export const Kinds: Story = {
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const box = canvas.getByRole('searchbox');
    const look = async (text: string, outcome: string): Promise<void> => {
      await userEvent.clear(box);
      await userEvent.click(box);
      await userEvent.paste(text);
      await expect(await canvas.findByText(outcome)).toBeVisible();
    };
    await look('json', '50% matched');
    await look('/^json\\.r/', '30% matched');
    await look('~hshpwd', '40% matched');
    await look('write || hash', '60% matched');
    await look('"json.read"', '30% matched');
    await look('/([/', 'Not a regular expression');
  },
};
