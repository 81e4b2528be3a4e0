import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { connect, ConnectionContext } from './data/clickhouse.ts';
import { SpanDrawer } from './drawer/SpanDrawer.tsx';
import { TraceDrawer } from './drawer/TraceDrawer.tsx';
import { Failure, Loading } from './faces/faces.tsx';
import { CONFIG_PATH, parsePageConfig, type PageConfig } from './page-config.ts';
import { ProfilesOf } from './profile/ProfilesOf.tsx';
import { Header } from './traces/Header.tsx';
import { TracesPage } from './traces/TracesPage.tsx';
import { usePlace } from './url/usePlace.ts';

export function App() {
  const config = useQuery({ queryKey: ['config'], queryFn: fetchConfig, staleTime: Infinity });
  return (
    <div className="app">
      <Header where={config.data?.clickhouseUrl} />
      {config.data !== undefined && <Connected config={config.data} />}
      {config.isPending && <Loading label="Loading configuration" />}
      {config.isError && (
        <Failure
          title="The page’s configuration could not be loaded"
          reason={config.error.message}
          onRetry={() => void config.refetch()}
        />
      )}
    </div>
  );
}

function Connected({ config }: { config: PageConfig }) {
  const connection = useMemo(() => connect(config), [config]);
  const [{ trace, span }] = usePlace();
  return (
    <ConnectionContext value={connection}>
      <ProfilesOf connection={connection}>
        <TracesPage />
        {trace !== '' && <TraceDrawer key={trace} traceId={trace} />}
        {trace !== '' && span !== '' && <SpanDrawer traceId={trace} spanId={span} />}
      </ProfilesOf>
    </ConnectionContext>
  );
}

async function fetchConfig(): Promise<PageConfig> {
  const response = await fetch(CONFIG_PATH);
  if (!response.ok) throw new Error(`${CONFIG_PATH} answered ${response.status}.`);
  return parsePageConfig(await response.json());
}
