import { rollupKeptFrom } from '../kept-from.ts';
import { DERIVED } from '../migrations/derived.ts';
import { timesKeptBy, ttlOf } from '../migrations/kept-times.ts';
import {
  LONGEST_DAYS,
  quoteIdentifier,
  quoteText,
  secondsIn,
  TIER_DEFAULTS,
  type TimeOption,
} from '../migrations/parameters.ts';
import { EXPORTER_COLUMNS } from './exporter-columns.ts';
import { hasColumns, type ServerFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { command, migrateCommand, word, type Installation } from './installation.ts';

/** From so many parts of a partition on ClickHouse slows inserts down, and later refuses them. */
const PARTS_TO_NOTE = 300;
const PARTS_TO_DELAY = 1_000;

export function checkParts({ sizes }: ServerFacts): Finding[] {
  return sizes
    .filter(({ partsOfOnePartition }) => partsOfOnePartition >= PARTS_TO_NOTE)
    .map(({ name, partsOfOnePartition }) => ({
      level: partsOfOnePartition >= PARTS_TO_DELAY ? 'problem' : 'note',
      message: `${name} has ${partsOfOnePartition} parts in one partition: inserts come faster than they are merged.`,
      fix: 'Fewer and larger inserts: async_insert=1, or sending_queue.batch in the exporter.',
    }));
}

/**
 * A stack must be there for as long as a sample or a rollup names it, and a rollup for as long as the
 * samples are, as questions read the one in the place of the others. To give all tables the times
 * that belong together, "migrate" has to be told one, which is that of the samples.
 */
export function checkRetention({ tables }: ServerFacts, installation: Installation): Finding[] {
  const samples = longest(tables, ['otel_profiles']);
  const derived = DERIVED.map(({ name }) => name).filter((name) => tables.has(name));
  const rollups = longest(
    tables,
    // Facets name no stack.
    derived.filter((name) => !name.includes('_kv_')),
  );
  const early = derived.filter((name) => longest(tables, [name]) < samples);
  const fix = migrateCommand(installation, ...keepingOptions(tables));
  const stacks = ['otel_profiles_stacks', 'otel_profiles_frames'].flatMap((name): Finding[] => {
    const table = tables.get(name);
    if (table === undefined || samples === 0) return [];
    const [lines = Infinity, functions = lines] = retentions(table.engineFull).map((terms) =>
      Math.max(...terms),
    );
    const behind =
      lines < samples ? 'samples' : Math.max(lines, functions) < rollups ? 'rollups' : undefined;
    return behind === undefined
      ? []
      : [
          {
            level: 'problem',
            message: `${name} goes before the ${behind} that name it: flame graphs of older times will have holes.`,
            fix,
          },
        ];
  });
  if (early.length === 0) return stacks;
  const message = `${early.join(', ')} ${early.length === 1 ? 'goes' : 'go'} before the samples that are summed up there: answers about older times will be wrong.`;
  return [...stacks, { level: 'problem', message, fix }];
}

/** How long rows of some tables stay at most, in seconds. Without a TTL that is for ever. */
function longest(tables: ServerFacts['tables'], names: readonly string[]): number {
  const there = names.flatMap((name) => tables.get(name) ?? []);
  const times = there.map(({ engineFull }) =>
    ttlOf(engineFull) === undefined ? Infinity : Math.max(0, ...retentions(engineFull).flat()),
  );
  return Math.max(0, ...times);
}

/**
 * The options by which "migrate" writes every TTL and no row goes for it: the time that samples are
 * kept, and that of a rollup where its TTL is none of ours.
 *
 *     otel_profiles without a TTL, otel_profiles_rollup_1d with + INTERVAL 2 YEAR
 *     →  --ttl 18250d --rollup-ttl 1d=732d
 */
function keepingOptions(tables: ServerFacts['tables']): string[] {
  const engines = [...tables.values()].map(({ name, engineFull }) => [name, engineFull] as const);
  const { times, others } = timesKeptBy(new Map(engines));
  const days = (option: TimeOption) => {
    const table = option === 'ttl' ? 'otel_profiles' : others[option]?.table;
    return Math.min(LONGEST_DAYS, Math.ceil(longest(tables, [table ?? '']) / SECONDS.Day));
  };
  const ttl =
    times.ttl !== undefined && secondsIn(times.ttl) >= SECONDS.Day ? times.ttl : undefined;
  const hours = others['1h'] === undefined ? undefined : days('1h');
  const later =
    others['1d'] === undefined
      ? secondsIn(times['1d'] ?? `${TIER_DEFAULTS['1d']}d`) / SECONDS.Day
      : days('1d');
  // Rollups by day have to stay as long as those by hour.
  const isLater = others['1d'] !== undefined || (hours ?? 0) > later;
  return [
    `--ttl ${ttl ?? `${Math.max(1, days('ttl'))}d`}`,
    ...(hours === undefined ? [] : [`--rollup-ttl 1h=${hours}d`]),
    ...(isLater ? [`--rollup-ttl 1d=${Math.max(later, hours ?? 0)}d`] : []),
  ];
}

const SECONDS: Readonly<Record<string, number>> = {
  Second: 1,
  Minute: 60,
  Hour: 3_600,
  Day: 86_400,
  Week: 604_800,
  // The longest there are, so that a time in days is not less.
  Month: 2_678_400,
  Quarter: 7_948_800,
  Year: 31_622_400,
};

/**
 * How long rows stay, in seconds, by the rules of a TTL; of each, its terms:
 *
 *     TTL d + toIntervalDay(30) + toIntervalDay(2) WHERE …, greatest(d + toIntervalDay(30), d + toIntervalDay(400))
 *     →  [[32 days], [30 days, 400 days]]
 */
export function retentions(engineFull: string): number[][] {
  const [, ttl = ''] = / TTL (.*?)(?: SETTINGS |$)/.exec(engineFull.replaceAll(/\s+/g, ' ')) ?? [];
  if (ttl === '') return [];
  // A comma outside of parentheses is between two rules.
  return ttl
    .split(/,(?![^(]*\))(?![^(]*\([^()]*\)[^(]*\))/)
    .map((rule) =>
      [...rule.matchAll(/(?:\+ toInterval\w+\(\d+\) ?)+/g)].map(([term]) =>
        [...term.matchAll(/toInterval(\w+)\((\d+)\)/g)].reduce(
          (sum, [, unit, amount]) => sum + (SECONDS[unit] ?? 0) * Number(amount),
          0,
        ),
      ),
    );
}

/**
 * A table that the exporter fills by itself is one whose rows we never see.
 *
 * @param database where these tables are: the one that people ask, or that of this server's rows
 */
export function checkBypass(
  { tables, columns }: Pick<ServerFacts, 'tables' | 'columns'>,
  database: string,
  installation: Installation,
): Finding[] {
  const db = quoteIdentifier(database);
  return [...tables.values()]
    .filter(({ name, engine }) => engine.endsWith('MergeTree') && !name.endsWith('_before'))
    .filter(({ name }) => isOfExporter(columns, name))
    .map(({ name }) => ({
      level: 'problem',
      message: `${name} is a table that the exporter made by itself; what it holds is not seen here.`,
      fix:
        name === 'otel_profiles'
          ? `RENAME TABLE ${db}.otel_profiles TO ${db}.otel_profiles_wide; ` +
            `then profiles_table_name: otel_profiles_wide in the exporter, ${migrateCommand(installation)} ` +
            `and ${command('adopt', installation)} --from otel_profiles_wide`
          : `${command('adopt', installation)} --from ${word(name)}`,
    }));
}

/** Whether a table has all that the exporter inserts. */
export function isOfExporter(columns: ServerFacts['columns'], table: string): boolean {
  return hasColumns(
    columns,
    table,
    EXPORTER_COLUMNS.map(({ name }) => name),
  );
}

/** What a change of a table still has to do, or cannot. */
export function checkMutations({ mutations }: ServerFacts, database: string): Finding[] {
  return mutations.map(({ table, parts, reason }) =>
    reason === ''
      ? {
          level: 'note',
          message: `${table} is being rewritten: ${parts} ${parts === 1 ? 'part is' : 'parts are'} left.`,
        }
      : {
          level: 'problem',
          message: `${table} cannot be rewritten: ${reason}`,
          fix: `SELECT * FROM system.mutations WHERE database = ${quoteText(database)} AND NOT is_done`,
        },
  );
}

/** What the rollups have of the samples, or since when. */
export function checkCoverage(
  { coverage, oldest, tables }: ServerFacts,
  installation: Installation,
): Finding[] {
  if (coverage === undefined) return [];
  const whole = coverage.filter(({ name, since }) => {
    // What it does not keep, it cannot lack.
    const kept = (rollupKeptFrom(tables.get(name)?.engineFull ?? '') ?? 0) * 1000;
    return since === 0 || oldest === undefined || since <= Math.max(oldest, kept);
  });
  const open = coverage.filter((table) => !whole.includes(table));
  if (open.length === 0) {
    return coverage.length === 0
      ? [
          {
            level: 'problem',
            message: 'Nothing is known of what the rollups hold: every question reads samples.',
            fix: migrateCommand(installation),
          },
        ]
      : [{ level: 'ok', message: 'The rollups hold all samples.' }];
  }
  const since = new Date(Math.max(...open.map((table) => table.since))).toISOString();
  return [
    {
      level: 'note',
      message: `${open.map(({ name }) => name).join(', ')} lack samples of before ${since}: questions about those read every sample.`,
      fix: command('backfill', installation),
    },
  ];
}

/** Settings of the account that asks; that of the Collector may have others. */
export function checkSettings({ settings }: ServerFacts): Finding[] {
  const off = ['insert_deduplicate', 'deduplicate_blocks_in_dependent_materialized_views'].filter(
    (name) => settings.get(name) === '0',
  );
  return off.length === 0
    ? []
    : [
        {
          level: 'note',
          message: `${off.join(', ')} ${off.length === 1 ? 'is' : 'are'} off for this account: an insert that is sent again may count twice, unless it sets that itself, as the Collector configs do.`,
          fix: `ALTER USER ${quoteIdentifier(settings.get('user') ?? 'default')} SETTINGS ${off.map((name) => `${name} = 1`).join(', ')};`,
        },
      ];
}
