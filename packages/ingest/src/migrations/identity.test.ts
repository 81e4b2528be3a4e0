import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import {
  ON_CPU,
  at,
  stack,
  testServer,
  type Landed,
  type TestDatabase,
  LINE_FRAMES,
  LINE_STACKS,
} from './testing/database.ts';

const server = testServer();
/** For tests that look up their own rows. The others take a database to themselves. */
let shared: TestDatabase;
beforeAll(async () => {
  shared = await server.database();
});

const hit = (frames: Landed): Landed => ({ ...ON_CPU, TimestampsUnixNano: at(0), ...frames });

/** A stack of addresses in one mapping, without a single name: what eBPF sends for stripped code. */
const bare = (mapping: string, ...addresses: number[]): Landed => ({
  Addresses: addresses.map(String),
  FunctionNames: addresses.map(() => ''),
  FileNames: addresses.map(() => ''),
  LineNumbers: addresses.map(() => 0),
  MappingFileNames: addresses.map(() => mapping),
});

describe('stacks', () => {
  it.each<[string, Landed, Landed]>([
    ['addresses, where there are no symbols', bare('libc.so.6', 1, 2), bare('libc.so.6', 1, 3)],
    ['mappings, where there are no symbols', bare('libc.so.6', 1, 2), bare('libm.so.6', 1, 2)],
    ['the order of frames', stack('a', 'b'), stack('b', 'a')],
    ['how often a frame recurs', stack('a', 'a'), stack('a', 'a', 'a')],
    ['where a name ends and the file begins', named('ab', 'c'), named('a', 'bc')],
    ['lines', { ...stack('a'), LineNumbers: [1] }, { ...stack('a'), LineNumbers: [2] }],
    ['files', named('f', 'one.go'), named('f', 'two.go')],
    ['an empty stack and one empty frame', {}, bare('', 0)],
  ])('differ by %s', async (_, one, other) => {
    const ProfileId = randomUUID();
    // The exporter's own hash calls most of these the same.
    const same = { StackHash: '1', ProfileId };
    await shared.land([hit({ ...one, ...same }), hit({ ...other, ...same })]);
    const ids = `SELECT uniqExact(StackId) AS n FROM otel_profiles WHERE ProfileId = '${ProfileId}'`;
    expect(await shared.one(ids)).toEqual({ n: '2' });
  });

  it('are the same whoever runs them, and whatever the exporter hashed', async () => {
    const db = await server.database();
    await db.land([hit({ ...stack('a', 'b'), ServiceName: 'one', StackHash: '1' })]);
    await db.land([hit({ ...stack('a', 'b'), ServiceName: 'two', StackHash: '2' })]);
    expect(await db.one('SELECT uniqExact(StackId) AS n FROM otel_profiles')).toEqual({ n: '1' });
    expect(await db.ask(`SELECT length(FrameIds) AS depth FROM ${LINE_STACKS}`)).toEqual([
      { depth: '2' },
    ]);
    expect(await db.one(`SELECT count() AS n FROM ${LINE_FRAMES}`)).toEqual({ n: '2' });
  });

  it('lead back to their frames, leaf first', async () => {
    const db = await server.database();
    await db.land([hit(stack('leaf', 'middle', 'root'))]);
    expect(await db.one(NAMES)).toEqual({ names: ['leaf', 'middle', 'root'] });
  });

  it('may be empty: their samples still count', async () => {
    const db = await server.database();
    await db.land([hit({})]);
    expect(await db.one(NAMES)).toEqual({ names: [] });
    expect(await db.one('SELECT sum(Count) AS n FROM otel_profiles')).toEqual({ n: '1' });
  });

  it('may be 10 000 deep', async () => {
    const db = await server.database();
    await db.land([hit(stack(...Array.from({ length: 10_000 }, (_, i) => `f${i}`)))]);
    const { names } = await db.one<{ names: string[] }>(NAMES);
    expect(names.length).toBe(10_000);
    expect(names[9_999]).toBe('f9999');
  });
});

describe('stacks at function level', () => {
  const AT_FUNCTION_LEVEL = `
    SELECT FrameIds, FunctionStackId FROM otel_profiles_stacks FINAL
    WHERE StackId IN (SELECT FunctionStackId FROM ${LINE_STACKS})`;

  it('are one where only lines and addresses differ', async () => {
    const db = await server.database();
    await db.land([
      hit({ ...stack('f', 'main'), LineNumbers: [1, 10], Addresses: ['17', '18'] }),
      hit({ ...stack('f', 'main'), LineNumbers: [2, 10], Addresses: ['19', '18'] }),
    ]);
    expect(await db.ask(`SELECT 1 FROM ${LINE_STACKS}`)).toHaveLength(2);
    expect(await db.ask(AT_FUNCTION_LEVEL)).toHaveLength(1);
    expect(
      await db.ask(`
        SELECT FunctionName, Line, Column, Address FROM otel_profiles_frames FINAL
        WHERE FrameId IN (SELECT arrayJoin(FrameIds) FROM (${AT_FUNCTION_LEVEL}))
        ORDER BY FunctionName`),
    ).toEqual([
      { FunctionName: 'f', Line: 0, Column: 0, Address: '0' },
      { FunctionName: 'main', Line: 0, Column: 0, Address: '0' },
    ]);
  });

  it('keep addresses that have no name, and are the stack itself where nothing else is known', async () => {
    const db = await server.database();
    await db.land([hit(bare('libc.so.6', 1, 2))]);
    expect(
      await db.one(
        'SELECT count() AS n, any(StackId = FunctionStackId) AS same FROM otel_profiles_stacks FINAL',
      ),
    ).toEqual({ n: '1', same: 1 });
    expect(
      await db.one(
        'SELECT groupArray(Address) AS at FROM (SELECT Address FROM otel_profiles_frames FINAL ORDER BY Address)',
      ),
    ).toEqual({ at: ['1', '2'] });
  });

  it('tell functions of one name apart by file and mapping', async () => {
    const db = await server.database();
    await db.land([
      hit(named('f', 'one.go')),
      hit(named('f', 'two.go')),
      hit({ ...stack('f'), MappingFileNames: ['/bin/app'] }),
    ]);
    expect(await db.one(`SELECT uniqExact(FunctionStackId) AS n FROM ${LINE_STACKS}`)).toEqual({
      n: '3',
    });
  });
});

const NAMES = `
  WITH (SELECT groupArray((FrameId, FunctionName)) FROM otel_profiles_frames FINAL)::Map(UInt64, String) AS name
  SELECT arrayMap(id -> name[id], FrameIds) AS names FROM ${LINE_STACKS}`;

function named(name: string, file: string): Landed {
  return { ...stack(name), FileNames: [file] };
}

describe('frames', () => {
  it('keep names as they are, however hostile', async () => {
    const hostile = [
      `<img src=x onerror="alert('1')">`,
      `'; DROP TABLE otel_profiles; --`,
      '{x:String} ${DATABASE} \\n \\',
      'line\nbreak\ttab\0zero',
      '🔥 \u202eright to left\u2066',
      `operator<<(std::ostream&, const char*)`,
      ' ',
      'x'.repeat(100_000),
    ];
    const db = await server.database();
    await db.land([hit(stack(...hostile))]);
    expect(await db.one(NAMES)).toEqual({ names: hostile });
  });

  it('keep what the producer said of them', async () => {
    const db = await server.database();
    await db.land([
      hit({
        Addresses: ['18446744073709551615'],
        FunctionNames: ['main.run'],
        FileNames: ['/src/main.go'],
        LineNumbers: [42],
        MappingFileNames: ['/usr/bin/shop'],
      }),
    ]);
    expect(
      await db.one(`
        SELECT FunctionName, SystemName, FileName, Line, Column, MappingName, BuildId, Address, Kind
        FROM ${LINE_FRAMES}`),
    ).toEqual({
      FunctionName: 'main.run',
      SystemName: '',
      FileName: '/src/main.go',
      Line: 42,
      Column: 0,
      MappingName: '/usr/bin/shop',
      BuildId: '',
      Address: '18446744073709551615',
      Kind: 'go',
    });
  });

  it('take a line below zero for none', async () => {
    const db = await server.database();
    await db.land([hit({ ...stack('f'), LineNumbers: [-1] })]);
    expect(await db.one(`SELECT Line FROM ${LINE_FRAMES}`)).toEqual({ Line: 0 });
  });

  // Names, files and mappings as they occur in captures of the eBPF profiler and in pprof.
  const KINDS: readonly (readonly [kind: string, name: string, file: string, mapping: string])[] = [
    ['kernel', '__schedule', '', 'vmlinux'],
    ['kernel', 'nft_do_chain', '', 'nf_tables'],
    ['kernel', 'tcp_sendmsg', '', '[kernel.kallsyms]'],
    ['native', '', '', 'libc.so.6'],
    ['native', '', '', 'node'],
    ['native', 'malloc', '', '/usr/lib/libc.so.6'],
    ['native', 'memcpy', 'string.h', '/usr/bin/shop'],
    ['go', 'runtime.mallocgc', '/usr/local/go/src/runtime/malloc.go', ''],
    ['go', 'runtime.memmove', '/usr/local/go/src/runtime/memmove_amd64.s', ''],
    ['go', 'net/http.(*conn).serve', '<autogenerated>', '/usr/bin/server'],
    ['v8js', 'render', 'file:///app/shop.mjs', ''],
    ['v8js', 'onread', 'node:internal/stream_base_commons', ''],
    ['v8js', 'V8::ExitFrame', '', ''],
    ['v8js', '(garbage collector)', '', ''],
    ['v8js', 'rank', '/app/search.ts', ''],
    ['jvm', 'void Shop.run()', 'Shop.java', ''],
    ['jvm', 'void Shop$$Lambda$2+<hidden>.run()', '<unknown>', ''],
    ['jvm', 'StubRoutines (1) [call_stub_return_address]', '', ''],
    ['cpython', 'handle', '/app/views.py', ''],
    ['cpython', '_find_and_load', '<frozen importlib._bootstrap>', ''],
    ['dotnet', 'Shop.Cart.Add', 'Cart.cs', 'Shop.dll'],
    ['ruby', 'call', '/gems/rack/lib/rack.rb', ''],
    ['php', 'render', '/var/www/index.php', ''],
    ['perl', 'main::work', '/opt/work.pl', ''],
    ['beam', 'Shop.Cart.add/2', 'lib/cart.ex', ''],
    ['luajit', 'access', '/etc/nginx/access.lua', ''],
    ['rust', 'tokio::runtime::park', '/tokio/src/runtime/park.rs', ''],
    ['unknown', 'who knows', '', ''],
    ['unknown', '', '', ''],
  ];

  it('have a kind, inferred from what is known of them', async () => {
    const db = await server.database();
    await db.land(
      KINDS.map(([, name, file, mapping]) =>
        hit({ ...stack(name), FileNames: [file], MappingFileNames: [mapping] }),
      ),
    );
    const found = await db.ask<{ kind: string; name: string; file: string; mapping: string }>(`
      SELECT Kind AS kind, FunctionName AS name, FileName AS file, MappingName AS mapping
      FROM ${LINE_FRAMES}`);
    const sorted = (rows: readonly (readonly string[])[]) =>
      rows.map((row) => row.join(' | ')).sort();
    expect(sorted(found.map((f) => [f.kind, f.name, f.file, f.mapping]))).toEqual(sorted(KINDS));
  });
});

describe('services', () => {
  const name = async (sample: Landed) => {
    const ProfileId = randomUUID();
    await shared.land([hit({ ...stack('f'), ...sample, ProfileId })]);
    const query = `SELECT ServiceName AS name FROM otel_profiles WHERE ProfileId = '${ProfileId}'`;
    return (await shared.one<{ name: string }>(query)).name;
  };

  it('are called by service.name where there is one', async () => {
    const ResourceAttributes = { 'service.name': 'shop', 'k8s.deployment.name': 'shop-deploy' };
    expect(await name({ ServiceName: 'shop', ResourceAttributes })).toBe('shop');
  });

  const FALLBACKS: readonly (readonly [string, string, string])[] = [
    ['k8s.deployment.name', 'cart', 'cart'],
    ['k8s.statefulset.name', 'db', 'db'],
    ['k8s.daemonset.name', 'agent', 'agent'],
    ['k8s.cronjob.name', 'nightly', 'nightly'],
    ['k8s.job.name', 'nightly-123', 'nightly-123'],
    ['process.executable.name', 'nginx', 'nginx'],
    ['process.executable.path', '/usr/sbin/sshd', 'sshd'],
  ];

  it.each(FALLBACKS.map((fallback, i) => [...fallback, i] as const))(
    'else by %s',
    async (key, value, expected, i) => {
      // Everything further down the list is there too, and must not win.
      const ResourceAttributes = Object.fromEntries(FALLBACKS.slice(i).map(([k, v]) => [k, v]));
      expect(ResourceAttributes[key]).toBe(value);
      expect(await name({ ResourceAttributes })).toBe(expected);
    },
  );

  it('else by the process on the sample, as older profilers have it', async () => {
    expect(await name({ SampleAttributes: { 'process.executable.name': 'nginx' } })).toBe('nginx');
    expect(await name({ SampleAttributes: { 'process.executable.path': '/a/b' } })).toBe('b');
  });

  it('else have no name', async () => {
    expect(await name({})).toBe('');
  });

  it('keep the attributes as they came', async () => {
    const db = await server.database();
    const attributes = {
      ResourceAttributes: { 'process.executable.name': 'nginx', 'k8s.pod.name': `it's a "pod" 🔥` },
      SampleAttributes: { 'thread.name': 'main=1' },
      ProfileAttributes: { 'a.b': '' },
    };
    await db.land([hit({ ...stack('f'), ...attributes })]);
    expect(
      await db.one(
        'SELECT ResourceAttributes, SampleAttributes, ProfileAttributes FROM otel_profiles',
      ),
    ).toEqual(attributes);
    expect(
      await db.one(`SELECT ResourceAttributeItems AS r, SampleAttributeItems AS s,
        \`__hdx_materialized_k8s.pod.name\` AS pod FROM otel_profiles`),
    ).toEqual({
      r: ['process.executable.name=nginx', `k8s.pod.name=it's a "pod" 🔥`],
      s: ['thread.name=main=1'],
      pod: `it's a "pod" 🔥`,
    });
  });
});
