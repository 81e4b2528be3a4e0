import { EXPORTER_TABLE } from '../lib/exporterTable.ts';
import { functionName, type NamedStack } from './figures.ts';

/**
 * The exporter's table, asked as well as someone who owns one can. Where there are two ways, both are
 * here, and the faster one on the data at hand counts.
 */
export class WideTable {
  readonly table: string;

  constructor(database: string) {
    this.table = `${database}.${EXPORTER_TABLE}`;
  }

  /**
   * The heaviest stacks with their names. `StackHash` alone would make one stack of all that have no
   * symbols and the same depth, so their addresses count as well.
   *
   * Names are looked up in the first row of each stack: in `any` row, it would be another one each
   * time that the query reads `heaviest`.
   *
   * @param by what stacks are told apart by, too, as an expression
   * @param weight what they weigh, as a sum
   */
  stacks(where: string, limit: number, by?: string, weight = WEIGHT): readonly string[] {
    const columns = 'FunctionNames, FileNames, MappingFileNames, Addresses';
    const [told, asTold] = by === undefined ? ['', ''] : [', told', `, ${by} AS told`];
    const tail = `GROUP BY StackHash, unnamed${told} HAVING weight > 0 ORDER BY weight DESC LIMIT ${limit}`;
    return [
      // Everything in one pass.
      `SELECT * EXCEPT (StackHash, unnamed) FROM (
         SELECT StackHash, ${UNNAMED} AS unnamed,
           any(FunctionNames), any(FileNames), any(MappingFileNames), any(Addresses),
           ${weight} AS weight, sum(weight) OVER () AS total${asTold}
         FROM ${this.table} WHERE ${CPU} AND ${where} ${tail}
       ) FORMAT JSONCompactEachRow`,
      // Weights first; then the names, of one row of each stack.
      `WITH heaviest AS (
         SELECT StackHash, ${UNNAMED} AS unnamed, min((_part_offset, _part)) AS first, first.2 AS part, first.1 AS offset,
           ${weight} AS weight, sum(weight) OVER () AS total${asTold}
         FROM ${this.table} WHERE ${CPU} AND ${where} ${tail}
       )
       SELECT ${columns}, weight, total${told}
       FROM ${this.table} AS wide
       INNER ANY JOIN heaviest ON wide._part = heaviest.part AND wide._part_offset = heaviest.offset
       WHERE (_part, _part_offset) IN (SELECT part, offset FROM heaviest)
       FORMAT JSONCompactEachRow`,
    ];
  }

  /** Functions by their own weight; `matching` is a condition on `name`. */
  functions(where: string, matching: string, limit: number): readonly string[] {
    return [
      `WITH heaviest AS (
         SELECT StackHash, ${UNNAMED} AS unnamed, min((_part_offset, _part)) AS first, first.2 AS part, first.1 AS offset, ${WEIGHT} AS weight
         FROM ${this.table} WHERE ${CPU} AND ${where} GROUP BY StackHash, unnamed
       )
       SELECT name, file, mapping, address, sumIf(weight, leaf) AS self, sum(weight) AS total,
         (SELECT sum(weight) FROM heaviest)
       FROM (
         SELECT any(weight) AS weight, max(place = 1) AS leaf, part, offset, name, file, mapping, address
         FROM (
           SELECT weight, part, offset, place, name, if(name = '', '', path) AS file, mapping, if(name = '', frame, 0) AS address
           FROM ${this.table} AS wide
           INNER ANY JOIN heaviest ON wide._part = heaviest.part AND wide._part_offset = heaviest.offset
           ARRAY JOIN FunctionNames AS name, FileNames AS path, MappingFileNames AS mapping, Addresses AS frame,
             arrayEnumerate(FunctionNames) AS place
           WHERE (_part, _part_offset) IN (SELECT part, offset FROM heaviest) AND ${matching}
         )
         GROUP BY part, offset, name, file, mapping, address
       )
       GROUP BY name, file, mapping, address
       ORDER BY self DESC, total DESC LIMIT ${limit}
       FORMAT JSONCompactEachRow`,
    ];
  }
}

// Not has(FunctionNames, ''): in ClickHouse 26.7 it misses empty texts of Array(LowCardinality).
const UNNAMED = `if(arrayExists(name -> name = '', FunctionNames), cityHash64(Addresses, MappingFileNames), 0)`;

/** Nanoseconds of CPU: the profiler counted hits and left Values empty. */
export const WEIGHT =
  'sum(if(empty(Values), length(TimestampsUnixNano), arraySum(Values)) * Period)';
export const CPU = `SampleType = 'samples' AND SampleUnit = 'count' AND PeriodType = 'cpu' AND PeriodUnit = 'nanoseconds'`;

/** The same, of hits that happened in a time: Unix milliseconds, to which ours are rounded as well. */
export function weightWithin(from: number, to: number): string {
  const isIn = `arrayCount(t -> round(t / 1e6) >= ${from} AND round(t / 1e6) < ${to}, TimestampsUnixNano)`;
  return `sum(${isIn} * Period)`;
}

type WideStack = readonly [
  string[],
  string[],
  string[],
  (number | string)[],
  number | string,
  unknown,
  string?,
];

export function wideStacks(text: string): NamedStack[] {
  return lines<WideStack>(text).map(([names, files, mappings, addresses, weight, , group]) => ({
    functions: names.map((name, i) =>
      functionName(name, files[i] ?? '', mappings[i] ?? '', String(addresses[i])),
    ),
    weight: Number(weight),
    group,
  }));
}

export function lines<Row>(text: string): Row[] {
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Row);
}
