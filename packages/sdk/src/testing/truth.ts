import type { TestDatabase } from './server.ts';

/**
 * The right answers, by plain SQL over the rows as they were sent: no stack ids, no frame ids, no
 * coding, and the weights by the formula of the producers' documentation.
 */
export const WEIGHT =
  'if(empty(Values), toInt64(length(TimestampsUnixNano)), arraySum(Values)) * ' +
  "if(SampleUnit = 'count' AND PeriodUnit = 'nanoseconds' AND Period > 0, Period, toInt64(1))";
export const SAMPLES =
  "multiIf(notEmpty(TimestampsUnixNano), toInt64(length(TimestampsUnixNano)), SampleUnit = 'count', arraySum(Values), " +
  'Period > 0 AND PeriodUnit = SampleUnit, greatest(intDiv(arraySum(Values) + intDiv(Period, 2), Period), 1), toInt64(1))';
const TYPE = "concat(SampleType, ':', SampleUnit, ':', PeriodType, ':', PeriodUnit)";
export const SERVICE =
  "multiIf(ServiceName != '', ServiceName, ResourceAttributes['k8s.deployment.name'] != '', " +
  "ResourceAttributes['k8s.deployment.name'], ResourceAttributes['process.executable.name'])";

/** A frame as one text. Without a name it is told apart by its address. */
const frameText = (line: string) =>
  `(name, file, line, mapping, address) -> if(name = '', concat('@', mapping, '+', address), ` +
  `concat(name, '|', file, '|', mapping${line}))`;
const FRAME_COLUMNS =
  'FunctionNames, FileNames, LineNumbers, MappingFileNames, arrayMap(a -> toString(a), Addresses)';

export interface Weighed {
  readonly weight: number;
  readonly samples: number;
}

/** Weight and samples of each stack, by its frames' texts root first. */
export async function trueStacks(
  db: TestDatabase,
  profileType: string,
  where: string,
  granularity: 'function' | 'line' = 'function',
): Promise<Map<string, Weighed>> {
  const line = granularity === 'line' ? `, ':', toString(line)` : '';
  const rows = await db.rows<{ stack: string; weight: string; samples: string }>(`
    SELECT
      arrayStringConcat(arrayReverse(arrayMap(${frameText(line)}, ${FRAME_COLUMNS})), ' > ') AS stack,
      sum(${WEIGHT}) AS weight,
      sum(${SAMPLES}) AS samples
    FROM raw WHERE (${where}) AND ${TYPE} = '${profileType}'
    GROUP BY stack`);
  return new Map(
    rows.map(({ stack, weight, samples }) => [
      stack,
      { weight: Number(weight), samples: Number(samples) },
    ]),
  );
}

export interface TrueFunction {
  readonly self: number;
  readonly total: number;
  readonly selfSamples: number;
  readonly totalSamples: number;
}

/** Self and total of each function, by its text; each row counts a function once. */
export async function trueFunctions(
  db: TestDatabase,
  profileType: string,
  where: string,
): Promise<Map<string, TrueFunction>> {
  const rows = await db.rows<Record<string, string>>(`
    SELECT
      function,
      sumIf(weight, function = leaf) AS self, sum(weight) AS total,
      sumIf(samples, function = leaf) AS selfSamples, sum(samples) AS totalSamples
    FROM (
      SELECT
        arrayMap(${frameText('')}, ${FRAME_COLUMNS}) AS frames,
        frames[1] AS leaf, ${WEIGHT} AS weight, ${SAMPLES} AS samples
      FROM raw WHERE (${where}) AND ${TYPE} = '${profileType}'
    )
    ARRAY JOIN arrayDistinct(frames) AS function
    GROUP BY function`);
  return new Map(
    rows.map(({ function: name, ...of }) => [
      name,
      {
        self: Number(of.self),
        total: Number(of.total),
        selfSamples: Number(of.selfSamples),
        totalSamples: Number(of.totalSamples),
      },
    ]),
  );
}

/** Samples and weight of each profile type, by `by` (an expression). */
export async function trueTypes(
  db: TestDatabase,
  where: string,
  by = "''",
): Promise<Map<string, Weighed>> {
  const rows = await db.rows<{ name: string; weight: string; samples: string }>(`
    SELECT concat(${by}, ' ', ${TYPE}) AS name, sum(${WEIGHT}) AS weight, sum(${SAMPLES}) AS samples
    FROM raw WHERE ${where} GROUP BY name`);
  return new Map(
    rows.map(({ name, weight, samples }) => [
      name,
      { weight: Number(weight), samples: Number(samples) },
    ]),
  );
}
