import { useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { hashKey, QueryClientContext, type QueryClient } from '@tanstack/react-query';
import {
  createProfiles,
  type ProfileClient,
  type Profiles,
  type ProfilesOptions,
} from '@hyperflame/sdk';
import { sharedEngine, type Engine } from '@hyperflame/calltree/worker';
import { EngineContext } from '../engine/EngineContext.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
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
 * answers, and what is known of the database, are kept under the connection's name, not under the
 * object.
 */
export function ProfilesProvider(props: ProfilesProviderProps) {
  const { queryClient, engine, children, messages, locale, colorScheme, styleNonce } = props;
  const hosts = useContext(QueryClientContext);
  const own = useOwnQueryClient();
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
  const sameClient = useClient(client);
  const options = useSame({ database, tables, limits, settings, queryCache });
  const profiles = useMemo(() => {
    if (given || !sameClient) return given;
    const all = { client: sameClient, ...options };
    return createProfiles(all satisfies Record<keyof ProfilesOptions, unknown>);
  }, [given, sameClient, options]);
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

/** The same client for as long as it asks the same connection; it asks through the newest object. */
function useClient(client: ProfileClient | undefined): ProfileClient | undefined {
  const newest = useRef(client);
  // Before any component inside asks, which effects do.
  useBrowserLayoutEffect(() => {
    newest.current = client;
  }, [client]);
  const { key, byLine } = client ?? {};
  return useMemo(
    () =>
      key === undefined
        ? undefined
        : {
            key,
            byLine,
            send: (request) =>
              newest.current?.send(request) ?? Promise.reject(new Error('There is no client.')),
          },
    [key, byLine],
  );
}

/** The same object for as long as it says the same. */
function useSame<Options extends object>(options: Options): Options {
  const [same, setSame] = useState(options);
  if (hashKey([same]) === hashKey([options])) return same;
  setSame(options);
  return options;
}
