import { functionTable } from '@hyperflame/calltree';
import { TopTableView } from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { buildStep } from './fixtures/recorded.ts';

const meta: Meta<typeof TopTableView> = {
  title: 'TopTable',
  component: TopTableView,
  args: { table: functionTable(buildStep()) },
};
export default meta;
type Story = StoryObj<typeof TopTableView>;

export const Recorded: Story = {};
