import { useContext, useMemo, type ReactNode } from 'react';
import { QueryClientContext, type QueryClient } from '@tanstack/react-query';
import { createProfiles, type Profiles, type ProfilesOptions } from '@hyperflame/sdk';
import { sharedEngine, type Engine } from '@hyperflame/calltree/worker';
import { EngineContext } from '../engine/EngineContext.ts';
import { SettingsProvider } from '../theme/SettingsProvider.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import { ProfilesContext, type ProfilesContextValue } from './ProfilesContext.ts';
import { useOwnQueryClient } from './useOwnQueryClient.ts';

interface CommonProps extends SettingsProps {
  /** Cache of answers. The host's own if not said; without either, one that lives as long as this. */
  queryClient?: QueryClient;
  /** Where trees are computed; one worker for the whole page if not said. */
  engine?: Engine;
  children: ReactNode;
}

/** Either what to ask through, and of which tables; or questions that `createProfiles` made. */
export type ProfilesProviderProps = CommonProps &
  ((ProfilesOptions & { profiles?: undefined }) | { profiles: Profiles });

/**
 * Tells the components inside whom to ask. A client that is made anew on every render does no harm:
 * answers are kept under the connection's name, not under the object.
 */
export function ProfilesProvider(props: ProfilesProviderProps) {
  const { queryClient, engine, children, messages, locale, colorScheme, styleNonce } = props;
  const hosts = useContext(QueryClientContext);
  const own = useOwnQueryClient();
  // Told apart by their parts: the props object itself is another one on every render.
  const {
    profiles: given,
    client,
    database,
    tables,
    limits,
    settings,
    queryCache,
  } = {
    client: undefined,
    database: undefined,
    tables: undefined,
    limits: undefined,
    settings: undefined,
    queryCache: undefined,
    ...props,
  };
  const profiles = useMemo(() => {
    if (given || !client) return given;
    const options = { client, database, tables, limits, settings, queryCache };
    return createProfiles(options satisfies Record<keyof ProfilesOptions, unknown>);
  }, [given, client, database, tables, limits, settings, queryCache]);
  const value = useMemo<ProfilesContextValue>(
    () => ({ profiles, queryClient: queryClient ?? hosts ?? own }),
    [profiles, queryClient, hosts, own],
  );
  const engineOf = useMemo(() => (engine ? () => engine : sharedEngine), [engine]);
  return (
    <ProfilesContext.Provider value={value}>
      <EngineContext.Provider value={engineOf}>
        <SettingsProvider {...{ messages, locale, colorScheme, styleNonce }}>
          {children}
        </SettingsProvider>
      </EngineContext.Provider>
    </ProfilesContext.Provider>
  );
}
