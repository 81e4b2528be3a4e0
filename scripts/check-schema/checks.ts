import { createClient } from '@clickhouse/client';
import { startClickHouse, type EmbeddedClickHouse } from '@hyperflame/embedded';
import { backfill, diagnose, migrate } from '@hyperflame/ingest';
import { differences, EMPTY, REFUSED, type Answers } from './answers.ts';
import { corpus, halves, type Corpus } from './corpus.ts';
import { answers, command, land, rows, TTL, type Place } from './database.ts';
import { migrateWithGoose } from './goose.ts';
import { earlierVersions, hadRollups, makeEarlier } from './history.ts';
import { SUMS } from './sums.ts';
import { migrateNodes, startTwoNodes } from './two-nodes.ts';

/** One thing that must be so. */
export interface Check {
  readonly name: string;
  run(): Promise<Findings>;
}

/** What was found where everything should be the same. */
export interface Findings {
  /** How many answers of the SDK and sums of rollups were held beside those that are expected. */
  readonly compared: number;
  readonly differences: readonly string[];
}

export interface ChecksOptions {
  /** How many samples each database holds. */
  readonly samples: number;
  /** The folder of HyperDX's own migrations, to run ours beside. */
  readonly hyperdx?: string;
}

/** The checks, which must run in this order, and the server that they share. */
export interface Checks {
  readonly checks: readonly Check[];
  stop(): Promise<void>;
}

export async function openChecks({ samples, hyperdx }: ChecksOptions): Promise<Checks> {
  const server = await startClickHouse();
  const all = new AllChecks(server, corpus(samples));
  const check = (name: string, differences: () => Promise<string[]>): Check => ({
    name,
    async run() {
      const before = all.compared;
      return { differences: await differences(), compared: all.compared - before };
    },
  });
  const checks: Check[] = [
    check('Migrations twice, and again over samples', () => all.twice()),
    check('The same answers from samples as from rollups', () => all.samplesAlone()),
    ...earlierVersions().map((version) =>
      check(`Upgrade from version ${version}, with backfill`, () => all.upgrade(version)),
    ),
    check('Under goose, again and again', () => all.underGoose()),
    ...(hyperdx === undefined
      ? []
      : [check('Under goose, beside HyperDX’s own', () => all.underGoose(hyperdx))]),
    check('On two nodes, asked on either', () => all.twoNodes()),
  ];
  return { checks, stop: () => server.stop() };
}

class AllChecks {
  /** Of all checks so far. */
  compared = 0;
  readonly #server: EmbeddedClickHouse;
  readonly #corpus: Corpus;
  /** What the newest migrations and nothing else answer. */
  #expected: Answers | undefined;

  constructor(server: EmbeddedClickHouse, corpus: Corpus) {
    this.#server = server;
    this.#corpus = corpus;
  }

  async twice(): Promise<string[]> {
    const place = await this.#migrate('plain');
    const before = await schemaOf(place);
    await this.#migrate('plain');
    await land(place, this.#corpus);
    await this.#migrate('plain');
    const after = await schemaOf(place);
    this.#expected = await answers(place, this.#corpus);
    this.compared += this.#expected.size;
    const empty = [...this.#expected].filter(([, answer]) => EMPTY.test(answer));
    return [
      ...before.filter((table) => !after.includes(table)).map((table) => `changed: ${table}`),
      ...[...this.#expected]
        .filter(([, answer]) => answer.startsWith(REFUSED))
        .map(([question, answer]) => `${question}: ${answer}`),
      // Answers that are all empty would be the same everywhere.
      ...(empty.length * 10 < this.#expected.size
        ? []
        : [`${empty.length} of ${this.#expected.size} questions find nothing`]),
      ...(await problemsOf(place)),
    ];
  }

  async samplesAlone(): Promise<string[]> {
    const place = await this.#migrate('samples_alone');
    await land(place, this.#corpus);
    await command(place.url, `TRUNCATE TABLE ${place.database}.otel_profiles_coverage`);
    return this.#compare(place);
  }

  async upgrade(version: string): Promise<string[]> {
    const database = `version_${version}`;
    await makeEarlier(this.#server.url, database, version);
    const place = { url: this.#server.url, database };
    const [first, second] = halves(this.#corpus);
    // Compiled, the sums of version 1 are wrong (see 00010); that is not what is looked at here.
    const settings = { compile_expressions: 0 } as const;
    await land(place, first, { settings });
    // While samples arrive, of which none may be lost, counted twice or left without its stack. What
    // is refused is sent again. What was taken is not: the server would not know it by views of
    // another name.
    await Promise.all([this.#migrate(database), land(place, second, { settings, sendings: 1 })]);
    await this.#migrate(database);
    const found = await this.#compare(place);
    const filled = await backfill({ ...place, user: 'default', password: '' });
    const lacking = hadRollups(version) ? 0 : this.#corpus.samples.length;
    if (filled.samples !== lacking || filled.openDay !== undefined) {
      found.push(`backfill: ${JSON.stringify(filled)}`);
    }
    found.push(...(await this.#compareSums(place)), ...(await this.#compare(place)));
    return [...found, ...(await this.#compareVersion(place)), ...(await problemsOf(place))];
  }

  async underGoose(beside?: string): Promise<string[]> {
    const database = beside === undefined ? 'goose' : 'goose_beside';
    const place = { url: this.#server.url, database };
    const goose = () => migrateWithGoose({ tcpUrl: this.#server.tcpUrl, database, beside });
    await goose();
    const before = await schemaOf(place);
    await goose();
    await land(place, this.#corpus);
    await goose();
    const after = await schemaOf(place);
    return [
      ...before.filter((table) => !after.includes(table)).map((table) => `changed: ${table}`),
      ...(await this.#compareSums(place)),
      ...(await this.#compare(place)),
      ...(await this.#compareVersion(place)),
      ...(await problemsOf(place)),
    ];
  }

  async twoNodes(): Promise<string[]> {
    const nodes = await startTwoNodes();
    try {
      const database = 'shop';
      await migrateNodes(nodes, database);
      await migrateNodes(nodes, database);
      const found: string[] = [];
      await land({ url: nodes.urls[0], database }, this.#corpus);
      for (const url of nodes.urls) {
        const [{ n }] = await rows<{ n: string }>(
          { url, database: `${database}_local` },
          'SELECT count() AS n FROM otel_profiles',
        );
        if (Number(n) * 10 < this.#corpus.samples.length) found.push(`${url} holds ${n} rows only`);
        found.push(...(await this.#compare({ url, database })));
        found.push(...(await this.#compareVersion({ url, database: `${database}_local` })));
        found.push(...(await problemsOf({ url, database })));
      }
      return found;
    } finally {
      await nodes.stop();
    }
  }

  async #migrate(database: string): Promise<Place> {
    const { url } = this.#server;
    const client = createClient({ url });
    try {
      await migrate(client, { database, ttl: TTL });
    } finally {
      await client.close();
    }
    return { url, database };
  }

  async #compare(place: Place): Promise<string[]> {
    if (this.#expected === undefined) throw new Error('The first check has to run first.');
    this.compared += this.#expected.size;
    return differences(this.#expected, await answers(place, this.#corpus)).map(
      ({ question, expected, actual }) => `${question}: … ${expected} … became … ${actual} …`,
    );
  }

  /** The version that a database says it is of. */
  async #compareVersion(place: Place): Promise<string[]> {
    const query = `SELECT comment FROM system.tables
      WHERE database = currentDatabase() AND name = 'otel_profiles_samples' AND comment != ''`;
    const [[expected], [actual]] = await Promise.all(
      [{ url: this.#server.url, database: 'plain' }, place].map((of) =>
        rows<{ comment: string }>(of, query),
      ),
    );
    this.compared++;
    return actual !== undefined && actual.comment === expected?.comment
      ? []
      : [`of version "${actual?.comment}", not "${expected?.comment}"`];
  }

  /** Number by number what the rollups hold, beside those that were filled as samples arrived. */
  async #compareSums(place: Place): Promise<string[]> {
    const found: string[] = [];
    for (const [table, columns] of SUMS) {
      const query = `SELECT ${columns} FROM ${table} GROUP BY ALL ORDER BY ALL`;
      const [expected, actual] = await Promise.all(
        [{ ...place, database: 'plain' }, place].map((of) => rows(of, query)),
      );
      this.compared += expected.length;
      if (JSON.stringify(expected) !== JSON.stringify(actual)) {
        found.push(`${table} holds ${actual.length} sums, others than the ${expected.length}`);
      }
    }
    return found;
  }
}

/** The statements that would make a database's tables and views. */
async function schemaOf(place: Place): Promise<string[]> {
  const tables = await rows<{ made: string }>(
    place,
    `SELECT create_table_query AS made FROM system.tables
     WHERE database = currentDatabase() AND NOT startsWith(name, '.') ORDER BY name`,
  );
  return tables.map(({ made }) => made);
}

/** What `hyperflame doctor` calls a problem. */
async function problemsOf(place: Place): Promise<string[]> {
  const { findings } = await diagnose({ ...place, user: 'default', password: '' });
  return findings
    .filter(({ level }) => level === 'problem')
    .map(({ message }) => `doctor: ${message}`);
}
