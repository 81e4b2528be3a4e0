import { DiffFlameGraph } from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { buildStep, buildStepCached } from './fixtures/recorded.ts';

const before = buildStep();
const after = buildStepCached();

const meta: Meta<typeof DiffFlameGraph> = {
  title: 'DiffFlameGraph',
  component: DiffFlameGraph,
  args: { before, after },
};
export default meta;
type Story = StoryObj<typeof DiffFlameGraph>;

export const Absolute: Story = {};
export const Relative: Story = { args: { defaultState: { diffForm: 'relative' } } };
export const Normalised: Story = { args: { defaultState: { diffForm: 'normalised' } } };
