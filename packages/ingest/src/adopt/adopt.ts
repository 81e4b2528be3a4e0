import type { ClickHouseClient } from '@clickhouse/client';

import { withServer, type ConnectionOptions } from '../connection.ts';
import { EXPORTER_COLUMNS } from '../doctor/exporter-columns.ts';
import { UserError } from '../errors.ts';
import { keptFrom } from '../kept-from.ts';
import { localDatabase } from '../local-database.ts';
import { LONGEST_DAYS, quoteIdentifier, quoteText } from '../migrations/parameters.ts';
import { MOVING_ROWS, OwnQueries } from '../own-queries.ts';
import { isStored, profileTablesQuery, stagingStatements, type ProfileTable } from './staging.ts';

export interface AdoptOptions {
  /** The table that the exporter has made and filled. */
  readonly from: string;
  readonly onProgress?: (progress: { done: number; total: number; at: string }) => void;
  /** Ends it after the day that it is at, or that an earlier run was at. */
  readonly signal?: AbortSignal;
}

export interface AdoptResult {
  /** Rows of days that were adopted by this run, and of all days but those that are too old. */
  readonly rows: number;
  readonly total: number;
  /** Rows of days that it did not come to, because it was told to end. */
  readonly left: number;
  /** Rows of days that are older than profiles are kept, and the `--ttl` that would keep them. */
  readonly tooOld: { readonly rows: number; readonly ttl: string } | undefined;
  /** Rows of days that no `--ttl` keeps, such as those of 1970, which a clock that was not set has sent. */
  readonly neverKept: number | undefined;
  /** Where the rows still are as the exporter wrote them. */
  readonly before: string;
}

const LANDING = 'otel_profiles_ingest';
const LEDGER = 'otel_profiles_adoption';

/**
 * Takes over a table that the Collector's exporter made by itself and has filled.
 *
 * First its name becomes another one of the landing table, in one step: from then on, what the
 * exporter inserts goes the way of all profiles, and nothing is added to the old rows, which are in
 * `…_before`. Then these go that way, day by day: into a second set of the tables, whose parts are
 * moved over when the day is whole. What is written of that in `otel_profiles_adoption` lets a run
 * that was ended, by whatever, be taken up by the next one. Days that are older than profiles are kept
 * stay where they are: the next merge would drop them here.
 *
 * @throws UserError when the table is not one of the exporter's, or another run is at it
 * @throws ServerError when ClickHouse refuses or is not there
 */
export async function adopt(
  connection: ConnectionOptions,
  options: AdoptOptions,
): Promise<AdoptResult> {
  return await withServer(connection, async (client) => {
    const local = await localDatabase(client, connection.database);
    return await new Adoption(client, connection.database, local, options).run();
  });
}

interface Day {
  /** `2026-09-01` */
  readonly day: string;
  readonly rows: number;
  readonly isDone: number;
}

class Adoption {
  readonly #client: ClickHouseClient;
  /** Where the exporter's table is: in the database that people ask, or in that of the rows. */
  #source: string;
  /** That of this server's rows. */
  readonly #database: string;
  readonly #db: string;
  readonly #staging: string;
  readonly #own: OwnQueries;
  readonly #options: AdoptOptions;
  readonly #before: string;

  constructor(client: ClickHouseClient, asked: string, database: string, options: AdoptOptions) {
    this.#client = client;
    this.#source = asked;
    this.#database = database;
    this.#db = quoteIdentifier(database);
    this.#staging = `${database}_adopting`;
    this.#own = new OwnQueries(client, 'adopt', database);
    this.#options = options;
    this.#before = `${options.from}_before`;
  }

  run(): Promise<AdoptResult> {
    return this.#own.alone(() => this.#adopt());
  }

  async #adopt(): Promise<AdoptResult> {
    await this.#findSource();
    await this.#redirect();
    await this.#command(
      `CREATE TABLE IF NOT EXISTS ${this.#db}.${LEDGER}
       (Source String, Day Date, State Enum8('moving' = 1, 'done' = 2), Rows UInt64)
       ENGINE = MergeTree ORDER BY (Source, Day, State)`,
    );
    const finished = await this.#finish();
    const before = `${quoteIdentifier(this.#source)}.${quoteIdentifier(this.#before)}`;
    const found = await this.#rows<Day>(
      `SELECT toDate(Timestamp, 'UTC') AS day, count() AS rows,
         day IN (SELECT Day FROM ${this.#db}.${LEDGER} WHERE Source = ${quoteText(this.#options.from)} AND State = 'done') AS isDone
       FROM ${before} GROUP BY day ORDER BY day DESC`,
    );
    const kept = (await keptFrom(this.#client, this.#database)) ?? -Infinity;
    const tooOld = found.filter(({ day, isDone }) => !isDone && startOf(day) < kept);
    const within = tooOld.filter(({ day }) => daysSince(day) <= LONGEST_DAYS);
    const days = found.filter((day) => !tooOld.includes(day));
    const total = rowsOf(days);
    let done = rowsOf(days.filter(({ isDone }) => isDone));
    const doneBefore = done;
    for (const { day, rows, isDone } of days) {
      if (isDone) continue;
      if (this.#options.signal?.aborted) break;
      this.#options.onProgress?.({ done, total, at: day });
      await this.#fill(day, rows);
      await this.#note(day, 'moving', rows);
      await this.#move(day);
      await this.#note(day, 'done', rows);
      done += rows;
    }
    this.#options.onProgress?.({ done, total, at: '' });
    await this.#command(`DROP DATABASE IF EXISTS ${quoteIdentifier(this.#staging)} SYNC`);
    return {
      rows: finished + done - doneBefore,
      total,
      left: total - done,
      tooOld: within.length === 0 ? undefined : { rows: rowsOf(within), ttl: ttlFor(within) },
      neverKept: rowsOf(tooOld) - rowsOf(within) || undefined,
      before: this.#before,
    };
  }

  /**
   * Moves what an earlier run was ended at, and says how many rows its day has. A part of them is in
   * the tables, and the rest nowhere but beside them: this comes first, also where the run is to end.
   */
  async #finish(): Promise<number> {
    const moving = await this.#rows<{ source: string; day: string; rows: number }>(
      `SELECT Source AS source, Day AS day, max(Rows) AS rows FROM ${this.#db}.${LEDGER}
       GROUP BY source, day HAVING max(State) = 'moving'`,
    );
    let finished = 0;
    for (const { source, day, rows } of moving) {
      if (source !== this.#options.from) {
        throw new UserError(
          `A part of ${day} of ${source} is in the tables, and the rest in ${this.#staging}. Finish that first, with --from ${source}.`,
        );
      }
      await this.#move(day);
      await this.#note(day, 'done', rows);
      finished += rows;
    }
    return finished;
  }

  async #findSource(): Promise<void> {
    const { from } = this.#options;
    const names = [from, this.#before].map(quoteText).join(', ');
    const found = await this.#rows<{ name: string }>(
      `SELECT name FROM system.tables WHERE database = ${quoteText(this.#source)} AND name IN (${names})`,
    );
    if (found.length === 0) this.#source = this.#database;
  }

  /**
   * The exporter's inserts go to the landing table from here on. One that has found the old table by
   * its name, and comes to lock it after the exchange, is refused as a whole (TABLE_UUID_MISMATCH), and
   * sent again.
   */
  async #redirect(): Promise<void> {
    const { from } = this.#options;
    const door = `${from}_door`;
    const db = quoteIdentifier(this.#source);
    const [name, doorName] = [from, door].map((one) => `${db}.${quoteIdentifier(one)}`);
    const engines = await this.#engines();
    if (!engines.has(LANDING)) {
      throw new UserError(`There is no ${LANDING}. Run "hyperflame migrate" first.`);
    }
    if (engines.has(this.#before)) return;
    if (engines.get(from) !== 'Alias') {
      await this.#checkSource(engines.get(from));
      await this.#command(`DROP TABLE IF EXISTS ${doorName}`);
      await this.#command(
        `CREATE TABLE ${doorName} ENGINE = Alias(${quoteText(this.#source)}, ${quoteText(LANDING)})`,
      );
      await this.#command(`EXCHANGE TABLES ${name} AND ${doorName}`);
    } else if (!engines.has(door)) {
      throw new UserError(
        `${from} stands for ${LANDING} already, and there are no rows of before.`,
      );
    }
    // Those that began before the names were exchanged still write the old rows.
    await this.#own.untilOthersEnd();
    await this.#command(`RENAME TABLE ${doorName} TO ${db}.${quoteIdentifier(this.#before)}`);
  }

  async #checkSource(engine: string | undefined): Promise<void> {
    const { from } = this.#options;
    if (engine === undefined) throw new UserError(`There is no table ${from}.`);
    if (from === 'otel_profiles') {
      throw new UserError(
        'otel_profiles is the name of a table of ours. RENAME TABLE otel_profiles TO otel_profiles_wide, ' +
          'run "hyperflame migrate", and adopt that; the exporter needs profiles_table_name: otel_profiles_wide.',
      );
    }
    const columns = await this.#rows<{ name: string }>(
      `SELECT name FROM system.columns
       WHERE database = ${quoteText(this.#source)} AND table = ${quoteText(from)}`,
    );
    const known = new Set(columns.map((column) => column.name));
    const missing = EXPORTER_COLUMNS.filter((column) => !known.has(column.name));
    if (!engine.endsWith('MergeTree') || missing.length > 0) {
      throw new UserError(
        `${from} is not a table that the exporter made: ` +
          (missing.length > 0
            ? `it has no ${missing.map((column) => column.name).join(', ')}.`
            : `it is a ${engine}.`),
      );
    }
  }

  /** A day, as it will be, beside the tables. */
  async #fill(day: string, rows: number): Promise<void> {
    const staging = quoteIdentifier(this.#staging);
    await this.#command(`DROP DATABASE IF EXISTS ${staging} SYNC`);
    const statements = stagingStatements(await this.#tables(), this.#database, this.#staging);
    for (const statement of statements) await this.#command(statement);
    const columns = EXPORTER_COLUMNS.map(({ name }) => quoteIdentifier(name)).join(', ');
    const source = `${quoteIdentifier(this.#source)}.${quoteIdentifier(this.#before)}`;
    // An hour at a time: the stacks of all rows of an insert are in memory.
    for (let hour = 0; hour < 24; hour++) {
      await this.#command(
        `INSERT INTO ${staging}.${LANDING} (${columns}) SELECT ${columns} FROM ${source}
         WHERE toDate(Timestamp, 'UTC') = ${quoteText(day)} AND toHour(Timestamp, 'UTC') = ${hour}`,
      );
    }
    const [{ n }] = await this.#rows<{ n: number }>(
      `SELECT count() AS n FROM ${staging}.otel_profiles`,
    );
    if (n !== rows) {
      throw new UserError(
        `Of ${day}, ${this.#before} has ${rows} rows, but ${n} of them went through: does it still get rows?`,
      );
    }
  }

  async #move(day: string): Promise<void> {
    const staging = quoteIdentifier(this.#staging);
    const databases = `SELECT name FROM system.databases WHERE name = ${quoteText(this.#staging)}`;
    if ((await this.#rows(databases)).length === 0) {
      throw new UserError(
        `A part of ${day} is in the tables, and database ${this.#staging}, which had the rest, is gone. ` +
          `All rows of that day are still in ${this.#before}.`,
      );
    }
    for (const table of (await this.#tables()).filter(isStored)) {
      const partitions = await this.#rows<{ id: string }>(
        `SELECT DISTINCT partition_id AS id FROM system.parts WHERE active
         AND database = ${quoteText(this.#staging)} AND table = ${quoteText(table.name)}`,
      );
      for (const { id } of partitions) {
        await this.#command(
          `ALTER TABLE ${staging}.${table.name} MOVE PARTITION ID ${quoteText(id)} TO TABLE ${this.#db}.${table.name}`,
        );
      }
    }
  }

  async #note(day: string, state: 'moving' | 'done', rows: number): Promise<void> {
    await this.#command(
      `INSERT INTO ${this.#db}.${LEDGER} VALUES (${quoteText(this.#options.from)}, ${quoteText(day)}, ${quoteText(state)}, ${rows})`,
    );
  }

  async #tables(): Promise<ProfileTable[]> {
    const own = [this.#options.from, this.#before];
    const tables = await this.#rows<ProfileTable>(profileTablesQuery(this.#database));
    return tables.filter(({ name }) => !own.includes(name));
  }

  async #engines(): Promise<Map<string, string>> {
    const tables = await this.#rows<{ name: string; engine: string }>(
      `SELECT name, engine FROM system.tables WHERE database = ${quoteText(this.#source)}`,
    );
    return new Map(tables.map(({ name, engine }) => [name, engine]));
  }

  async #command(query: string): Promise<void> {
    await this.#client.command({
      query,
      query_id: this.#own.id(),
      clickhouse_settings: { ...MOVING_ROWS, allow_suspicious_low_cardinality_types: 1 },
    });
  }

  async #rows<Row>(query: string): Promise<Row[]> {
    const answer = await this.#client.query({
      query,
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    });
    return answer.json<Row>();
  }
}

const rowsOf = (days: readonly Day[]) => days.reduce((sum, { rows }) => sum + rows, 0);

const DAY = 86_400;

/** Of `2026-09-01`, in seconds since 1970. */
const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;

/** The time by which a day is kept today and tomorrow. */
const daysSince = (day: string) => Math.ceil((Date.now() / 1000 - startOf(day)) / DAY) + 1;

/** `61d`, by which all of these days are. */
const ttlFor = (days: readonly Day[]) => `${Math.max(...days.map(({ day }) => daysSince(day)))}d`;
