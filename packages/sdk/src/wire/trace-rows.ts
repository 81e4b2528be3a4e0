import { parseProfileType } from '../profile-type.ts';
import type { FlamegraphQuestion } from '../questions/questions.ts';
import { stackCounts } from '../sql/flamegraph.ts';
import { MOST_TRACE_STACKS } from '../sql/trace-flamegraph.ts';
import { parseRows, unreadable, type WireNumber } from './rows.ts';

/** `[id, profile type, unit, process identity, weight, samples, spread samples]` */
type Weight = readonly [WireNumber, string, string, number, WireNumber, number, number];
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
  const otherUnits = kinds.flatMap(({ type, unit, processBy }) =>
    type === kind.type && processBy === kind.processBy && unit !== kind.unit ? [unit] : [],
  );
  const head = [
    ...[linkage, kind.type, kind.unit, String(kind.processBy), String(kind.spread), ''],
    ...[String(kind.stacks.length), '0', '0', '0', String(unplacedSpans)],
    ...[String(otherUnits.length), ...otherUnits, ...span],
  ];

  const framesOf = new Map(stacks.map(([id, ids]) => [String(id), ids]));
  const described = new Map(frames.map((frame) => [String(frame[0]), frame]));
  const numbers = new Map<string, number>();
  const frameRows: unknown[] = [];
  const numberOf = (id: WireNumber): number => {
    const known = numbers.get(String(id));
    if (known !== undefined) return known;
    numbers.set(String(id), numbers.size + 1);
    frameRows.push(frameRow(described.get(String(id)), question));
    return numbers.size;
  };
  const heaviest = [...kind.stacks].sort(byWeight).slice(0, stackCounts(question).maxStacks);
  const stackRows = heaviest.map(([id, , , , weight, samples]) => {
    const ids = framesOf.get(String(id));
    const path = ids?.map(numberOf).reverse() ?? [];
    return [ids ? 2 : 3, [0, ...path], weight, samples, []];
  });
  return [[0, [], String(kind.weight), kind.samples, head], ...frameRows, ...stackRows]
    .map((row) => `${JSON.stringify(row)}\n`)
    .join('');
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

/** At least one, of nothing where there are no samples. */
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
  const [first = { ...nothing, stacks: [] }, ...rest] = kinds.values();
  return [first, ...rest];
}

/** Whether an answer is about this kind rather than the other; as `chosenKind` in SQL decides it. */
function comesBefore(kind: Kind, other: Kind): boolean {
  const order =
    other.processBy - kind.processBy ||
    Number(isCpu(kind.type)) - Number(isCpu(other.type)) ||
    kind.samples - other.samples;
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
