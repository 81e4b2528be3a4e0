import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import {
  buildCallTree,
  diffCallTrees,
  functionTable,
  makeStackTable,
  type StackTable,
} from '@hyperflame/calltree';
import type { Profiles } from '@hyperflame/sdk';
import {
  DiffFlameGraph,
  DiffFlameGraphView,
  FlameGraph,
  FlameGraphView,
  Icicle,
  ProfilesProvider,
  TopTable,
  TopTableView,
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

describe('on a server, without window and document', () => {
  it.each([
    ['FlameGraphView', <FlameGraphView tree={buildCallTree(stacks)} />],
    ['Icicle', <Icicle tree={buildCallTree(stacks)} height="fill" />],
    ['DiffFlameGraphView', <DiffFlameGraphView tree={diffCallTrees(stacks, stacks)} />],
    ['DiffFlameGraph', <DiffFlameGraph before={stacks} after={stacks} />],
    ['TopTableView', <TopTableView table={functionTable(stacks)} />],
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
