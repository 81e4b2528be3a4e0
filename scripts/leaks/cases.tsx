import type { ReactElement } from 'react';
import {
  buildCallTree,
  diffCallTrees,
  diffFunctionTable,
  frameKey,
  functionTable,
  moduleTree,
  sandwich,
} from '@hyperflame/calltree';
import * as components from '@hyperflame/react';
import { answerOf, heatmapOf, profilesOf } from '../../stories/fixtures/answers.ts';
import { bigProfile } from '../../stories/fixtures/generated.ts';

const {
  ChangeTableView,
  DiffFlameGraph,
  DiffFlameGraphView,
  FlameGraph,
  FlameGraphView,
  FrameInspector,
  FrameInspectorView,
  Icicle,
  MiniFlameGraph,
  ProfilesProvider,
  ProfileTimeline,
  ProfileTimelineView,
  ProfileTreemap,
  ProfileTreemapView,
  ProfileViewer,
  ProfileViewerView,
  Sandwich,
  SandwichView,
  TopTable,
  TopTableView,
} = components;

const stacks = bigProfile(400);
const after = bigProfile(500);
const tree = buildCallTree(stacks);
const diff = diffCallTrees(stacks, after);
const changes = diffFunctionTable(diff);
const functions = functionTable(tree);
const modules = moduleTree(functions);
const pivot = frameKey(functions.frames, functions.frame[0]);
const sides = sandwich(stacks, pivot);
const from = new Date('2026-11-20T10:00:00Z');
const timeRange = { from, to: new Date(+from + 60_000) };
const grid: components.TimeGrid = {
  from: +from,
  columnMs: 1000,
  columns: 60,
  rows: 1,
  unit: 'nanoseconds',
  weight: new Float64Array(60).fill(5e6),
};
const profiles = profilesOf({
  key: 'leaks',
  flamegraph: async (question) => answerOf(stacks, question),
  heatmap: async () => heatmapOf(from, 60),
});
const asking = (component: ReactElement) => (
  <ProfilesProvider profiles={profiles}>{component}</ProfilesProvider>
);

/** One of each component, over data that stays: whatever grows is the component's own. */
export const CASES: Readonly<Record<string, () => ReactElement>> = {
  FlameGraphView: () => <FlameGraphView tree={tree} />,
  Icicle: () => <Icicle tree={tree} />,
  DiffFlameGraphView: () => <DiffFlameGraphView tree={diff} />,
  ChangeTableView: () => <ChangeTableView table={changes} />,
  MiniFlameGraph: () => <MiniFlameGraph tree={tree} />,
  TopTableView: () => <TopTableView table={functions} />,
  SandwichView: () => <SandwichView sandwich={sides} defaultState={{ pivot }} />,
  ProfileTreemapView: () => <ProfileTreemapView tree={modules} />,
  FrameInspectorView: () => <FrameInspectorView pivot={pivot} table={functions} sandwich={sides} />,
  ProfileTimelineView: () => <ProfileTimelineView grid={grid} />,
  ProfileViewerView: () => <ProfileViewerView stacks={stacks} />,
  FlameGraph: () => asking(<FlameGraph service="shop" />),
  TopTable: () => asking(<TopTable service="shop" />),
  Sandwich: () => asking(<Sandwich service="shop" defaultState={{ pivot }} />),
  ProfileTreemap: () => asking(<ProfileTreemap service="shop" />),
  FrameInspector: () => asking(<FrameInspector service="shop" defaultState={{ pivot }} />),
  ProfileTimeline: () => asking(<ProfileTimeline service="shop" timeRange={timeRange} />),
  DiffFlameGraph: () => asking(<DiffFlameGraph before={stacks} after={{ service: 'shop' }} />),
  ProfileViewer: () => asking(<ProfileViewer service="shop" timeRange={timeRange} />),
};

/** No picture of its own: it is part of every other case. */
const PARTS = ['ProfilesProvider'];

/** Components that nobody looks after here. */
export const FORGOTTEN = Object.entries(components)
  .filter(([name, value]) => /^[A-Z][a-z]/.test(name) && isComponent(value))
  .map(([name]) => name)
  .filter((name) => !Object.hasOwn(CASES, name) && !PARTS.includes(name));

/** Classes of errors begin with a capital letter as well. */
function isComponent(value: unknown): boolean {
  return typeof value === 'function' && !(value.prototype instanceof Error);
}
