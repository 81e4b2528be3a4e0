import type { ReactNode } from 'react';
import type { StackTable } from '@hyperflame/calltree';
import type { Engine } from '@hyperflame/calltree/worker';
import { ProfilesProvider } from '@hyperflame/react';
import type { Profiles } from '@hyperflame/sdk';
import { answerOf, profilesOf } from '../fixtures/answers.ts';

type Heard = Parameters<typeof profilesOf>[0];

/** A story whose component asks these profiles. The page's own engine computes, if none is given. */
export const asking = (profiles: Profiles, engine?: Engine) => ({
  decorators: [
    (Story: () => ReactNode) => (
      <ProfilesProvider profiles={profiles} engine={engine}>
        <Story />
      </ProfilesProvider>
    ),
  ],
});

/** A story whose component is answered with these stacks. `key` is the story's own. */
export const answering = (key: string, stacks: StackTable, other: Partial<Heard> = {}) =>
  asking(profilesOf({ key, flamegraph: async (question) => answerOf(stacks, question), ...other }));

/** A story whose component is never answered. */
export const unanswered = (key: string, other: Partial<Heard> = {}) =>
  asking(profilesOf({ key, flamegraph: () => new Promise(() => undefined), ...other }));

/** A story whose component is refused an answer. */
export const refusing = (key: string, error: Error, other: Partial<Heard> = {}) =>
  asking(profilesOf({ key, flamegraph: () => Promise.reject(error), ...other }));
