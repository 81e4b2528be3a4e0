import { tableStatement, tableText, type Clause } from './clauses.ts';
import {
  dataDatabase,
  interval,
  PARTITIONS,
  quoteIdentifier,
  quoteText,
  TIER_DEFAULTS,
  type MigrationParameters,
  type Tier,
  type TimeOption,
} from './parameters.ts';
import { statements } from './statements.ts';

/** A migration's text → the statements that this installation runs. */
export function rewrite(sql: string, parameters: MigrationParameters): string[] {
  return statements(fillIn(sql, parameters)).map((statement) => {
    return onCluster(rewriteStatement(statement, parameters), parameters.cluster);
  });
}

/**
 * The rollups' times, and then the macros, which are all that HyperDX's collector fills in. A time that
 * is filled in may be written like another's default, so each is looked at but once:
 *
 *     ttl 180d, 1h=90d:  greatest(… + ${TABLES_TTL}, … + toIntervalDay(180))
 *                        →  greatest(… + toIntervalDay(180), … + toIntervalDay(90))
 */
function fillIn(sql: string, parameters: MigrationParameters): string {
  return sql
    .replaceAll(TIER, (written, days: string) => {
      const time = parameters.rollupTtl?.[tierOf(days)!];
      return time === undefined ? written : interval(time);
    })
    .replaceAll('${DATABASE}', () => quoteIdentifier(dataDatabase(parameters)))
    .replaceAll('${TABLES_TTL}', () => interval(parameters.ttl ?? '30d'));
}

const TIERS = Object.keys(TIER_DEFAULTS) as Tier[];
const TIER = new RegExp(`toIntervalDay\\((${Object.values(TIER_DEFAULTS).join('|')})\\)`, 'g');

const tierOf = (days: string) => TIERS.find((tier) => String(TIER_DEFAULTS[tier]) === days);

/** What a TTL depends on, as the files write it: `+ ${TABLES_TTL}`, `+ toIntervalDay(180)`. */
export function timesIn(ttl: string): TimeOption[] {
  const tiers = [...ttl.matchAll(TIER)].flatMap(([, days]) => tierOf(days) ?? []);
  return [...(ttl.includes('${TABLES_TTL}') ? ['ttl' as const] : []), ...new Set(tiers)];
}

function rewriteStatement(statement: string, parameters: MigrationParameters): string {
  if (makesTable(statement)) return rewriteTable(statement, parameters);
  return ALTERS_COLUMNS.test(statement) ? withCodec(statement, parameters) : statement;
}

const ALTERS_COLUMNS = /^ALTER TABLE (?:`(?:\\.|[^`\\])*`|\w+)\.\w+\s+(?:MODIFY|ADD) COLUMN\b/;

function withCodec(text: string, { codec }: MigrationParameters): string {
  if (codec === undefined) return text;
  const general = /\b(?:ZSTD|LZ4HC)\(\d+\)/g;
  // Differences take as much room as the numbers: the server refuses them without compression.
  return codec === 'NONE'
    ? text
        .replaceAll(/\bDelta(?:\(\d+\))?, (?:ZSTD|LZ4HC)\(\d+\)/g, codec)
        .replaceAll(general, codec)
    : text.replaceAll(general, codec);
}

export function makesTable(statement: string): boolean {
  return statement.startsWith('CREATE TABLE ');
}

function rewriteTable(statement: string, parameters: MigrationParameters): string {
  const { head, clauses } = tableStatement(statement);
  const { storagePolicy } = parameters;
  const stored = clauses.some(({ keyword, text }) => keyword === 'ENGINE' && isStored(text));
  const rewritten = clauses.map((clause) => rewriteClause(clause, parameters));
  return tableText({
    head: withCodec(head, parameters),
    clauses:
      storagePolicy === undefined || !stored
        ? rewritten
        : withSetting(rewritten, `storage_policy = ${quoteText(storagePolicy)}`),
  });
}

const isStored = (engine: string) => /^ENGINE = \w*MergeTree\b/.test(engine);

function rewriteClause(clause: Clause, parameters: MigrationParameters): Clause {
  const { keyword, text } = clause;
  switch (keyword) {
    case 'ENGINE':
      return parameters.replicated === true
        ? { keyword, text: replicatedEngine(text, parameters) }
        : clause;
    case 'PARTITION BY':
      return {
        keyword,
        text: text.replace(PARTITIONS.day, PARTITIONS[parameters.partitionBy ?? 'day']),
      };
    default:
      return clause;
  }
}

/**
 * `ReplacingMergeTree(LastSeen)` → `ReplicatedReplacingMergeTree(LastSeen)`. `ON CLUSTER` gives a
 * table one id on all hosts, and the server's default path has that in it. Without, the path must
 * say which tables are replicas of one another.
 */
function replicatedEngine(engine: string, { cluster }: MigrationParameters): string {
  return engine.replace(
    /^ENGINE = (\w*MergeTree)\b(?:\((.*)\))?/,
    (_all, name: string, given?: string) => {
      const path =
        cluster === undefined
          ? ["'/clickhouse/tables/{shard}/{database}/{table}'", "'{replica}'"]
          : [];
      const own = [...path, ...(given === undefined ? [] : [given])];
      return `ENGINE = Replicated${name}${own.length === 0 ? '' : `(${own.join(', ')})`}`;
    },
  );
}

function withSetting(clauses: readonly Clause[], setting: string): Clause[] {
  const before = clauses.find(({ keyword }) => keyword === 'SETTINGS')?.text;
  const text = before === undefined ? `SETTINGS ${setting}` : `${before}, ${setting}`;
  return [
    ...clauses.filter(({ keyword }) => keyword !== 'SETTINGS'),
    { keyword: 'SETTINGS', text },
  ];
}

/** Names the cluster in a statement that makes or changes something; rows are not of that kind. */
export function onCluster(statement: string, cluster: string | undefined): string {
  if (cluster === undefined) return statement;
  return statement.replace(
    /^(?:CREATE (?:OR REPLACE )?(?:DATABASE|TABLE|VIEW|MATERIALIZED VIEW)|ALTER TABLE|DELETE FROM|DROP (?:TABLE|VIEW))(?: IF (?:NOT )?EXISTS)? (?:`(?:\\.|[^`\\])*`|\w+)(?:\.(?:`(?:\\.|[^`\\])*`|\w+))?/,
    (head) => `${head} ON CLUSTER ${quoteIdentifier(cluster)}`,
  );
}
