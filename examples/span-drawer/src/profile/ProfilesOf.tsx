import { ProfilesProvider } from '@hyperflame/react';
import { fromClickHouseWeb } from '@hyperflame/sdk';
import { useMemo, type ReactNode } from 'react';
import type { Connection } from '../data/clickhouse.ts';

interface ProfilesOfProps {
  connection: Connection;
  children: ReactNode;
}

/** All that Hyperflame needs to know of this page: the client that it already has. */
export function ProfilesOf({ connection, children }: ProfilesOfProps) {
  const client = useMemo(
    () => fromClickHouseWeb(connection.client, { key: connection.id }),
    [connection],
  );
  return (
    <ProfilesProvider client={client} database={connection.config.database}>
      {children}
    </ProfilesProvider>
  );
}
