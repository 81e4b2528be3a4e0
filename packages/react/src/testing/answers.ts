import type { StackTable } from '@hyperflame/calltree';
import type { FlamegraphAnswer, Profiles } from '@hyperflame/sdk';

/** A plain answer: these stacks, and what the table says of the rest. */
export function answerWith(
  stacks: StackTable,
  other: Partial<FlamegraphAnswer> = {},
): FlamegraphAnswer {
  const sum = (column: Float64Array) => column.reduce((all, value) => all + value, 0);
  return {
    stacks,
    profileType: `cpu:${stacks.unit}::`,
    unit: stacks.unit,
    total: sum(stacks.weight) + stacks.otherWeight,
    samples: sum(stacks.count) + stacks.otherCount,
    linkage: 'linked',
    estimate: undefined,
    sampling: undefined,
    exact: true,
    complete: true,
    expired: [],
    skipped: { stacks: 0, weight: 0, samples: 0 },
    leftOut: { stacks: 0, weight: 0, samples: 0 },
    unplacedSpans: 0,
    otherUnits: [],
    unknownStacks: 0,
    stats: {
      tables: [{ table: 'otel_profiles', from: undefined, to: undefined }],
      wireLength: 1,
      durationMs: 1,
      rowsRead: undefined,
      bytesRead: undefined,
    },
    ...other,
  };
}

/** Answers one kind of question; lists are empty, and others are not to be asked. */
export function profilesAnswering(key: string, flamegraph: Profiles['flamegraph']): Profiles {
  const stats = { tables: [], wireLength: 1, durationMs: 1, rowsRead: 0, bytesRead: 0 };
  const list = () => Promise.resolve({ items: [], complete: true, expired: [], stats });
  const notAsked = () => Promise.reject(new Error('not asked'));
  return {
    key,
    flamegraph,
    topFunctions: notAsked,
    findFunctions: notAsked,
    timeline: notAsked,
    heatmap: notAsked,
    facets: list,
    profileTypes: list,
    services: list,
    spanSampleCounts: list,
  };
}
