import { buildCallTree } from '@hyperflame/calltree';
import { FlameGraphView } from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { bigProfile, deepProfile, hostileProfile, heapProfile } from './fixtures/generated.ts';
import { buildStep } from './fixtures/recorded.ts';

const meta: Meta<typeof FlameGraphView> = {
  title: 'FlameGraphView',
  component: FlameGraphView,
};
export default meta;
type Story = StoryObj<typeof FlameGraphView>;

const recorded = buildCallTree(buildStep());

export const Recorded: Story = { args: { tree: recorded } };
export const Flame: Story = { args: { tree: recorded, defaultState: { orientation: 'flame' } } };
export const ByKind: Story = { args: { tree: recorded, defaultState: { colorBy: 'kind' } } };
export const BySelf: Story = { args: { tree: recorded, defaultState: { colorBy: 'self' } } };
export const Searched: Story = { args: { tree: recorded, defaultState: { search: 'print' } } };
export const Heap: Story = { args: { tree: buildCallTree(heapProfile()) } };
export const Hostile: Story = { args: { tree: buildCallTree(hostileProfile()) } };
export const Deep: Story = { args: { tree: buildCallTree(deepProfile(10_000)) } };
export const Huge: Story = {
  render: (args) => <FlameGraphView {...args} tree={hugeTree()} />,
};

let huge: ReturnType<typeof buildCallTree> | undefined;
function hugeTree() {
  return (huge ??= buildCallTree(bigProfile(500_000)));
}
