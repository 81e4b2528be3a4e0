import type { MigrationClient } from './migrate.ts';
import { quoteText } from './parameters.ts';

/**
 * What makes the views of an earlier version those of today: an `ALTER` for each that is there with
 * another query than the files give it.
 *
 * A view that is as it should be is not touched. Until its next start the server (26.7) knows an
 * altered view by another name, and this name is part of what it knows a repeated insert by: one that
 * is repeated after that start would count twice.
 *
 * @param queries all statements of the migrations, of which the views are made
 */
export async function alteredViews(
  client: MigrationClient,
  database: string,
  queries: readonly string[],
): Promise<string[]> {
  const altered: string[] = [];
  for (const query of queries) {
    const [, name, view, cluster = '', select] = MAKES_VIEW.exec(query) ?? [];
    if (name === undefined || view === undefined || select === undefined) continue;
    if (await differs(client, database, view, select)) {
      altered.push(`ALTER TABLE ${name}${cluster} MODIFY QUERY\n${select}`);
    }
  }
  return altered;
}

const NAME = '(?:`(?:\\\\.|[^`\\\\])*`|\\w+)';

/** `1` the view with its database, `2` the view, `3` the cluster, `4` its query. */
const MAKES_VIEW = new RegExp(
  `^CREATE MATERIALIZED VIEW IF NOT EXISTS (${NAME}\\.(\\w+))( ON CLUSTER ${NAME})?\\s[\\s\\S]*?\\sAS\\s+((?:SELECT|WITH)\\s[\\s\\S]*)$`,
);

async function differs(
  client: MigrationClient,
  database: string,
  view: string,
  select: string,
): Promise<boolean> {
  // The server writes queries in its own way, so it is asked how it would write ours.
  const answer = await client.query({
    query: `SELECT formatQuerySingleLine(as_select) != formatQuerySingleLine(${quoteText(select)}) AS differs
      FROM system.tables WHERE database = ${quoteText(database)} AND name = ${quoteText(view)}`,
    format: 'JSONEachRow',
  });
  const [found] = (await answer.json()) as { differs: number }[];
  return found?.differs === 1;
}
