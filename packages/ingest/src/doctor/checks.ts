import { migrations } from '../migrations/files.ts';
import { tableStatement } from '../migrations/clauses.ts';
import { quoteIdentifier } from '../migrations/parameters.ts';
import { makesTable } from '../migrations/rewrite.ts';
import { statements } from '../migrations/statements.ts';
import { EXPORTER_COLUMNS, EXPORTER_VERSION, takesTheSame } from './exporter-columns.ts';
import type { ServerFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { migrateCommand, type Installation } from './installation.ts';
import { isOfExporter } from './storage-checks.ts';

export const LANDING = 'otel_profiles_ingest';

/** Text indexes, which make attributes searchable, came with this one. */
const OLDEST_SERVER = [26, 2] as const;

export function checkVersion({ version }: ServerFacts): Finding[] {
  const [major, minor] = version.split('.').map(Number);
  const newEnough =
    major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1]);
  return [
    newEnough
      ? { level: 'ok', message: `ClickHouse ${version}` }
      : {
          level: 'problem',
          message: `ClickHouse ${version} has no text indexes; ${OLDEST_SERVER.join('.')} or newer has.`,
        },
  ];
}

/** Tables and views that the migrations make, read from the migrations themselves. */
export function expectedTables(): string[] {
  const created = /CREATE (?:TABLE|MATERIALIZED VIEW) IF NOT EXISTS \$\{DATABASE\}\.(\w+)/g;
  return migrations().flatMap(({ sql }) => [...sql.matchAll(created)].map(([, name]) => name));
}

/** The columns of each table, likewise. */
export function expectedColumns(): Map<string, string[]> {
  const tables = migrations()
    .flatMap(({ sql }) => statements(sql))
    .filter(makesTable);
  return new Map(
    tables.map((statement) => {
      const { head } = tableStatement(statement);
      const [, name = ''] = /\$\{DATABASE\}\.(\w+)/.exec(head) ?? [];
      return [name, [...head.matchAll(/^ +`([^`]+)` /gm)].map(([, column]) => column)];
    }),
  );
}

export function checkTables(
  { databaseExists, tables }: ServerFacts,
  installation: Installation,
): Finding[] {
  const fix = migrateCommand(installation);
  if (!databaseExists) {
    return [{ level: 'problem', message: `There is no database ${installation.local}.`, fix }];
  }
  const expected = expectedTables();
  const missing = expected.filter((name) => !tables.has(name));
  if (missing.length === 0) {
    return [{ level: 'ok', message: `All ${expected.length} tables and views are there.` }];
  }
  // Where HyperDX has made the tables of traces, there is none of when each began and ended.
  const level = missing.some((name) => name.startsWith('otel_profiles')) ? 'problem' : 'note';
  return [{ level, message: `Missing: ${missing.join(', ')}.`, fix }];
}

/** A table of an earlier version lacks what newer questions ask for. */
export function checkColumns(
  { tables, columns }: ServerFacts,
  installation: Installation,
): Finding[] {
  return [...expectedColumns()].flatMap(([table, expected]): Finding[] => {
    // The exporter's own tables may be of another version of it.
    if (!tables.has(table) || !table.startsWith('otel_profiles') || table === LANDING) return [];
    // "migrate" cannot make ours of it; what can is said with that finding.
    if (isOfExporter(columns, table)) return [];
    const actual = new Set((columns.get(table) ?? []).map(({ name }) => name));
    const missing = expected.filter((name) => !actual.has(name));
    return missing.length === 0
      ? []
      : [
          {
            level: 'problem',
            message: `${table} has no ${missing.join(', ')}.`,
            fix: migrateCommand(installation),
          },
        ];
  });
}

/** The landing table must take what the exporter inserts, column for column. */
export function checkLanding({ tables, columns }: ServerFacts, database: string): Finding[] {
  const landing = tables.get(LANDING);
  if (landing === undefined) return [];
  const alter = `ALTER TABLE ${quoteIdentifier(database)}.${LANDING}`;
  const actual = new Map((columns.get(LANDING) ?? []).map((column) => [column.name, column]));
  const findings: Finding[] = [];
  for (const { name, type } of EXPORTER_COLUMNS) {
    const column = actual.get(name);
    if (column === undefined || !['', 'DEFAULT'].includes(column.defaultKind)) {
      findings.push({
        level: 'problem',
        message:
          column === undefined
            ? `${LANDING} has no column ${name}, which the exporter inserts: it refuses every insert.`
            : `${LANDING}.${name} is ${column.defaultKind}, but the exporter inserts it.`,
        fix:
          column === undefined
            ? `${alter} ADD COLUMN ${name} ${type};`
            : `${alter} MODIFY COLUMN ${name} REMOVE ${column.defaultKind};`,
      });
    } else if (!takesTheSame(column.type, type)) {
      findings.push({
        level: 'problem',
        message: `${LANDING}.${name} is ${column.type}; the exporter inserts ${type}.`,
        fix: `${alter} MODIFY COLUMN ${name} ${type};`,
      });
    }
  }
  const known = new Set([
    ...EXPORTER_COLUMNS.map(({ name }) => name),
    ...(expectedColumns().get(LANDING) ?? []),
  ]);
  for (const { name, type, defaultKind } of actual.values()) {
    if (known.has(name) || defaultKind !== '') continue;
    findings.push({
      level: 'note',
      message: `${LANDING}.${name} (${type}) is none of the exporter's columns and stays empty.`,
      fix: `${alter} DROP COLUMN ${quoteIdentifier(name)};`,
    });
  }
  if (landing.engine !== 'Null') {
    findings.push({
      level: 'note',
      message: `${LANDING} is a ${landing.engine}, so it also stores every sample in its wide form.`,
    });
  }
  return findings.length > 0
    ? findings
    : [
        {
          level: 'ok',
          message: `${LANDING} has the ${EXPORTER_COLUMNS.length} columns of the clickhouse exporter ${EXPORTER_VERSION}.`,
        },
      ];
}

/** Without a window, an insert that the exporter sends again counts twice. */
export function checkDeduplication({ tables, columns }: ServerFacts, database: string): Finding[] {
  const findings: Finding[] = [];
  // Not the tables of "adopt", into which nothing is sent again.
  const own = new Set(expectedTables().filter((name) => name.startsWith('otel_profiles')));
  for (const { name, engine, engineFull } of tables.values()) {
    // Replicated tables have a window of their own by default.
    if (!own.has(name) || !/^(?!Replicated)\w*MergeTree$/.test(engine)) continue;
    if (isOfExporter(columns, name)) continue;
    const window = /non_replicated_deduplication_window = (\d+)/.exec(engineFull);
    if (window !== null && Number(window[1]) > 0) continue;
    findings.push({
      level: 'problem',
      message: `${name} has no deduplication window: an insert that is sent again counts twice.`,
      fix: `ALTER TABLE ${quoteIdentifier(database)}.${name} MODIFY SETTING non_replicated_deduplication_window = 10000;`,
    });
  }
  return findings.length > 0 || !tables.has('otel_profiles')
    ? findings
    : [{ level: 'ok', message: 'Profile tables know an insert that is sent again.' }];
}
