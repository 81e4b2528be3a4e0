import { applyTransform } from '@hyperflame/calltree';
import { processWindow, type ProfileScope, type Profiles } from '@hyperflame/sdk';
import { HOSTILE_SERVICE, spanIdOf, traceIdOf } from '../../packages/sdk/src/testing/corpus.ts';
import { readableFunction, readableStacks } from '../../packages/sdk/src/testing/readable.ts';
import type { Corpus } from './corpus.ts';

/** Every question that the SDK has, by a name for a person to read. */
export function questions({
  from,
  to,
}: Corpus): [string, (profiles: Profiles) => Promise<unknown>][] {
  const hour = 3_600_000;
  const at = (hours: number) => new Date(from.getTime() + hours * hour);
  const timeRange = { from, to };
  const scopes: [string, ProfileScope][] = [
    ['everything', { timeRange }],
    ['without a time range', {}],
    ['a day', { timeRange: { from: at(24), to: at(48) } }],
    ['a day and a half', { timeRange: { from: at(12), to: at(48) } }],
    ['from minute to minute', { timeRange: { from: at(0.25), to: at(24.6) } }],
    ['from second to second', { timeRange: { from: at(0.1234), to: at(47.4321) } }],
    ['a service', { timeRange, service: 'checkout' }],
    ['a hostile service', { timeRange, service: HOSTILE_SERVICE }],
    ['a workload', { timeRange, workload: 'worker' }],
    ['a pod', { timeRange, resource: { 'k8s.pod.name': 'checkout-b' } }],
    ['a thread', { timeRange, attributes: [{ on: 'sample', key: 'thread.name', value: 'main' }] }],
    ['a trace', { traceId: traceIdOf(2) }],
    ['a span', { traceId: traceIdOf(2), spanId: spanIdOf(2, 1) }],
    [
      'a span and those below',
      { traceId: traceIdOf(3), spanId: spanIdOf(3, 0), includeChildren: true },
    ],
    ['a span’s process', processWindow({ traceId: traceIdOf(1), spanId: spanIdOf(1, 3) })],
    [
      'stacks with a function',
      { timeRange, containing: { name: 'function1', file: 'file1.ts', mapping: '' } },
    ],
  ];
  const types = ['samples:count:cpu:nanoseconds', 'alloc_space:bytes:space:bytes'];
  return [
    ...scopes.flatMap(([name, scope]) => [
      ...types.map((profileType): Question => [
        `flame graph of ${name}, ${profileType}`,
        async (profiles) => {
          const { stacks, ...rest } = await profiles.flamegraph({ ...scope, profileType });
          return { ...rest, stacks: sorted(readableStacks(stacks)) };
        },
      ]),
      [
        `top functions of ${name}`,
        async (profiles) => {
          const { functions, ...rest } = await profiles.topFunctions({
            ...scope,
            profileType: types[0],
            limit: 1_000,
          });
          const read = functions.map(
            (one) =>
              [
                readableFunction(one),
                [one.self, one.total, one.selfSamples, one.totalSamples],
              ] as const,
          );
          return { ...rest, functions: sorted(new Map(read)) };
        },
      ] satisfies Question,
      [`profile types of ${name}`, (profiles) => profiles.profileTypes(scope)] satisfies Question,
    ]),
    ...scopes
      .filter(([, scope]) => scope.linkage !== 'estimated')
      .map(([name, scope]): Question => [
        `services of ${name}`,
        (profiles) => profiles.services(scope),
      ]),
    [
      'lines of everything',
      async (profiles) => {
        const { stacks, ...rest } = await profiles.flamegraph({
          timeRange,
          profileType: types[0],
          granularity: 'line',
        });
        return { ...rest, stacks: sorted(readableStacks(stacks)) };
      },
    ],
    ...[
      ['service.name'],
      ['k8s.namespace.name', 'k8s.workload.name'],
      ['k8s.pod.name', 'thread.name'],
    ].map((groupBy): Question => [
      `flame graph by ${groupBy.join(' and ')}`,
      async (profiles) => {
        const { stacks, ...rest } = await profiles.flamegraph({
          ...{ timeRange, profileType: types[0], groupBy, maxGroups: 2, maxStacks: 100 },
        });
        const grouped = groupBy.reduce(
          (table, label) => applyTransform(table, { type: 'group-by-label', label }),
          stacks,
        );
        return { ...rest, stacks: sorted(readableStacks(grouped)) };
      },
    ]),
    [
      'the ten heaviest stacks',
      async (profiles) => {
        const { stacks, leftOut } = await profiles.flamegraph({
          timeRange,
          profileType: types[1],
          maxStacks: 10,
        });
        return { leftOut, weights: [...stacks.weight].sort((a, b) => b - a) };
      },
    ],
    [
      'functions by name',
      async (profiles) => {
        const { functions } = await profiles.findFunctions({
          timeRange,
          profileType: types[0],
          text: 'FUNCTION',
        });
        return functions.map((one) => [readableFunction(one), one.self, one.total]).sort();
      },
    ],
    [
      'timeline by hour',
      (profiles) => profiles.timeline({ timeRange, profileType: types[0], bucketSeconds: 3_600 }),
    ],
    [
      'timeline of a service by five minutes',
      (profiles) =>
        profiles.timeline({
          timeRange: { from, to: at(6) },
          service: 'checkout',
          profileType: types[0],
          bucketSeconds: 300,
        }),
    ],
    [
      'heatmap of ten minutes',
      (profiles) => profiles.heatmap({ timeRange: { from, to: at(1 / 6) }, profileType: types[0] }),
    ],
    ['facets', (profiles) => profiles.facets({ timeRange })],
    ['facets with a text', (profiles) => profiles.facets({ timeRange, text: 'CHECK' })],
    ['facets of a service', (profiles) => profiles.facets({ timeRange, service: 'checkout' })],
    ['spans with samples', (profiles) => profiles.spanSampleCounts({ traceId: traceIdOf(4) })],
  ];
}

type Question = [string, (profiles: Profiles) => Promise<unknown>];

const sorted = (map: ReadonlyMap<string, unknown>) =>
  [...map].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
