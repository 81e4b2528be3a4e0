import { UserError } from '../errors.ts';
import { publicName } from './distributed.ts';
import type { MigrationClient } from './migrate.ts';
import { quoteText, type MigrationParameters } from './parameters.ts';

/** Where `Distributed` tables look for their rows. */
export interface Shards {
  readonly cluster: string;
  /** The database of each host of it that holds the rows. */
  readonly database: string;
}

/**
 * By the engine of one table:
 *
 *     Distributed('pair', 'shop_local', 'otel_profiles', cityHash64(TraceId))
 *     →  { cluster: 'pair', database: 'shop_local' }
 */
export function shardsOfEngine(engine: string): Shards | undefined {
  const [, cluster, database] =
    /^Distributed\('((?:\\.|[^'\\])*)', '((?:\\.|[^'\\])*)'/.exec(engine) ?? [];
  if (cluster === undefined || database === undefined) return undefined;
  const plain = (text: string) => text.replaceAll(/\\(.)/g, '$1');
  return { cluster: plain(cluster), database: plain(database) };
}

/**
 * The cluster that the tables are over, or are to be over: the one that is asked for, or else that of
 * the tables that are there.
 *
 * Tables of one server and tables over several cannot share names. Statements that make what is
 * missing would take one kind for the other: views on top of `Distributed` tables count every sample
 * again, and a table of one server is never made `Distributed`.
 *
 * @param names of the tables that the migrations make
 * @throws UserError when what is there is of the other kind
 */
export async function clusterOf(
  client: MigrationClient,
  names: readonly string[],
  { database = 'default', distributed }: MigrationParameters,
): Promise<string | undefined> {
  const answer = await client.query({
    query: `SELECT name, engine, engine_full AS definition FROM system.tables
            WHERE database = ${quoteText(database)} ORDER BY name`,
    format: 'JSONEachRow',
  });
  const wanted = new Set(names.map(publicName));
  const tables = (
    (await answer.json()) as { name: string; engine: string; definition: string }[]
  ).filter(({ name }) => wanted.has(name));
  const [over] = tables.flatMap(({ definition }) => shardsOfEngine(definition) ?? []);
  if (over === undefined) {
    const [first] = tables;
    if (distributed === undefined || first === undefined) return distributed;
    throw new UserError(
      `Database ${database} has tables of one server already: ${first.name} is a ${first.engine}. ` +
        `They cannot become tables over cluster ${distributed}; give another --database, or drop them first.`,
    );
  }
  if (distributed !== undefined && distributed !== over.cluster) {
    throw new UserError(
      `The tables of database ${database} are over cluster ${over.cluster}, not ${distributed}. ` +
        `Leave --distributed out to keep that, or give another --database.`,
    );
  }
  if (over.database !== `${database}_local`) {
    throw new UserError(
      `The tables of database ${database} are over cluster ${over.cluster}, with rows in database ${over.database} ` +
        `instead of ${database}_local: they are not of this program. On each host, migrate --database ${over.database}.`,
    );
  }
  const own = tables.find(({ definition }) => shardsOfEngine(definition) === undefined);
  if (own !== undefined) {
    throw new UserError(
      `The tables of database ${database} are over cluster ${over.cluster}, but ${own.name} is a ${own.engine}, ` +
        `which no statement makes Distributed. Rename it, and run this again.`,
    );
  }
  return over.cluster;
}
