import { FlameGraph, ProfilesProvider } from '@hyperflame/react';
import { ProfileQueryError, type Profiles } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { answerOf, cpuAndWall, profilesOf } from './fixtures/answers.ts';
import { emptyProfile, partialProfile } from './fixtures/generated.ts';
import { buildStep } from './fixtures/recorded.ts';

const span = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };

const meta: Meta<typeof FlameGraph> = {
  title: 'FlameGraph',
  component: FlameGraph,
  args: span,
};
export default meta;
type Story = StoryObj<typeof FlameGraph>;

function asking(profiles: Profiles): Pick<Story, 'decorators'> {
  return {
    decorators: [
      (Story) => (
        <ProfilesProvider profiles={profiles}>
          <Story />
        </ProfilesProvider>
      ),
    ],
  };
}

export const Linked: Story = asking(
  profilesOf({
    key: 'linked',
    flamegraph: (question) => Promise.resolve(answerOf(buildStep(), question)),
    types: cpuAndWall,
  }),
);

export const Loading: Story = asking(
  profilesOf({ key: 'loading', flamegraph: () => new Promise(() => undefined) }),
);

export const Partial: Story = asking(
  profilesOf({
    key: 'partial',
    flamegraph: (question) => Promise.resolve(answerOf(partialProfile(), question)),
  }),
);

/** A span without samples of its own: its process can be looked at instead. */
export const Empty: Story = asking(
  profilesOf({
    key: 'empty',
    flamegraph: (question) =>
      Promise.resolve(
        question.linkage === 'estimated'
          ? answerOf(buildStep(), question, {
              estimate: {
                spanFound: true,
                from: new Date('2026-11-20T10:00:00Z'),
                to: new Date('2026-11-20T10:00:01Z'),
                service: 'shop',
                processBy: 'service.instance.id',
                spreadSamples: 0,
              },
            })
          : answerOf(emptyProfile(), question),
      ),
  }),
);

export const Estimate: Story = { ...Empty, args: { defaultState: { linkage: 'estimated' } } };

export const Failed: Story = asking(
  profilesOf({
    key: 'failed',
    flamegraph: () =>
      Promise.reject(
        new ProfileQueryError(
          'server',
          "Code: 497. DB::Exception: viewer: Not enough privileges. To execute this query, it's necessary to have the grant SELECT(StackId) ON default.otel_profiles. (ACCESS_DENIED)",
          { hint: 'Grant the user SELECT on the otel_profiles tables.', code: 497 },
        ),
      ),
  }),
);
