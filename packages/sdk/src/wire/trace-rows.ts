import { parseProfileType } from '../profile-type.ts';
import { grouping } from '../questions/check.ts';
import type { FlamegraphQuestion } from '../questions/questions.ts';
import { stackCounts } from '../sql/flamegraph.ts';
import { OTHER_VALUES } from '../sql/groups.ts';
import { MOST_TRACE_STACKS } from '../sql/trace-flamegraph.ts';
import { parseRows, unreadable, type WireNumber } from './rows.ts';

/** `[id, profile type, unit, process identity, weight, samples, spread samples, labels]` */
type Weight = readonly [
  ...(readonly [WireNumber, string, string, number, WireNumber, number, number]),
  labels?: readonly string[],
];
/** `[id, frame ids]`, leaf first */
type Stack = readonly [WireNumber, readonly WireNumber[]];
/** `[id, function, file, mapping, kind, address, line]` */
type Frame = readonly [WireNumber, string, string, string, string, WireNumber, number];
type Answer = readonly [
  readonly Weight[],
  readonly Stack[],
  readonly Frame[],
  string,
  WireNumber,
  readonly string[],
];

/**
 * The answer to `traceFlamegraphQuery` as the rows in which `flamegraphQuery` would have answered:
 * of the one kind of profile that it would have chosen, the heaviest stacks first. Undefined when
 * the trace has too many stacks.
 */
export function traceRows(text: string, question: FlamegraphQuestion): string | undefined {
  const rows = parseRows(text) as Answer[];
  if (rows.length !== 1) throw unreadable(`it has ${rows.length} rows, where one was asked for`);
  const [weights, stacks, frames, linkage, unplacedSpans, span] = rows[0];
  if (weights.length > MOST_TRACE_STACKS) return undefined;

  const kinds = kindsOf(weights);
  const kind = kinds.reduce((best, other) => (comesBefore(other, best) ? other : best), kinds[0]);
  const otherUnits = kinds.flatMap(({ type, unit }) =>
    type === kind.type && unit !== kind.unit ? [unit] : [],
  );
  const { labels, maxGroups } = grouping(question);
  const groups = groupsOf(kind.stacks, labels.length, maxGroups);
  const stacksInGroups = groups.flatMap(({ stacks: own }, group) =>
    own.map((stack) => ({ stack, group })),
  );
  const head = [
    ...[linkage, kind.type, kind.unit, String(kind.processBy), String(kind.spread), ''],
    ...[String(stacksInGroups.length), '0', '0', '0', String(unplacedSpans)],
    ...[String(otherUnits.length), ...otherUnits, ...span],
  ];

  const framesOf = new Map(stacks.map(([id, ids]) => [String(id), ids]));
  const described = new Map(frames.map((frame) => [String(frame[0]), frame]));
  const numbers = new Map<string, number>();
  // Groups have positions as frames have, before them.
  const isGrouped = labels.length > 0;
  const first = isGrouped ? groups.length : 0;
  const groupRows = groups.slice(0, first).map(({ values, weight, samples }) => {
    const texts = labels.flatMap((key, i) => [key, values[i]]);
    return [4, [], String(weight), samples, texts];
  });
  const frameRows: unknown[] = [];
  const numberOf = (id: WireNumber): number => {
    const known = numbers.get(String(id));
    if (known !== undefined) return known;
    const number = first + numbers.size + 1;
    numbers.set(String(id), number);
    frameRows.push(frameRow(described.get(String(id)), question));
    return number;
  };
  const heaviest = stacksInGroups
    .sort((a, b) => byWeight(a.stack, b.stack))
    .slice(0, stackCounts(question).maxStacks);
  const stackRows = heaviest.map(({ stack: [id, , , , weight, samples], group }) => {
    const ids = framesOf.get(String(id));
    const path = ids?.map(numberOf).reverse() ?? [];
    const ofGroup = isGrouped && ids ? [group + 1] : [];
    return [ids ? 2 : 3, [0, ...ofGroup, ...path], weight, samples, []];
  });
  return [
    [0, [], String(kind.weight), kind.samples, head],
    ...groupRows,
    ...frameRows,
    ...stackRows,
  ]
    .map((row) => `${JSON.stringify(row)}\n`)
    .join('');
}

/** Stacks with the same values of all labels. */
interface Group {
  readonly values: readonly string[];
  readonly stacks: readonly Weight[];
  readonly weight: bigint;
  readonly samples: number;
}

/** As `groupedStacks` in SQL makes them. Without labels, all stacks are one group. */
function groupsOf(stacks: readonly Weight[], labels: number, maxGroups: number): Group[] {
  const kept = Array.from({ length: labels }, (_, i) => heaviestValues(stacks, i, maxGroups));
  const groups = new Map<string, { values: string[]; stacks: Map<string, Weight> }>();
  for (const stack of stacks) {
    const values = kept.map((of, i) => {
      const value = stack[7]?.[i] ?? '';
      return value === '' || of.has(value) ? value : OTHER_VALUES;
    });
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? { values, stacks: new Map<string, Weight>() };
    groups.set(key, group);
    const id = String(stack[0]);
    const same = group.stacks.get(id);
    group.stacks.set(id, same ? sumOf(same, stack) : stack);
  }
  return Array.from(groups.values(), ({ values, stacks: own }) => {
    const all = [...own.values()];
    return {
      ...{ values, stacks: all },
      weight: all.reduce((sum, [, , , , weight]) => sum + BigInt(weight), 0n),
      samples: all.reduce((sum, [, , , , , samples]) => sum + samples, 0),
    };
  });
}

function heaviestValues(stacks: readonly Weight[], label: number, most: number): Set<string> {
  const weights = new Map<string, bigint>();
  for (const stack of stacks) {
    const value = stack[7]?.[label] ?? '';
    if (value !== '') weights.set(value, (weights.get(value) ?? 0n) + BigInt(stack[4]));
  }
  const size = (weight: bigint): bigint => (weight < 0n ? -weight : weight);
  const ordered = [...weights].sort(([a, one], [b, other]) =>
    size(one) === size(other) ? (a < b ? -1 : 1) : size(one) > size(other) ? -1 : 1,
  );
  return new Set(ordered.slice(0, most).map(([value]) => value));
}

function sumOf(one: Weight, other: Weight): Weight {
  const [id, type, unit, processBy, weight, samples, spread] = one;
  const sum = String(BigInt(weight) + BigInt(other[4]));
  return [id, type, unit, processBy, sum, samples + other[5], spread + other[6]];
}

/** What samples of one profile type and unit add up to. */
interface Kind {
  readonly type: string;
  readonly unit: string;
  readonly processBy: number;
  readonly stacks: Weight[];
  weight: bigint;
  samples: number;
  spread: number;
}

/**
 * At least one, of nothing where there are no samples. Of each profile type, those of the best
 * process identity; as `chosenKind` in SQL takes it.
 */
function kindsOf(weights: readonly Weight[]): [Kind, ...Kind[]] {
  const nothing = { type: '', unit: '', processBy: 0, weight: 0n, samples: 0, spread: 0 };
  const kinds = new Map<string, Kind>();
  for (const row of weights) {
    const [, type, unit, processBy, weight, samples, spread] = row;
    const key = JSON.stringify([type, unit, processBy]);
    const kind = kinds.get(key) ?? { ...nothing, type, unit, processBy, stacks: [] };
    kinds.set(key, kind);
    kind.stacks.push(row);
    kind.weight += BigInt(weight);
    kind.samples += samples;
    kind.spread += spread;
  }
  const all = [...kinds.values()];
  const isBest = (kind: Kind) =>
    !all.some(({ type, processBy }) => type === kind.type && processBy < kind.processBy);
  const [first = { ...nothing, stacks: [] }, ...rest] = all.filter(isBest);
  return [first, ...rest];
}

/** Whether an answer is about this kind rather than the other; as `chosenKind` decides it, too. */
function comesBefore(kind: Kind, other: Kind): boolean {
  const order =
    Number(isCpu(kind.type)) - Number(isCpu(other.type)) || kind.samples - other.samples;
  if (order !== 0) return order > 0;
  return kind.type === other.type ? kind.unit > other.unit : kind.type > other.type;
}

function isCpu(profileType: string): boolean {
  const { sampleType, periodType } = parseProfileType(profileType);
  return sampleType === 'cpu' || periodType === 'cpu';
}

function byWeight([id, , , , weight]: Weight, [otherId, , , , otherWeight]: Weight): number {
  const size = (of: WireNumber): number => Math.abs(Number(of));
  return size(otherWeight) - size(weight) || (BigInt(id) < BigInt(otherId) ? -1 : 1);
}

/** One that is not stored has no name and no address. */
function frameRow(frame: Frame | undefined, { granularity }: FlamegraphQuestion): unknown {
  if (frame === undefined) return [1, [], '0', 0, ['', '', '', '', '0']];
  const [, name, file, mapping, kind, address, line] = frame;
  const texts = [name, file, mapping, kind, name === '' ? String(address) : ''];
  return [1, granularity === 'line' ? [line] : [], '0', 0, texts];
}
