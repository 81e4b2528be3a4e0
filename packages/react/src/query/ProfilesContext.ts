import { createContext, useContext } from 'react';
import { QueryClientContext, type QueryClient } from '@tanstack/react-query';
import type { Profiles } from '@hyperflame/sdk';

export interface ProfilesContextValue {
  readonly profiles: Profiles | undefined;
  /** Used where the host has no `<QueryClientProvider>` of its own. */
  readonly queryClient: QueryClient | undefined;
}

export const ProfilesContext = /* @__PURE__ */ createContext<ProfilesContextValue>({
  profiles: undefined,
  queryClient: undefined,
});

/** The questions that the nearest `<ProfilesProvider>` asks. Throws where there is none. */
export function useProfiles(): Profiles {
  const { profiles } = useContext(ProfilesContext);
  if (!profiles) throw new Error('Put a <ProfilesProvider> round this component.');
  return profiles;
}

export function useProfilesQueryClient(): QueryClient | undefined {
  const hosts = useContext(QueryClientContext);
  const { queryClient } = useContext(ProfilesContext);
  return queryClient ?? hosts;
}
