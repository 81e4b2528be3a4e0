import { createClient } from '@clickhouse/client-web';
import { FlameGraph, ProfilesProvider } from '@hyperflame/react';
import { fromClickHouseWeb } from '@hyperflame/sdk';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const { searchParams } = new URL(location.href);
const client = fromClickHouseWeb(
  createClient({
    url: location.origin,
    pathname: '/clickhouse',
    username: 'viewer',
    password: 'viewer',
  }),
);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <ProfilesProvider client={client} database={searchParams.get('database') ?? ''}>
      <FlameGraph service={searchParams.get('service') ?? ''} height={400} />
    </ProfilesProvider>
  </StrictMode>,
);
