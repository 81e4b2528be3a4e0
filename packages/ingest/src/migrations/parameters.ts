import { WrongUseError } from '../errors.ts';

/** What differs between installations. Defaults are those of the files, which are HyperDX's. */
export interface MigrationParameters {
  /** Made if it is missing. Default: `default`. */
  readonly database?: string;
  /** How long rows are kept: a number and `s`, `m`, `h` or `d`. Default: `30d`, as in HyperDX. */
  readonly ttl?: string;
  /** How long what is summed up stays, where that is longer than `ttl`. */
  readonly rollupTtl?: Readonly<Partial<Record<Tier, string>>>;
  /** How much time is in one partition of the tables that have a day's by default. */
  readonly partitionBy?: Partition;
  /** General-purpose codec of all columns, e.g. `ZSTD(1)` or `LZ4`, instead of each one's own. */
  readonly codec?: string;
  /** Where the server puts the tables' data. */
  readonly storagePolicy?: string;
  /** Makes everything on all hosts of this cluster (`ON CLUSTER`, which needs a Keeper). */
  readonly cluster?: string;
  /** Uses the `Replicated…` form of each engine. Default: false. */
  readonly replicated?: boolean;
  /**
   * One logical table over all shards of this cluster: data is in the database `<database>_local`
   * of each, and `database` has `Distributed` tables of the same names.
   */
  readonly distributed?: string;
}

/** What the rollups are kept by: hours (and the sampled rows), and days (and functions' stacks). */
export type Tier = '1h' | '1d';

/** What is given a time: `--ttl`, and `--rollup-ttl` of a tier. */
export type TimeOption = 'ttl' | Tier;

/** How the files write a tier's time. */
export const TIER_DEFAULTS: Readonly<Record<Tier, number>> = { '1h': 180, '1d': 400 };

export type Partition = 'day' | 'week' | 'month';

/** What brings a time to its partition; the files write `toDate` where it may be another. */
export const PARTITIONS: Readonly<Record<Partition, string>> = {
  day: 'toDate',
  week: 'toMonday',
  month: 'toYYYYMM',
};

/** The database that holds the data of a server: with `distributed`, not the one that is asked. */
export function dataDatabase({ database = 'default', distributed }: MigrationParameters): string {
  return distributed === undefined ? database : `${database}_local`;
}

/**
 * @param kept how long rollups are kept where that is not given
 * @throws WrongUseError when a parameter is none
 */
export function checkParameters(
  parameters: MigrationParameters,
  kept: Readonly<Partial<Record<Tier, string>>> = {},
): void {
  const { ttl, rollupTtl = {}, partitionBy, codec } = parameters;
  if (ttl !== undefined) checkTime(ttl);
  for (const [tier, time] of Object.entries(rollupTtl)) {
    if (!Object.hasOwn(TIER_DEFAULTS, tier)) {
      throw new WrongUseError(
        `There is no rollup ${JSON.stringify(tier)}; there are ${Object.keys(TIER_DEFAULTS).join(' and ')}.`,
      );
    }
    checkTime(time);
  }
  const { '1h': hours, '1d': days } = { ...DEFAULT_TIERS, ...kept, ...rollupTtl };
  // What was there before stays as it is.
  if (Object.keys(rollupTtl).length > 0 && secondsIn(days) < secondsIn(hours)) {
    throw new WrongUseError(
      `Rollups by day must stay as long as those by hour, whose stacks go with them: not ${days} and ${hours}.`,
    );
  }
  if (partitionBy !== undefined && !Object.hasOwn(PARTITIONS, partitionBy)) {
    throw new WrongUseError(
      `A partition is a ${Object.keys(PARTITIONS).join(', a ')}, not ${JSON.stringify(partitionBy)}.`,
    );
  }
  if (codec !== undefined && !isCodec(codec)) {
    throw new WrongUseError(
      `The codec must be NONE, LZ4, LZ4HC(1 to 12) or ZSTD(1 to 22), not ${JSON.stringify(codec)}.`,
    );
  }
}

const LEVELS: Readonly<Record<string, number>> = { LZ4HC: 12, ZSTD: 22 };

function isCodec(codec: string): boolean {
  if (codec === 'NONE' || codec === 'LZ4') return true;
  const [, name = '', level] = /^(LZ4HC|ZSTD)\(([1-9]\d?)\)$/.exec(codec) ?? [];
  return Number(level) <= (LEVELS[name] ?? 0);
}

const DEFAULT_TIERS = { '1h': `${TIER_DEFAULTS['1h']}d`, '1d': `${TIER_DEFAULTS['1d']}d` };

/** `my-db` → `` `my-db` ``: any name is only a name. */
export function quoteIdentifier(name: string): string {
  if (name === '') throw new WrongUseError('A name must not be empty.');
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

/** `it's` → `'it\'s'`. */
export function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const UNITS: Readonly<Record<string, { readonly make: string; readonly seconds: number }>> = {
  s: { make: 'toIntervalSecond', seconds: 1 },
  m: { make: 'toIntervalMinute', seconds: 60 },
  h: { make: 'toIntervalHour', seconds: 3_600 },
  d: { make: 'toIntervalDay', seconds: 86_400 },
};

/** Rows go by the start of their day: of less than this, those of the afternoon would be gone at once. */
const LEAST_SECONDS = 86_400;

/** ClickHouse's DateTime ends in 2106 and starts again in 1970: then, all would be too old. */
export const LONGEST_DAYS = 50 * 365;

const MOST_SECONDS = LONGEST_DAYS * 86_400;

interface Time {
  readonly amount: number;
  readonly unit: { readonly make: string; readonly seconds: number };
}

const secondsOf = ({ amount, unit }: Time) => amount * unit.seconds;

/** `30d` → 2592000. */
export const secondsIn = (time: string) => secondsOf(parseTime(time));

function parseTime(text: string): Time {
  const [, amount = '', name = ''] = /^([1-9]\d*)([smhd])$/.exec(text) ?? [];
  const unit = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  if (unit === undefined || Number(amount) * unit.seconds > MOST_SECONDS) {
    throw wrongTime(text);
  }
  return { amount: Number(amount), unit };
}

/** What is there may be shorter; nobody can ask for it. */
function checkTime(text: string): void {
  if (secondsIn(text) < LEAST_SECONDS) throw wrongTime(text);
}

function wrongTime(text: string): WrongUseError {
  return new WrongUseError(
    'The TTL must be a number and a unit, such as 30d or 720h, of at least 1d and at most 50 years, ' +
      `not ${JSON.stringify(text)}.`,
  );
}

/** `30d` → `toIntervalDay(30)`. */
export function interval(time: string): string {
  const { amount, unit } = parseTime(time);
  return `${unit.make}(${amount})`;
}

/** `toIntervalDay(30)` → `30d`; undefined for what is none. */
export function timeOf(written: string): string | undefined {
  const [, make, amount] = /^(toInterval\w+)\((\d+)\)$/.exec(written) ?? [];
  const unit = Object.keys(UNITS).find((name) => UNITS[name].make === make);
  return unit === undefined ? undefined : `${amount}${unit}`;
}
