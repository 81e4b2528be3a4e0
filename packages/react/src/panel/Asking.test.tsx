// @vitest-environment jsdom
import type { ComponentType } from 'react';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeStackTable } from '@hyperflame/calltree';
import { createEngine } from '@hyperflame/calltree/worker';
import {
  FlameGraph,
  FrameInspector,
  ProfilesProvider,
  ProfileTreemap,
  Sandwich,
  TopTable,
  type FlameGraphProps,
} from '../index.ts';
import { answerWith, profilesAnswering } from '../testing/answers.ts';

afterEach(cleanup);

const engine = createEngine({ worker: false });
const stacks = makeStackTable([
  { frames: ['main', 'hash'], weight: 5, count: 5 },
  { frames: ['gc'], weight: 1, count: 1 },
]);
const profiles = profilesAnswering('parts', async () => answerWith(stacks));

type PartProps = Pick<FlameGraphProps, 'service' | 'defaultState' | 'onStateChange' | 'toolbar'>;
const without = { transforms: [{ type: 'drop-function', frame: 'gc' }] } as const;

describe.each<[string, ComponentType<PartProps>]>([
  ['graph', FlameGraph],
  ['table', TopTable],
  ['treemap', ProfileTreemap],
  ['sandwich', Sandwich],
])('a %s by itself', (_, Part) => {
  const show = (props: PartProps) =>
    render(
      <ProfilesProvider profiles={profiles} engine={engine}>
        <Part service="shop" {...props} />
      </ProfilesProvider>,
    );

  it.each([true, false])(
    'shows what was changed, and takes it back; toolbar: %s',
    async (toolbar) => {
      const onStateChange = vi.fn();
      show({ defaultState: without, onStateChange, toolbar });
      fireEvent.click(await screen.findByRole('button', { name: 'Take back: Without gc' }));
      expect(onStateChange.mock.lastCall?.[0]).toMatchObject({ transforms: [] });
      await waitFor(() => expect(screen.queryByText('Without gc')).toBeNull());
      expect(screen.queryByRole('button', { name: 'Filter and group' }) !== null).toBe(toolbar);
    },
  );
});

it('an inspector is about one function, and changes nothing', async () => {
  render(
    <ProfilesProvider profiles={profiles} engine={engine}>
      <FrameInspector service="shop" defaultState={{ ...without, pivot: 'main' }} />
    </ProfilesProvider>,
  );
  await screen.findByRole('heading', { name: 'main' });
  expect(screen.queryByRole('group', { name: 'Changes to the profile' })).toBeNull();
});
