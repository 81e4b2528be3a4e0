import { buildCallTree, findPath, makeStackTable, sandwich } from '@hyperflame/calltree';
import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import { expect, it, vi } from 'vitest';
import { createNumberFormat } from '../format/numbers.ts';
import { frameDetails } from '../frames/frameDetails.ts';
import { defaultMessages } from '../messages/messages.ts';
import { dropRoot } from '../sandwich/dropRoot.ts';
import { frameEntries } from './frameEntries.ts';

const stacks = makeStackTable([
  { frames: ['main', 'hash', 'mix'], weight: 30 },
  { frames: ['main', 'gc'], weight: 70 },
]);
const settings = { messages: defaultMessages, format: createNumberFormat('en') };

const askBelow = vi.fn();
const run = vi.fn();
const menuOf = (tree: CallTree, node: NodeIndex) =>
  frameEntries(
    {
      ...{ tree, node, doings: { askBelow } },
      frame: frameDetails(tree, node, 100),
      callbacks: { actions: [{ id: 'mine', label: 'Mine', run }] },
    },
    settings,
  );

it('asks for what is below a place of the profile', () => {
  const tree = buildCallTree(stacks);
  menuOf(tree, findPath(tree, ['main', 'hash']))
    .find(({ id }) => id === 'below')
    ?.run();
  expect(askBelow).toHaveBeenCalledWith(['main', 'hash']);
});

it('has no place of the profile to ask for, or to tell of, in a sandwich', () => {
  const entries = menuOf(dropRoot(sandwich(stacks, 'hash').callees), 1);
  expect(entries.map(({ id }) => id)).not.toContain('below');
  entries.find(({ id }) => id === 'host-mine')?.run();
  expect(run).toHaveBeenLastCalledWith(
    expect.objectContaining({ name: 'mix', path: [], total: 30, whole: 100 }),
  );
});
