import { checkCount, checkGranularity, checkScope, grouping } from '../questions/check.ts';
import type { FlamegraphQuestion } from '../questions/questions.ts';
import { buildContext, samplingOf, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import {
  GROUP_COLUMNS,
  groupedStacks,
  heaviestOfGroups,
  labelTexts,
  saidOfGroups,
} from './groups.ts';
import { HEAD, headTexts } from './head.ts';
import { Parameters } from './parameters.ts';
import { sampleSource } from './source.ts';
import { chosenKind, weights } from './weights.ts';

const DEFAULT_MAX_STACKS = 20_000;
const MOST_STACKS = 1_000_000;
const MOST_SKIPPED = 100_000_000;

/**
 * Stacks are sent in groups of this many, the heaviest group first, so that a reader can draw the
 * large part early; inside a group they are sorted by frames, which is what makes prefixes short.
 */
const STACKS_PER_GROUP = 5_000;

/**
 * Rows of a line, where they are sent in batches: for a client that hands on line by line and makes an
 * object of each, on the page's thread. Of 40 000 lines at once that takes it 40 ms, of 160 long ones
 * 3. Of a client that hands on bytes it is not asked, as it takes ClickHouse 15 ms.
 */
const ROWS_PER_LINE = 250;

/**
 * The stacks in scope, in the form that `parseFlamegraph` reads (described there).
 *
 * One pass: weigh the stacks, keep the heaviest, fetch their frames, code them. The coding is array
 * functions over one row, in which frames get small numbers without a join:
 * `arrayEnumerateDenseRanked` numbers them in the order in which `arrayDistinct` lists them.
 *
 * Every step hands its rows on to the next. A scalar in between would be shorter to write, and
 * would let conditions prune what is read of stacks and frames; but each mention of one with 20 000
 * stacks takes milliseconds, which is more than to read a whole table of 100 000 frames. Where
 * there are many more than that, the scalar pays: then the heaviest stacks are one.
 */
export function flamegraphQuery(
  question: FlamegraphQuestion,
  options: BuildOptions = {},
): BuiltQuery {
  const context = buildContext(options);
  const scope = checkScope(question, context.limits);
  const { maxStacks, skipStacks } = stackCounts(question);
  const parameters = new Parameters();
  const granularity = checkGranularity(question);
  const { labels, maxGroups } = grouping(question);
  const wanted = { stacks: granularity, labels, sampling: samplingOf(question, context) } as const;
  const source = sampleSource(scope, wanted, parameters, context);
  const { stacks, frames } = context.tables;
  const limit = parameters.bind('maxStacks', 'UInt32', maxStacks);
  const skip = parameters.bind('skipStacks', 'UInt32', skipStacks);

  const isGrouped = labels.length > 0;
  const heaviest = isGrouped
    ? heaviestOfGroups(
        groupedStacks(source, labels.length, parameters.bind('maxGroups', 'UInt32', maxGroups)),
        { skip, limit, mostGroups: (maxGroups + 2) ** labels.length },
      )
    : `(
          SELECT head, StackId, weight, samples, row_number() OVER (ORDER BY abs(weight) DESC, StackId) AS rank
          FROM (
            SELECT ${HEAD} AS head, stack.1 AS StackId, stack.2 AS weight, stack.3 AS samples
            FROM ${chosenKind(weights(source, 'StackId'))}
            ARRAY JOIN stacks AS stack
            ORDER BY abs(weight) DESC, StackId
            LIMIT ${skip} + ${limit}
          )
        )`;
  const columns = [...STACK_COLUMNS, ...(isGrouped ? GROUP_COLUMNS : [])];
  const isStack = isGrouped ? 'NOT isGroup AND ' : '';
  const isSkipped = `${isStack}rank <= ${skip}`;
  // Positions of groups come before those of frames, and a stack's group is the first on its path.
  const path = isGrouped
    ? 'if(stored = 1, arrayPushFront(arrayReverse(FrameIds), toUInt64(groupNumber)), emptyArrayUInt64())'
    : 'arrayReverse(FrameIds)';
  const ofGroups = (value: string) => (isGrouped ? `, ${value}` : '');
  const numbered = isGrouped ? 'arrayPushFront(own, groups.1)' : 'own';
  const numbers = `arrayEnumerateDenseRanked(1, ${numbered}, 2)`;
  const ofEach = (value: string) =>
    `arrayWithConstant(few${isGrouped ? ' - length(groups)' : ''}, ${value})`;
  const prunes = !context.catalog.smallDictionaries;
  const withs = prunes ? [...source.withs, scalarOf(heaviest, columns)] : source.withs;
  const ofStacks = prunes ? ' WHERE StackId IN (SELECT arrayJoin(kept.2))' : '';
  const ofFrames = prunes
    ? ` WHERE FrameId IN (SELECT arrayJoin(FrameIds) FROM ${stacks}${ofStacks})`
    : '';

  const rows = `SELECT
  ${context.batched ? 'place,\n  ' : ''}part,
  ${granularity === 'line' ? `if(part = 1, [Line], numbers)` : 'numbers'} AS numbers,
  weight,
  samples,
  if(part = 1, [FunctionName, FileName, MappingName, Kind, if(FunctionName = '', toString(Address), '')], texts) AS texts
FROM (
  SELECT part, FrameId, numbers, weight, samples, texts, place
  FROM (
    SELECT
      length(list) AS few,
      length(own) AS many,
      arrayConcat([0]${ofGroups('arrayWithConstant(length(groups), 4)')}, ${ofEach('1')}, arrayMap(stored -> if(stored, 2, 3), sorted.5)) AS parts,
      arrayConcat([toUInt64(0)], list, arrayWithConstant(many, toUInt64(0))) AS frames,
      arrayConcat(
        [emptyArrayUInt32()], arrayWithConstant(few, emptyArrayUInt32()),
        arrayMap((frames, shared) -> arrayPushFront(frames, shared), ${isGrouped ? `arrayPopFront(${numbers})` : numbers}, sharedLength)
      ) AS numberLists,
      arrayConcat([head.4]${ofGroups('groups.2')}, ${ofEach('toInt128(0)')}, sorted.3) AS weights,
      arrayConcat([head.5]${ofGroups('groups.3')}, ${ofEach('toFloat64(0)')}, sorted.4) AS counts,
      arrayConcat([${headTexts(source, 'head', { stacks: isGrouped ? 'allStacks' : undefined, skipped: { weight: 'skipped.1', samples: 'skipped.2', stacks: 'skipped.3' } })}]${ofGroups(`arrayMap(said -> ${labelTexts(labels, 'said.2', parameters)}, saidOf)`)}, arrayWithConstant(few + many${isGrouped ? ' - length(groups)' : ''}, emptyArrayString())) AS textLists
    FROM (
      SELECT
        head,
        skipped,
        sorted,${isGrouped ? '\n        groups,\n        saidOf,\n        allStacks,' : ''}
        sorted.2 AS paths,
        arrayPopBack(arrayPushFront(paths, [])) AS before,
        arrayMap((path, other) -> least(length(path), length(other)), paths, before) AS shorter,
        arrayMap(
          (path, other, n) -> arrayFirstIndex((a, b) -> a != b, arraySlice(path, 1, n), arraySlice(other, 1, n)),
          paths, before, shorter
        ) AS differsAt,
        arrayMap((at, n) -> toUInt32(if(at = 0, n, toUInt64(at - 1))), differsAt, shorter) AS sharedLength,
        arrayMap((path, n) -> arraySlice(path, n + 1), paths, sharedLength) AS own,
        arrayDistinct(arrayFlatten(${numbered})) AS list
      FROM (
        SELECT
          ${isGrouped ? `arraySort(groupArrayIf((toUInt64(groupNumber), weight, samples, said), isGroup)) AS groups,\n          ${saidOfGroups('groups.4')} AS saidOf,\n          saidOf[1].1` : 'any(head)'} AS head,
          (sumIf(weight, ${isSkipped}), sumIf(samples, ${isSkipped}), countIf(${isSkipped})) AS skipped,
          arraySort(groupArrayIf(
            (intDiv(rank - ${skip} - 1, ${STACKS_PER_GROUP}), ${path}, weight, samples, stored),
            ${isStack}rank > ${skip}
          )) AS sorted${isGrouped ? ',\n          any(stackCount) AS allStacks' : ''}
        FROM ${prunes ? rowsOfScalar(columns) : heaviest} AS heaviest
        LEFT ANY JOIN (SELECT StackId, FrameIds, 1 AS stored FROM ${stacks}${ofStacks}) AS known USING StackId
      )
    )
  )
  ARRAY JOIN
    parts AS part, frames AS FrameId, numberLists AS numbers, weights AS weight, counts AS samples,
    textLists AS texts, arrayEnumerate(parts) AS place
) AS coded
LEFT ANY JOIN (
  SELECT FrameId, FunctionName, FileName, MappingName, Kind, Line, Address FROM ${frames}${ofFrames}
) AS described USING FrameId`;
  const clause = withs.length === 0 ? '' : `WITH\n${withs.join(',\n')}\n`;
  const query = context.batched
    ? `${clause}SELECT arraySort(groupArray((place, (part, numbers, weight, samples, texts)))).2
FROM (
${rows}
)
GROUP BY intDiv(place, ${ROWS_PER_LINE}) AS line
ORDER BY line`
    : `${clause}${rows}
ORDER BY place`;
  return {
    query,
    query_params: parameters.values,
    format: 'JSONCompactEachRow',
    plan: source.plan,
  };
}

/** How many stacks are asked for, and how many of the heaviest are left out. */
export function stackCounts({ maxStacks, skipStacks }: FlamegraphQuestion): {
  maxStacks: number;
  skipStacks: number;
} {
  return {
    maxStacks: checkCount(maxStacks, 'maxStacks', {
      most: MOST_STACKS,
      otherwise: DEFAULT_MAX_STACKS,
    }),
    skipStacks: checkCount(skipStacks, 'skipStacks', {
      least: 0,
      most: MOST_SKIPPED,
      otherwise: 0,
    }),
  };
}

/** What is known of each of the heaviest stacks. */
const STACK_COLUMNS = ['StackId', 'weight', 'samples', 'rank'];

/** `kept`: the heaviest stacks as a constant. Parallel arrays cost half of what tuples do. */
function scalarOf(heaviest: string, columns: readonly string[]): string {
  return `(
  SELECT (${['any(head)', ...columns.map((column) => `groupArray(${column})`)].join(', ')})
  FROM ${heaviest}
) AS kept`;
}

function rowsOfScalar(columns: readonly string[]): string {
  return `(
          SELECT listed.1 AS head, ${columns.join(', ')}
          FROM (SELECT kept AS listed)
          ARRAY JOIN ${columns.map((column, i) => `listed.${i + 2} AS ${column}`).join(', ')}
        )`;
}
