import { ProfilesProvider } from '@hyperflame/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { client, database } from './clickhouse.ts';
import { Dashboard } from './Dashboard.tsx';
import './dashboard.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <ProfilesProvider client={client} database={database}>
      <Dashboard />
    </ProfilesProvider>
  </StrictMode>,
);
