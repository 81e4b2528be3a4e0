import type { MigrationClient } from './migrate.ts';
import { quoteText } from './parameters.ts';

/**
 * The files make a view by two statements, so that they bring an older one up to date as well:
 *
 *     CREATE MATERIALIZED VIEW IF NOT EXISTS v TO t AS SELECT … WHERE 0      a view, whichever
 *     ALTER TABLE v MODIFY QUERY SELECT …                                   with the query of today
 *
 * But until its next start the server (26.7) knows a view that was altered by another name, and this
 * name is part of what it knows a repeated insert by: one that is repeated after the start would
 * count twice. So where there is no view yet the two are made one, and where the query is already
 * that of today, nothing is left of them.
 *
 * @returns what is to be done of the statements of one file
 */
export async function viewsWhereNeeded(
  client: MigrationClient,
  database: string,
  queries: readonly string[],
): Promise<string[]> {
  const heads = new Map<string, string>();
  for (const query of queries) {
    const [, head, view] = MAKES.exec(query) ?? [];
    if (head !== undefined && view !== undefined) heads.set(view, head);
  }
  const needed: string[] = [];
  for (const query of queries) {
    const [, view = '', select = ''] = ALTERS.exec(query) ?? [];
    const head = heads.get(view);
    if (head !== undefined) {
      const state = await stateOf(client, database, view, select);
      if (state === 'missing') needed.push(head + select);
      if (state === 'different') needed.push(query);
    } else if (!isAltered(MAKES.exec(query)?.[2], queries)) {
      needed.push(query);
    }
  }
  return needed;
}

const DATABASE = '(?:`(?:\\\\.|[^`\\\\])*`|\\w+)';

/** `1` the statement up to its query, `2` the view. */
const MAKES = new RegExp(
  `^(CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}\\.(\\w+)\\s[\\s\\S]*?\\sAS\\s+)(?:SELECT|WITH)\\s`,
);

/** `1` the view, `2` its query. */
const ALTERS = new RegExp(
  `^ALTER TABLE ${DATABASE}\\.(\\w+)\\s(?:ON CLUSTER .+\\s)?MODIFY QUERY\\s+([\\s\\S]*)$`,
);

function isAltered(view: string | undefined, queries: readonly string[]): boolean {
  return view !== undefined && queries.some((query) => ALTERS.exec(query)?.[1] === view);
}

async function stateOf(
  client: MigrationClient,
  database: string,
  view: string,
  select: string,
): Promise<'missing' | 'different' | 'same'> {
  // The server writes queries in its own way, so it is asked how it would write ours.
  const answer = await client.query({
    query: `SELECT formatQuerySingleLine(as_select) = formatQuerySingleLine(${quoteText(select)}) AS same
      FROM system.tables WHERE database = ${quoteText(database)} AND name = ${quoteText(view)}`,
    format: 'JSONEachRow',
  });
  const [found] = (await answer.json()) as { same: number }[];
  if (found === undefined) return 'missing';
  return found.same ? 'same' : 'different';
}
