import { planFacets } from '../plan/plan.ts';
import { checkCount, checkScope, checkText, checkTextList, invalid } from '../questions/check.ts';
import type { FacetsQuestion } from '../questions/questions.ts';
import { buildContext, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { Parameters } from './parameters.ts';
import { sampleSource, withClause } from './source.ts';
import { timeConditions, whereAll } from './where.ts';

const DEFAULT_VALUES = 20;
const MOST_VALUES = 10_000;
export const DEFAULT_KEYS = 200;
const MOST_KEYS = 10_000;

const MAPS = ['ResourceAttributes', 'ProfileAttributes', 'SampleAttributes'];
const COLUMNS = ['ServiceName', 'ProfileType', 'Unit', 'ScopeName', 'ScopeVersion'];

/**
 * Keys and values with how many rows have them, in the form that `parseFacets` reads: the most
 * frequent keys, and of each the heaviest values, or the most frequent ones where weights of several
 * kinds would not add up. One key more than the limit is asked for, which tells whether there are more.
 */
export function facetsQuery(question: FacetsQuestion, options: BuildOptions = {}): BuiltQuery {
  const context = buildContext(options);
  const scope = checkScope(question, context.limits);
  if (scope.linkage === 'estimated') {
    throw invalid('linkage', 'Facets are of samples that are linked, or of all in a scope.');
  }
  const { keys, text } = question;
  checkTextList(keys, 'keys');
  checkText(text, 'text');
  const values = checkCount(question.valuesPerKey, 'valuesPerKey', {
    most: MOST_VALUES,
    otherwise: DEFAULT_VALUES,
  });
  const maxKeys = checkCount(question.maxKeys, 'maxKeys', {
    most: MOST_KEYS,
    otherwise: DEFAULT_KEYS,
  });
  const parameters = new Parameters();
  const conditions = [
    ...(keys === undefined ? [] : [`Key IN ${parameters.bind('keys', 'Array(String)', keys)}`]),
    ...(text === undefined || text === ''
      ? []
      : [`positionCaseInsensitiveUTF8(Value, ${parameters.bind('text', 'String', text)}) > 0`]),
  ];
  const plan = planFacets(scope, context.catalog);
  const summed = plan.pieces.filter(({ table }) => table === 'kvRollup15m');
  const single = plan.pieces.flatMap(({ table, ...range }) =>
    table === 'profiles' ? [{ table, ...range }] : [],
  );
  const relations: string[] = [];
  if (summed.length > 0) {
    const inTime = timeConditions(summed, 'buckets', parameters);
    relations.push(
      `SELECT toString(ColumnIdentifier) AS Of, toString(Key) AS Key, toString(Value) AS Value, sum(count) AS rows, toInt128(0) AS weight, [''] AS units
      FROM ${context.tables.kvRollup15m}${whereAll([...inTime, ...conditions])} GROUP BY Of, Key, Value`,
    );
  }
  const rows = sampleSource(
    scope,
    {
      columns: () => Object.fromEntries([...MAPS, ...COLUMNS].map((name) => [name, name])),
      plan: { pieces: single, expired: [] },
    },
    parameters,
    context,
  );
  if (single.length > 0) {
    relations.push(
      `SELECT item.1 AS Of, item.2 AS Key, item.3 AS Value, count() AS rows, sum(Weight) AS weight, groupUniqArray(Unit) AS units
      FROM (SELECT arrayConcat(${[columnItems(), ...MAPS.map(mapItems)].join(', ')}) AS items, Value AS Weight, toString(Unit) AS Unit FROM ${rows.relation})
      ARRAY JOIN items AS item${whereAll(conditions)} GROUP BY Of, Key, Value`,
    );
  }
  // Where nothing is kept there is nothing to find.
  if (relations.length === 0)
    relations.push(
      `SELECT '' AS Of, '' AS Key, '' AS Value, 0 AS rows, toInt128(0) AS weight, [''] AS units WHERE 0`,
    );
  const isWeighed = `${scope.profileType === undefined ? 0 : 1} AND length(allUnits) = 1`;
  const query = `${withClause(rows)}SELECT
  on, key, value, rows, keyRows, valueCount,
  if(isWeighed, toString(weight), '') AS weight, if(isWeighed, toString(keyWeight), '') AS keyWeight
FROM (
  SELECT
    *, dense_rank() OVER (ORDER BY keyRows DESC, on, key) AS keyPlace,
    row_number() OVER (
      PARTITION BY on, key ORDER BY if(isWeighed, abs(weight), toInt128(0)) DESC, rows DESC, value
    ) AS place
  FROM (
    SELECT
      Of AS on, Key AS key, Value AS value, sum(rows) AS rows, sum(weight) AS weight,
      groupUniqArrayArray(groupUniqArrayArray(units)) OVER () AS allUnits, ${isWeighed} AS isWeighed,
      sum(rows) OVER (PARTITION BY on, key) AS keyRows,
      sum(weight) OVER (PARTITION BY on, key) AS keyWeight,
      count() OVER (PARTITION BY on, key) AS valueCount
    FROM (
      ${relations.join('\n      UNION ALL ')}
    )
    GROUP BY on, key, value
  )
)
WHERE place <= ${parameters.bind('valuesPerKey', 'UInt32', values)} AND keyPlace <= ${parameters.bind('maxKeys', 'UInt32', maxKeys + 1)}
ORDER BY keyPlace, place`;
  return { query, query_params: parameters.values, format: 'JSON', plan };
}

function columnItems(): string {
  const items = COLUMNS.map((name) => `('NativeColumn', '${name}', toString(${name}))`);
  return `arrayFilter(item -> item.3 != '', [${items.join(', ')}])`;
}

function mapItems(map: string): string {
  return `arrayMap(item -> ('${map}', item.1, item.2), CAST(${map}, 'Array(Tuple(String, String))'))`;
}
