import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import {
  buildCallTree,
  diffCallTrees,
  functionTable,
  makeStackTable,
  moduleTree,
  sandwich,
  type StackTable,
} from '@hyperflame/calltree';
import type { Profiles } from '@hyperflame/sdk';
import {
  DiffFlameGraph,
  DiffFlameGraphView,
  FlameGraph,
  FlameGraphView,
  FrameInspector,
  FrameInspectorView,
  Icicle,
  MiniFlameGraph,
  ProfileTimeline,
  ProfileTimelineView,
  ProfileTreemap,
  ProfileTreemapView,
  ProfileViewer,
  ProfileViewerView,
  Sandwich,
  SandwichView,
  useUrlFlameState,
  ProfilesProvider,
  TopTable,
  TopTableView,
  type TimeGrid,
} from './index.ts';

const stacks: StackTable = makeStackTable([{ frames: ['main', '<img src=x>'], weight: 1 }]);
const pending = () => new Promise<never>(() => undefined);
const profiles: Profiles = {
  key: 'server',
  flamegraph: pending,
  topFunctions: pending,
  findFunctions: pending,
  timeline: pending,
  heatmap: pending,
  facets: pending,
  profileTypes: pending,
  services: pending,
  spanSampleCounts: pending,
};

const grid: TimeGrid = {
  from: 0,
  columnMs: 1000,
  columns: 2,
  rows: 1,
  weight: Float64Array.of(1, 2),
  unit: 'count',
};

function InTheAddress() {
  return <ProfileViewerView {...useUrlFlameState()} stacks={stacks} />;
}

describe('on a server, without window and document', () => {
  it.each([
    ['FlameGraphView', <FlameGraphView tree={buildCallTree(stacks)} />],
    ['Icicle', <Icicle tree={buildCallTree(stacks)} height="fill" />],
    ['DiffFlameGraphView', <DiffFlameGraphView tree={diffCallTrees(stacks, stacks)} />],
    ['DiffFlameGraph', <DiffFlameGraph before={stacks} after={stacks} />],
    ['TopTableView', <TopTableView table={functionTable(stacks)} />],
    [
      'SandwichView',
      <SandwichView sandwich={sandwich(stacks, 'main')} defaultState={{ pivot: 'main' }} />,
    ],
    ['ProfileTreemapView', <ProfileTreemapView tree={moduleTree(functionTable(stacks))} />],
    [
      'FrameInspectorView',
      <FrameInspectorView
        pivot="main"
        table={functionTable(stacks)}
        sandwich={sandwich(stacks, 'main')}
      />,
    ],
    ['MiniFlameGraph', <MiniFlameGraph tree={buildCallTree(stacks)} />],
    ['ProfileTimelineView', <ProfileTimelineView grid={grid} />],
    ['ProfileViewerView', <ProfileViewerView stacks={stacks} />],
    ['ProfileViewerView with its state in the address', <InTheAddress />],
    [
      'ProfileViewer and all that ask',
      <ProfilesProvider profiles={profiles}>
        <ProfileViewer service="shop" timeRange={{ from: new Date(0), to: new Date(60_000) }} />
      </ProfilesProvider>,
    ],
    [
      'Sandwich',
      <ProfilesProvider profiles={profiles}>
        <Sandwich service="shop" />
      </ProfilesProvider>,
    ],
    [
      'ProfileTreemap',
      <ProfilesProvider profiles={profiles}>
        <ProfileTreemap service="shop" />
      </ProfilesProvider>,
    ],
    [
      'FrameInspector',
      <ProfilesProvider profiles={profiles}>
        <FrameInspector service="shop" />
      </ProfilesProvider>,
    ],
    [
      'ProfileTimeline',
      <ProfilesProvider profiles={profiles}>
        <ProfileTimeline
          service="shop"
          timeRange={{ from: new Date(0), to: new Date(7_200_000) }}
        />
      </ProfilesProvider>,
    ],
    [
      'FlameGraph',
      <ProfilesProvider profiles={profiles}>
        <FlameGraph service="shop" />
      </ProfilesProvider>,
    ],
    [
      'TopTable',
      <ProfilesProvider profiles={profiles}>
        <TopTable service="shop" />
      </ProfilesProvider>,
    ],
  ])('%s renders, with its style sheet as written', (_, element) => {
    expect(typeof window).toBe('undefined');
    const html = renderToString(<StrictMode>{element}</StrictMode>);
    expect(html).toContain('data-hyperflame');
    expect(html.match(/<style/g)).toHaveLength(1);
    expect(html).not.toContain('&gt;&gt;');
    expect(html).not.toContain('<img');
  });
});
