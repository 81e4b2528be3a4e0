import { createRoot } from 'react-dom/client';
import { createClient } from '@clickhouse/client-web';
import {
  FlameGraph,
  FrameInspector,
  ProfilesProvider,
  ProfileTimeline,
  ProfileTreemap,
  ProfileViewer,
  Sandwich,
  TopTable,
  useUrlFlameState,
} from '@hyperflame/react';
import { fromClickHouseWeb } from '@hyperflame/sdk';

/** What the test has put into the address. */
const asked = new URLSearchParams(window.location.search);
const wanted = (name: string): string => asked.get(name) ?? '';

const client = fromClickHouseWeb(
  createClient({ url: wanted('clickhouse'), username: 'viewer', password: 'viewer' }),
);
const scope = {
  service: wanted('service'),
  timeRange: { from: new Date(Number(wanted('from'))), to: new Date(Number(wanted('to'))) },
  maxStacks: Number(wanted('maxStacks')) || undefined,
};

/** Each component by itself, and one state for all of them. */
function Parts() {
  const held = useUrlFlameState();
  const parts = {
    timeline: <ProfileTimeline {...scope} {...held} timeZone="UTC" />,
    graph: <FlameGraph {...scope} {...held} height={200} />,
    table: <TopTable {...scope} {...held} height={240} />,
    treemap: <ProfileTreemap {...scope} {...held} height={240} />,
    sandwich: <Sandwich {...scope} {...held} />,
    inspector: <FrameInspector {...scope} {...held} />,
  };
  return Object.entries(parts).map(([name, part]) => (
    <section key={name} aria-label={name}>
      {part}
    </section>
  ));
}

const Viewer = () => <ProfileViewer {...scope} {...useUrlFlameState()} height={800} />;

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <ProfilesProvider client={client} database={wanted('database')} locale="en-GB">
    {wanted('show') === 'viewer' ? <Viewer /> : <Parts />}
  </ProfilesProvider>,
);
