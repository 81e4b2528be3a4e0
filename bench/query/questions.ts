import { createProfiles, type FlamegraphQuestion } from '@hyperflame/sdk';
import { DAY } from '../lib/fleetDay/rows.ts';
import {
  figuresOfFunctions,
  figuresOfStacks,
  functionName,
  namedStacks,
  type Figures,
} from './figures.ts';
import { CPU, lines, WEIGHT, weightWithin, wideStacks, type WideTable } from './wide.ts';
import { ThroughWire, type Wire } from './wire.ts';

/**
 * One question, with two who answer it. `ask` reads the answer and says what figures are in it;
 * `complete` asks for everything, to compare, where a screen would ask for the heaviest only.
 */
export interface Question {
  readonly name: string;
  readonly ours: Asker;
  /** Ways of asking the wide table; the fastest counts. */
  readonly wide: readonly Asker[];
}

export type Asker = (wire: Wire, options: { readonly complete: boolean }) => Promise<() => Figures>;

/** What of the data the questions are about. */
export interface Subjects {
  readonly span: { readonly traceId: string; readonly spanId: string };
  readonly pod: string;
}

const PROFILE_TYPE = 'samples:count:cpu:nanoseconds';
const SERVICE = 'checkout';
const SEARCHED = 'reserve';
/** With a column of its own in the exporter's table. */
const POD = 'k8s.pod.name';
const WIDE_POD = '`__otel_materialized_k8s.pod.name`';
const SHOWN_STACKS = 20_000;
const SHOWN_FUNCTIONS = 100;
const SHOWN_VALUES = 1_000;
const MOST_FUNCTIONS = 100_000;
const ALL = 1_000_000;

const at = (time: string): Date => new Date(`${DAY}T${time}Z`);
const day = { from: at('00:00:00'), to: new Date(at('00:00:00').getTime() + 86_400_000) };
const noon = at('12:00:00');
const quarter = { from: at('14:00:00'), to: at('14:15:00') };
/** Picked in a heatmap: of the samples that happened then, some of which came in earlier rows. */
const picked = { from: at('14:05:00'), to: at('14:10:00') };
const rowsInto = { ...picked, from: at('13:55:00') };

function within({ from, to }: { readonly from: Date; readonly to: Date }): string {
  const time = (date: Date): string =>
    `toDateTime64('${date.toISOString().slice(0, -1)}', 9, 'UTC')`;
  return `Timestamp >= ${time(from)} AND Timestamp < ${time(to)}`;
}

export function questions(database: string, wide: WideTable, subjects: Subjects): Question[] {
  // As a page has it: one for as long as it is open, so that it knows the tables already.
  const client = new ThroughWire();
  const profiles = createProfiles({ client, database });
  const ours =
    <Answer>(
      ask: (complete: boolean) => Promise<Answer>,
      figures: (answer: Answer) => Figures,
    ): Asker =>
    async (wire, { complete }) => {
      client.wire = wire;
      const answer = await ask(complete);
      return () => figures(answer);
    };

  const flamegraph = (
    name: string,
    question: FlamegraphQuestion,
    where: string,
    { by, weight }: { readonly by?: string; readonly weight?: string } = {},
  ): Question => ({
    name,
    ours: ours(
      (complete) =>
        profiles.flamegraph({
          ...question,
          profileType: PROFILE_TYPE,
          maxStacks: complete ? ALL : SHOWN_STACKS,
        }),
      ({ stacks }) => figuresOfStacks(namedStacks(stacks)),
    ),
    wide: [0, 1].map((way) => async (wire, { complete }) => {
      const text = await wire.ask({
        query: wide.stacks(where, complete ? ALL : SHOWN_STACKS, by, weight)[way] ?? '',
      });
      return () => figuresOfStacks(wideStacks(text));
    }),
  });

  const both = (name: string, first: Question, second: Question): Question => {
    const pair =
      (one: Asker, other: Asker): Asker =>
      async (wire, options) => {
        const figures = [await one(wire, options), await other(wire, options)];
        return () =>
          new Map(
            figures.flatMap((of, i) => [...of()].map(([key, value]) => [`${i} ${key}`, value])),
          );
      };
    return {
      name,
      ours: pair(first.ours, second.ours),
      wide: first.wide.map((one, way) => pair(one, second.wide[way] as Asker)),
    };
  };

  const rows =
    (query: string): Asker =>
    async (wire) => {
      const text = await wire.ask({ query });
      return () =>
        new Map(
          lines<readonly [string, string | number]>(text).map(([key, n]) => [key, Number(n)]),
        );
    };

  const { traceId, spanId } = subjects.span;
  const { pod } = subjects;
  return [
    flamegraph('one span', { traceId, spanId }, `TraceId = '${traceId}' AND SpanId = '${spanId}'`),
    flamegraph('one trace', { traceId }, `TraceId = '${traceId}'`),
    flamegraph(
      'one service, 15 min',
      { service: SERVICE, timeRange: quarter },
      `ServiceName = '${SERVICE}' AND ${within(quarter)}`,
    ),
    flamegraph(
      'one service, 5 min picked',
      { service: SERVICE, timeRange: picked, timeBy: 'sample' },
      `ServiceName = '${SERVICE}' AND ${within(rowsInto)}`,
      { weight: weightWithin(picked.from.getTime(), picked.to.getTime()) },
    ),
    {
      name: 'heatmap, one service, 15 min',
      ours: ours(
        () => profiles.heatmap({ profileType: PROFILE_TYPE, service: SERVICE, timeRange: quarter }),
        ({ from, rowMs, weight }) =>
          new Map(
            [...weight.entries()]
              .filter(([, sum]) => sum > 0)
              .map(([cell, sum]) => [String(from.getTime() + cell * rowMs), sum]),
          ),
      ),
      wide: [
        rows(
          `SELECT toString(intDiv(toInt64(round(t / 1e6)), 50) * 50) AS cell, sum(Period) FROM ${wide.table}
           ARRAY JOIN TimestampsUnixNano AS t
           WHERE ${CPU} AND ServiceName = '${SERVICE}' AND ${within({ ...quarter, from: at('13:50:00') })}
             AND round(t / 1e6) >= ${quarter.from.getTime()} AND round(t / 1e6) < ${quarter.to.getTime()}
           GROUP BY cell FORMAT JSONCompactEachRow`,
        ),
      ],
    },
    flamegraph(
      'one service, 24 h',
      { service: SERVICE, timeRange: day },
      `ServiceName = '${SERVICE}' AND ${within(day)}`,
    ),
    flamegraph('all services, 24 h', { timeRange: day }, within(day)),
    flamegraph(
      'one pod, 24 h',
      { resource: { [POD]: pod }, timeRange: day },
      `${WIDE_POD} = '${pod}' AND ${within(day)}`,
    ),
    flamegraph(
      'one service by pod, 24 h',
      { service: SERVICE, groupBy: POD, timeRange: day },
      `ServiceName = '${SERVICE}' AND ${within(day)}`,
      { by: WIDE_POD },
    ),
    {
      name: 'top functions, 24 h',
      ours: ours(
        (complete) =>
          profiles.topFunctions({
            profileType: PROFILE_TYPE,
            timeRange: day,
            limit: complete ? MOST_FUNCTIONS : SHOWN_FUNCTIONS,
          }),
        figuresOfFunctions,
      ),
      wide: [wideFunctions('1', '1')],
    },
    both(
      'diff of two halves of a day',
      flamegraph('before noon', { timeRange: { ...day, to: noon } }, within({ ...day, to: noon })),
      flamegraph(
        'after noon',
        { timeRange: { ...day, from: noon } },
        within({ ...day, from: noon }),
      ),
    ),
    {
      name: 'facet values, 24 h',
      ours: ours(
        () => profiles.facets({ timeRange: day, keys: [POD], valuesPerKey: SHOWN_VALUES }),
        ({ items }) =>
          new Map(items.flatMap((facet) => facet.values.map(({ value, rows }) => [value, rows]))),
      ),
      wide: [
        rows(
          `SELECT ${WIDE_POD} AS value, count() FROM ${wide.table}
           WHERE ${within(day)} GROUP BY value ORDER BY count() DESC LIMIT ${SHOWN_VALUES} FORMAT JSONCompactEachRow`,
        ),
      ],
    },
    {
      name: 'time series by minute, 24 h',
      ours: ours(
        () =>
          profiles.timeline({
            profileType: PROFILE_TYPE,
            service: SERVICE,
            timeRange: day,
            bucketSeconds: 60,
          }),
        ({ from, bucketMs, weight }) =>
          new Map(Array.from(weight, (sum, i) => [minute(from.getTime() + i * bucketMs), sum])),
      ),
      wide: [
        rows(
          `SELECT toString(toStartOfMinute(Timestamp)) AS minute, ${WEIGHT} FROM ${wide.table}
           WHERE ${CPU} AND ServiceName = '${SERVICE}' AND ${within(day)}
           GROUP BY minute ORDER BY minute FORMAT JSONCompactEachRow`,
        ),
      ],
    },
    {
      name: 'function search, 24 h',
      ours: ours(
        (complete) =>
          profiles.findFunctions({
            text: SEARCHED,
            profileType: PROFILE_TYPE,
            timeRange: day,
            limit: complete ? MOST_FUNCTIONS : SHOWN_FUNCTIONS,
          }),
        // Of all samples, also those without such a function: not what the other way counts.
        (answer) => without('total', figuresOfFunctions(answer)),
      ),
      wide: [
        wideFunctions(
          `arrayExists(name -> name ILIKE '%${SEARCHED}%', FunctionNames)`,
          `name ILIKE '%${SEARCHED}%'`,
          (figures) => without('total', figures),
        ),
      ],
    },
  ];

  /** Of samples that match `where`, the functions that match `matching`. */
  function wideFunctions(
    where: string,
    matching: string,
    figured: (figures: Figures) => Figures = (figures) => figures,
  ): Asker {
    return async (wire, { complete }) => {
      const limit = complete ? MOST_FUNCTIONS : SHOWN_FUNCTIONS;
      const [query = ''] = wide.functions(`${within(day)} AND ${where}`, matching, limit);
      const text = await wire.ask({ query });
      return () => {
        const figures = new Map<string, number>();
        for (const [name, file, mapping, address, self, total, whole] of lines<WideFunction>(
          text,
        )) {
          const key = functionName(name, file, mapping, String(address));
          figures.set('total', Number(whole));
          figures.set(`self ${key}`, Number(self));
          figures.set(`total ${key}`, Number(total));
        }
        return figured(figures);
      };
    };
  }
}

/** `2026-03-10 00:01:00`, as ClickHouse writes it. */
function minute(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

function without(name: string, figures: Figures): Figures {
  return new Map([...figures].filter(([key]) => key !== name));
}

type Numeric = number | string;
type WideFunction = readonly [string, string, string, Numeric, Numeric, Numeric, Numeric];
