import { lengthOf, type Piece } from '../plan/intervals.ts';
import {
  planFunctions,
  planStacks,
  type FunctionTableName,
  type Plan,
  type Sampling,
  type StackTableName,
} from '../plan/plan.ts';
import type { CheckedScope } from '../questions/checked-scope.ts';
import type { BuildContext } from './build-context.ts';
import type { Parameters } from './parameters.ts';
import { sampleSource, type SampleSource } from './source.ts';
import { weighedScalar, IDS, SAMPLES, WEIGHTS } from './weights.ts';
import { scopeConditions, timeConditions, whereAll } from './where.ts';

/** The functions of a scope, each any number of times, and the totals of the scope. */
export interface FunctionSource {
  /** Entries for the query's `WITH`; among them `weighed`, for the head. */
  readonly withs: readonly string[];
  /** Columns `function`, `self`, `total`, `selfSamples`, `totalSamples`: to be added up. */
  readonly relations: readonly string[];
  /** What the totals are of. */
  readonly whole: SampleSource;
  /** How many stacks had no frames to count, as an expression. */
  readonly unknownStacks: string;
  readonly plan: Plan;
}

/**
 * Functions come from the rollups by function where those answer, and from stacks elsewhere, each of
 * which counts a function once:
 *
 *     main → walk → walk     30 ms     walk: self 30, total 30 (not 60)
 */
export function functionSource(
  scope: CheckedScope,
  sampling: Sampling,
  parameters: Parameters,
  context: BuildContext,
): FunctionSource {
  const plan = planFunctions(scope, context.catalog, { sampling });
  const summed = plan.pieces.filter(isSummed);
  // Functions of times of which there are no totals would weigh more than the whole.
  const { expired } = planStacks(scope, context.catalog, { sampling });
  if (summed.length === 0 || lengthOf(expired) > lengthOf(plan.expired)) {
    return fromStacks(scope, sampling, parameters, context);
  }

  // A rollup by function does not know of stacks without frames, so the totals are asked of those
  // by stack. They also tell which kind of profile the answer is about.
  const whole = sampleSource(scope, { sampling }, parameters, context);
  const ofKind = ['ProfileType = weighed.1', 'Unit = weighed.2'];
  const merging = context.catalog.functionStacks ? undefined : mergedFrames(context);
  const withs = [
    ...whole.withs,
    weighedScalar(whole, 'toUInt64(0)'),
    ...(merging ? [merging.with] : []),
  ];
  const relations = [...new Set(summed.map(({ table }) => table))].map((table) => {
    const conditions = [
      ...timeConditions(
        summed.filter((piece) => piece.table === table),
        'buckets',
        parameters,
      ),
      ...scopeConditions(scope, 'rollup1h', parameters),
      ...ofKind,
    ];
    const id = "CAST(FrameId, 'UInt64')";
    return `SELECT ${merging ? merging.frame(id) : id} AS function, Self AS self, Total AS total, toFloat64(SelfCount) AS selfSamples, toFloat64(TotalCount) AS totalSamples
      FROM ${context.tables[table]}${whereAll(conditions)}`;
  });
  const stacked = plan.pieces.filter(isStacked);
  if (stacked.length === 0) {
    return { withs, relations, whole, unknownStacks: 'toUInt64(0)', plan };
  }
  const edges = sampleSource(
    scope,
    { stacks: 'function', plan: { pieces: stacked, expired: [] }, conditions: ofKind },
    parameters,
    context,
  );
  const edgeStacks = `(
  SELECT (groupArray(id), groupArray(weight), groupArray(samples))
  FROM (
    SELECT StackId AS id, ${edges.weight} AS weight, ${edges.samples} AS samples
    FROM ${edges.relation} GROUP BY id
  )
) AS edges`;
  const list = { ids: 'edges.1', weights: 'edges.2', samples: 'edges.3' };
  return {
    withs: [...withs, ...edges.withs, edgeStacks],
    relations: [...relations, functionsOfStacks('edges', list, merging, context)],
    whole,
    unknownStacks: unknownStacks(list.ids, context),
    plan,
  };
}

function fromStacks(
  scope: CheckedScope,
  sampling: Sampling,
  parameters: Parameters,
  context: BuildContext,
): FunctionSource {
  const whole = sampleSource(scope, { stacks: 'function', sampling }, parameters, context);
  const list = {
    ids: `weighed.${IDS}`,
    weights: `weighed.${WEIGHTS}`,
    samples: `weighed.${SAMPLES}`,
  };
  const merging = context.catalog.functionStacks
    ? undefined
    : mergedFrames(context, knownStacks(list.ids, context));
  return {
    withs: [...whole.withs, weighedScalar(whole, 'StackId'), ...(merging ? [merging.with] : [])],
    relations: [functionsOfStacks('weighed', list, merging, context)],
    whole,
    unknownStacks: unknownStacks(list.ids, context),
    plan: whole.plan,
  };
}

/** Parallel arrays of stacks, as expressions. */
interface StackList {
  readonly ids: string;
  readonly weights: string;
  readonly samples: string;
}

function knownStacks(ids: string, { tables }: BuildContext): string {
  return `SELECT StackId, FrameIds FROM ${tables.stacks} WHERE StackId IN (SELECT arrayJoin(${ids}))`;
}

function unknownStacks(ids: string, context: BuildContext): string {
  return `length(${ids}) - (SELECT uniqExact(StackId) FROM (${knownStacks(ids, context)}))`;
}

/** @param scalar the list's own name: it is mentioned once, and taken apart after */
function functionsOfStacks(
  scalar: string,
  { ids, weights, samples }: StackList,
  merging: FrameMerging | undefined,
  context: BuildContext,
): string {
  const kept = (array: string) => array.replace(scalar, 'kept');
  const path = merging ? `arrayMap(frame -> ${merging.frame('frame')}, FrameIds)` : 'FrameIds';
  return `SELECT
        function, if(function = leaf, weight, 0) AS self, weight AS total,
        if(function = leaf, samples, 0) AS selfSamples, samples AS totalSamples
      FROM (
        SELECT weight, samples, ${path} AS path, path[1] AS leaf
        FROM (
          SELECT StackId, weight, samples FROM (SELECT ${scalar} AS kept)
          ARRAY JOIN ${kept(ids)} AS StackId, ${kept(weights)} AS weight, ${kept(samples)} AS samples
        ) AS listed
        INNER ANY JOIN (${knownStacks(ids, context)}) AS known USING StackId
      )
      ARRAY JOIN arrayDistinct(path) AS function`;
}

interface FrameMerging {
  readonly with: string;
  /** The function of a frame, as an expression. */
  readonly frame: (frame: string) => string;
}

/**
 * Where stacks do not know their function level: each frame is replaced by its function, named by
 * the least of the function's frame ids. A function is a name with its file and mapping; a frame
 * without a name is told apart by its address.
 */
function mergedFrames({ tables }: BuildContext, known?: string): FrameMerging {
  const some =
    known === undefined ? '' : ` WHERE FrameId IN (SELECT arrayJoin(FrameIds) FROM (${known}))`;
  return {
    with: `(
  SELECT (groupArray(FrameId), groupArray(function))
  FROM (
    SELECT DISTINCT
      FrameId,
      min(FrameId) OVER (
        PARTITION BY FunctionName, MappingName, if(FunctionName = '', '', FileName), if(FunctionName = '', Address, 0)
      ) AS function
    FROM ${tables.frames}${some}
  )
) AS functions`,
    frame: (frame) => `transform(${frame}, functions.1, functions.2, ${frame})`,
  };
}

function isSummed(
  piece: Piece<StackTableName | FunctionTableName>,
): piece is Piece<FunctionTableName> {
  return piece.table === 'functions1h' || piece.table === 'functions1d';
}

function isStacked(
  piece: Piece<StackTableName | FunctionTableName>,
): piece is Piece<StackTableName> {
  return !isSummed(piece);
}
