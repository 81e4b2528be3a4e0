import { UserError } from '../errors.ts';

/** What differs between installations. */
export interface MigrationParameters {
  /** Made if it is missing. Default: `default`. */
  readonly database?: string;
  /** How long rows are kept: a number and `s`, `m`, `h` or `d`. Default: `30d`, as in HyperDX. */
  readonly ttl?: string;
  /** Makes everything on all hosts of this cluster (`ON CLUSTER`). */
  readonly cluster?: string;
  /**
   * Uses the `Replicated…` form of each engine, with the server's own default path and replica
   * name. Default: false.
   */
  readonly replicated?: boolean;
}

/** A migration's text → what this installation runs. */
export function fillIn(sql: string, parameters: MigrationParameters): string {
  const { database = 'default', ttl = '30d', cluster, replicated = false } = parameters;
  let filled = sql
    .replaceAll('${DATABASE}', () => quoteIdentifier(database))
    .replaceAll('${TABLES_TTL}', () => interval(ttl));
  if (replicated) {
    filled = filled.replaceAll(/\bENGINE = (\w*MergeTree)\b/g, 'ENGINE = Replicated$1');
  }
  if (cluster !== undefined) {
    filled = filled.replaceAll(
      /\b(?:CREATE (?:DATABASE|TABLE|MATERIALIZED VIEW)|ALTER TABLE|DROP (?:TABLE|VIEW))(?: IF (?:NOT )?EXISTS)? (?:`(?:\\.|[^`\\])*`|\w+)(?:\.\w+)?/g,
      (head) => `${head} ON CLUSTER ${quoteIdentifier(cluster)}`,
    );
  }
  return filled;
}

/** `my-db` → `` `my-db` ``: any name is only a name. */
export function quoteIdentifier(name: string): string {
  if (name === '') throw new UserError('A name must not be empty.');
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

const UNITS: Readonly<Record<string, { readonly make: string; readonly seconds: number }>> = {
  s: { make: 'toIntervalSecond', seconds: 1 },
  m: { make: 'toIntervalMinute', seconds: 60 },
  h: { make: 'toIntervalHour', seconds: 3_600 },
  d: { make: 'toIntervalDay', seconds: 86_400 },
};

/** ClickHouse's DateTime ends in 2106 and starts again in 1970: then, all would be too old. */
const MOST_SECONDS = 50 * 365 * 86_400;

/** `30d` → `toIntervalDay(30)`. */
function interval(ttl: string): string {
  const [, amount = '', unit = ''] = /^([1-9]\d*)([smhd])$/.exec(ttl) ?? [];
  const known = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  if (known === undefined || Number(amount) * known.seconds > MOST_SECONDS) {
    throw new UserError(
      'The TTL must be a number and a unit, such as 30d, 720h, 90m or 3600s, of at most 50 years, ' +
        `not ${JSON.stringify(ttl)}.`,
    );
  }
  return `${known.make}(${amount})`;
}
