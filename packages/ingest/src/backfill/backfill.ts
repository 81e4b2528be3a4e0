import type { ClickHouseClient } from '@clickhouse/client';
import { setTimeout as sleep } from 'node:timers/promises';

import { withServer, type ConnectionOptions } from '../connection.ts';
import { UserError } from '../errors.ts';
import { rollupKeptFrom } from '../kept-from.ts';
import { localDatabase } from '../local-database.ts';
import { BY_DAY, BY_HOUR, DERIVED, SAMPLED, type Derived } from '../migrations/derived.ts';
import { quoteIdentifier, quoteText } from '../migrations/parameters.ts';
import { MOVING_ROWS, OwnQueries } from '../own-queries.ts';
import { queryOver, storedSamples, viewQueries, type ViewQueries } from './derived.ts';
import { DAY, GRACE, HOUR, within, type Slice } from './slice.ts';
import { sumsWithin, type Sums } from './sums.ts';

/** How far it is. */
export interface BackfillProgress {
  /** Samples behind what is filled in, and of all that there is to fill in. */
  readonly done: number;
  readonly total: number;
  /** What it is at, such as `2026-09-01 13:00`, and that it waits for the end of that. */
  readonly at: string;
}

export interface BackfillOptions {
  readonly onProgress?: (progress: BackfillProgress) => void;
  /** Ends it after the slice that it is at; what is filled in stays. */
  readonly signal?: AbortSignal;
}

export interface BackfillResult {
  /** Samples whose hours were filled in by this run. */
  readonly samples: number;
  /** Samples whose hours it did not come to, because it was told to end. */
  readonly left: number;
  /** Whether it was told to end while there was more that it could have filled in. */
  readonly endedEarly: boolean;
  /** The day that the tables by day still lack a part of, because it is not over. */
  readonly openDay: string | undefined;
}

/** How often it is told that the end of an hour is waited for. */
const SAY_AGAIN = 10_000;

const TRIES = 5;

/** That one insert brings. */
const MOST_SAMPLES = 2_000_000;

/** A table that is whole only since some time, in milliseconds since 1970. */
interface Lacking extends Derived {
  readonly since: number;
  /** It cannot hold what is older: that goes as soon as it is inserted. */
  readonly keptFrom: number;
}

/**
 * Fills in what the tables by minute, hour, day and so on lack of the samples that were there before
 * them, in slices of hours or a day, from the newest to the oldest.
 *
 * A slice is made anew: what the tables have of it goes, and what their views would have made of its
 * samples is inserted. Then it is counted on both sides; samples that have arrived meanwhile show in
 * that, and it is done again. Only then does the table of coverage say that it is there. So this can
 * be ended at any moment, by whatever, and begun again.
 *
 * What is older than a table keeps is passed over, where samples of that time are still stored: the
 * table is whole from then on. So it is where partitions are of months, or samples stay for ever.
 *
 * @throws UserError when samples of an hour keep arriving, or another run is at it
 * @throws ServerError when ClickHouse refuses or is not there
 */
export async function backfill(
  connection: ConnectionOptions,
  options: BackfillOptions = {},
): Promise<BackfillResult> {
  return await withServer(connection, async (client) => {
    const database = await localDatabase(client, connection.database);
    const views = await viewQueries(client, database);
    return await new Backfill(client, database, views, options).run();
  });
}

class Backfill {
  readonly #client: ClickHouseClient;
  readonly #database: string;
  readonly #db: string;
  readonly #views: ViewQueries;
  readonly #own: OwnQueries;
  readonly #options: BackfillOptions;
  /** In milliseconds since 1970, of the tables that cannot hold all that there are samples of. */
  readonly #keptFrom = new Map<string, number>();

  constructor(
    client: ClickHouseClient,
    database: string,
    views: ViewQueries,
    options: BackfillOptions,
  ) {
    this.#client = client;
    this.#database = database;
    this.#db = quoteIdentifier(database);
    this.#views = views;
    this.#own = new OwnQueries(client, 'backfill', database);
    this.#options = options;
  }

  run(): Promise<BackfillResult> {
    return this.#own.alone(() => this.#fillIn());
  }

  async #fillIn(): Promise<BackfillResult> {
    const lacking = await this.#lacking();
    const among = (tables: readonly Derived[]) =>
      lacking.filter(({ name }) => tables.some((table) => table.name === name));
    const hours = await this.#hours(among(BY_HOUR));
    // Days are summed up from all of their hours.
    return hours.left > 0
      ? { ...hours, endedEarly: true, openDay: undefined }
      : { ...hours, ...(await this.#days(among(BY_DAY))) };
  }

  async #hours(tables: readonly Lacking[]): Promise<{ samples: number; left: number }> {
    if (tables.length === 0) return { samples: 0, left: 0 };
    const since = Math.max(...tables.map((table) => table.since));
    const hours = await this.#rows<{ at: number; samples: number }>(
      `SELECT toUnixTimestamp(toStartOfHour(Timestamp, 'UTC')) * 1000 AS at, count() AS samples
       FROM ${this.#db}.otel_profiles WHERE Timestamp < fromUnixTimestamp64Milli(toInt64(${since}), 'UTC')
       GROUP BY at ORDER BY at DESC`,
    );
    const opened = (slice: Slice) =>
      tables.filter((table) => table.since > slice.from && table.keptFrom <= slice.from);
    const slices = slicesOf(hours, Date.now()).filter((slice) => opened(slice).length > 0);
    const total = slices.reduce((sum, slice) => sum + slice.samples, 0);
    let done = 0;
    for (const slice of slices) {
      if (this.#options.signal?.aborted) return { samples: done, left: total - done };
      const show = (more: string) =>
        this.#options.onProgress?.({ done, total, at: nameOf(slice.from) + more });
      show('');
      const open = opened(slice);
      const isWhole = await this.#slice(slice, open, () => show(', waiting for it to end'));
      if (!isWhole) return { samples: done, left: total - done };
      await this.#cover(open, slice.from);
      done += slice.samples;
    }
    await this.#coverAll(tables);
    this.#options.onProgress?.({ done, total, at: '' });
    return { samples: done, left: 0 };
  }

  /** Makes a slice whole; false if that was to end while it waited for the time of it to be over. */
  async #slice(slice: Slice, tables: readonly Derived[], onWait: () => void): Promise<boolean> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (await this.#holds(() => this.#isWhole(slice, tables))) return true;
      // Its samples still arrive: what is inserted now might be inserted by the views as well.
      while (isUnderWay(slice)) {
        onWait();
        const { signal } = this.#options;
        const wait = Math.min(untilOver(slice), SAY_AGAIN);
        await sleep(wait, undefined, { signal }).catch(() => undefined);
        if (signal?.aborted) return false;
      }
      const made = this.#withPassed(tables, slice);
      await Promise.all(made.map(({ name }) => this.#clear(name, slice)));
      for (const table of made) {
        // What is made of one that is filled here comes by its view.
        if (made.some(({ name }) => name === table.from)) continue;
        await this.#insert(table, slice);
      }
    }
    if (await this.#holds(() => this.#isWhole(slice, tables))) return true;
    throw keepArriving(nameOf(slice.from));
  }

  /**
   * Tables, with those that they are made of and that do not keep so old a slice any more: what is
   * inserted there goes on by their views, and then goes.
   */
  #withPassed(tables: readonly Derived[], slice: Slice): Derived[] {
    const passed = DERIVED.filter(
      ({ name }) =>
        tables.some(({ from }) => from === name) &&
        !tables.some((table) => table.name === name) &&
        (this.#keptFrom.get(name) ?? 0) > slice.from,
    );
    return [...passed, ...tables];
  }

  /**
   * Whether something is so, and still is once the inserts on their way have arrived: of one whose
   * samples are stored, but not yet summed up by the views, the sums could agree by what was inserted
   * here, and then count twice.
   */
  async #holds(isSo: () => Promise<boolean>): Promise<boolean> {
    if (!(await isSo())) return false;
    await this.#own.untilOthersEnd();
    return isSo();
  }

  /** Whether tables by hour hold just what the samples of some hours come to. */
  async #isWhole(slice: Slice, tables: readonly Derived[]): Promise<boolean> {
    const sums = new Map([
      ...sumsWithin(this.#database, slice),
      [SAMPLED.name, this.#sampled(slice)],
    ]);
    const same = tables
      .flatMap(({ name }) => sums.get(name) ?? [])
      .map(({ due, held }) => `${due} = ${held}`);
    const [found] = await this.#rows<{ whole: number }>(`SELECT ${same.join(' AND ')} AS whole`);
    return found.whole === 1;
  }

  #sampled(slice: Slice): Sums {
    const rows = this.#queryOver(SAMPLED, slice);
    return {
      due: `(SELECT count() FROM (${rows}))`,
      held: `(SELECT count() FROM ${this.#db}.${SAMPLED.name} WHERE ${within(slice)})`,
    };
  }

  async #days(tables: readonly Lacking[]): Promise<Pick<BackfillResult, 'endedEarly' | 'openDay'>> {
    const all = { endedEarly: false, openDay: undefined };
    if (tables.length === 0) return all;
    const since = Math.max(...tables.map((table) => table.since));
    const days = await this.#rows<{ at: number }>(
      `SELECT DISTINCT toUnixTimestamp(toStartOfDay(Timestamp, 'UTC')) * 1000 AS at
       FROM ${this.#db}.otel_profiles_rollup_1h WHERE Timestamp < fromUnixTimestamp64Milli(toInt64(${since}), 'UTC')
       ORDER BY at DESC`,
    );
    for (const { at } of days) {
      if (this.#options.signal?.aborted) return { ...all, endedEarly: true };
      const slice = { from: at, to: at + DAY };
      const open = tables.filter((table) => table.since > at && table.keptFrom <= at);
      if (open.length === 0) continue;
      if (!(await this.#day(slice, open))) return { ...all, openDay: nameOf(at).slice(0, 10) };
      await this.#cover(open, at);
    }
    await this.#coverAll(tables);
    return all;
  }

  /** Sums up a day from its hours; false if it is under way. */
  async #day(slice: Slice, tables: readonly Derived[]): Promise<boolean> {
    for (const table of tables) {
      const isDone = () => this.#holds(() => this.#isSummedUp(table, slice));
      for (let attempt = 0; !(await isDone()); attempt++) {
        if (isUnderWay(slice)) return false;
        if (attempt === TRIES) throw keepArriving(nameOf(slice.from).slice(0, 10));
        await this.#clear(table.name, slice);
        await this.#insert(table, slice);
      }
    }
    return true;
  }

  async #isSummedUp({ name, from }: Derived, slice: Slice): Promise<boolean> {
    const sums = name.includes('functions')
      ? 'sum(Self), sum(Total), sum(SelfCount), sum(TotalCount)'
      : 'sum(Value), sum(Count)';
    const of = (table: string) =>
      `(SELECT (${sums}) FROM ${this.#db}.${table} WHERE ${within(slice)})`;
    const [{ same }] = await this.#rows<{ same: number }>(
      `SELECT ${of(name)} = ${of(from)} AS same`,
    );
    return same === 1;
  }

  /** The tables that are not whole for ever. */
  async #lacking(): Promise<Lacking[]> {
    const known = await this.#rows<{ name: string; since: number }>(
      `SELECT Name AS name, toUnixTimestamp64Milli(min(Since)) AS since
       FROM ${this.#db}.otel_profiles_coverage GROUP BY Name`,
    );
    const told = new Map(known.map((row) => [row.name, row.since]));
    const missing = DERIVED.find(({ name }) => !told.has(name));
    if (missing !== undefined) {
      throw new UserError(`Nothing is known of ${missing.name}. Run "hyperflame migrate" first.`);
    }
    await this.#readKept();
    const since = new Map<string, number>();
    for (const { name, from } of DERIVED) {
      // What is inserted into a table goes on into those that are made of it.
      const lacks = Math.max(told.get(name) ?? 0, since.get(from) ?? 0);
      since.set(name, lacks > (this.#keptFrom.get(name) ?? 0) ? lacks : 0);
    }
    return DERIVED.map((table) => ({
      ...table,
      since: since.get(table.name) ?? 0,
      keptFrom: this.#keptFrom.get(table.name) ?? 0,
    })).filter((table) => table.since > 0);
  }

  /** From when on each table can hold what the samples come to; of those that can hold all, nothing. */
  async #readKept(): Promise<void> {
    const [oldest] = await this.#rows<{ at: number }>(
      `SELECT toUnixTimestamp64Milli(min(Timestamp)) AS at FROM ${this.#db}.otel_profiles HAVING count() > 0`,
    );
    const found = await this.#rows<{ name: string; engine: string }>(
      `SELECT name, engine_full AS engine FROM system.tables WHERE database = ${quoteText(this.#database)}`,
    );
    const engines = new Map(found.map(({ name, engine }) => [name, engine]));
    for (const { name, from } of DERIVED) {
      const own = (rollupKeptFrom(engines.get(name) ?? '') ?? 0) * 1000;
      // Days are summed up from the hours that are there.
      const isByDay = BY_DAY.some((table) => table.name === name);
      const kept = Math.max(own, isByDay ? (this.#keptFrom.get(from) ?? 0) : 0);
      if (oldest !== undefined && oldest.at < kept) this.#keptFrom.set(name, kept);
    }
  }

  /** That tables hold all that they can. */
  async #coverAll(tables: readonly Lacking[]): Promise<void> {
    for (const table of tables) await this.#cover([table], table.keptFrom);
  }

  async #cover(tables: readonly Derived[], since: number): Promise<void> {
    const rows = tables.map(
      ({ name }) => `(${quoteText(name)}, fromUnixTimestamp64Milli(toInt64(${since}), 'UTC'))`,
    );
    await this.#command(`INSERT INTO ${this.#db}.otel_profiles_coverage VALUES ${rows.join(', ')}`);
  }

  async #clear(table: string, slice: Slice): Promise<void> {
    const where = `FROM ${this.#db}.${table} WHERE ${within(slice)}`;
    // A deletion looks at every part, also where there is nothing.
    const [{ rows }] = await this.#rows<{ rows: number }>(`SELECT count() AS rows ${where}`);
    if (rows > 0) await this.#command(`DELETE ${where}`);
  }

  async #insert(table: Derived, slice: Slice): Promise<void> {
    const query = this.#queryOver(table, slice);
    const answer = await this.#rows<{ name: string }>(`DESCRIBE (${query})`);
    const columns = answer.map(({ name }) => quoteIdentifier(name)).join(', ');
    await this.#command(`INSERT INTO ${this.#db}.${table.name} (${columns}) ${query}`);
  }

  /** What the view of a table would have made of a slice of the rows that it reads. */
  #queryOver(table: Derived, slice: Slice): string {
    const rows =
      table.from === 'otel_profiles_samples'
        ? storedSamples(this.#database, slice)
        : `SELECT * FROM ${this.#db}.${table.from} WHERE ${within(slice)}`;
    return queryOver(table, this.#views, this.#database, rows);
  }

  async #command(query: string): Promise<void> {
    await this.#client.command({
      query,
      query_id: this.#own.id(),
      clickhouse_settings: MOVING_ROWS,
    });
  }

  async #rows<Row>(query: string): Promise<Row[]> {
    const answer = await this.#client.query({
      query,
      format: 'JSONEachRow',
      clickhouse_settings: {
        output_format_json_quote_64bit_integers: 0,
        joined_subquery_requires_alias: 0,
      },
    });
    return answer.json<Row>();
  }
}

const untilOver = ({ to }: Slice) => to + GRACE - Date.now();

/**
 * Whether it is now. A time that has not come yet, of which a wrong clock has sent samples, is not
 * waited for: it may be years away, and all of what was before it with it.
 */
const isUnderWay = (slice: Slice) => slice.from <= Date.now() && untilOver(slice) > 0;

function keepArriving(time: string): UserError {
  return new UserError(
    `Samples of ${time} keep arriving. Run "hyperflame backfill" again later; what it has filled in stays.`,
  );
}

interface Hour {
  readonly at: number;
  readonly samples: number;
}

/**
 * Hours, the newest first, in pieces that are done at once: hours of one day that is over, as many
 * as have so many samples that one insert can hold their stacks; else an hour.
 */
export function slicesOf(
  hours: readonly Hour[],
  now: number,
): (Slice & { readonly samples: number })[] {
  const slices: { from: number; to: number; samples: number }[] = [];
  for (const { at, samples } of hours) {
    const last = slices.at(-1);
    const day = Math.floor(at / DAY);
    if (
      last !== undefined &&
      Math.floor(last.from / DAY) === day &&
      (day + 1) * DAY + GRACE < now &&
      last.samples + samples <= MOST_SAMPLES
    ) {
      last.from = at;
      last.samples += samples;
    } else {
      slices.push({ from: at, to: at + HOUR, samples });
    }
  }
  return slices;
}

/** `2026-09-01 13:00` */
function nameOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
