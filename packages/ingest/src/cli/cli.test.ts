import { execFile } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

import { Function, Line, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ON_CPU, stack, testServer, type TestDatabase } from '../migrations/testing/database.ts';
import { encodeLogs, encodeProfiles, encodeProfilesJson, encodeTraces } from '../otlp/codec.ts';
import {
  SOME_PROFILES_ROWS,
  someLogs,
  someProfiles,
  someTraces,
  SPAN_ID,
  TRACE_ID,
} from '../testing/payloads.ts';
import { run } from './run.ts';

/** Runs a command line as a terminal would, and keeps what it writes. */
function command(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const listeners: (() => void)[] = [];
  const code = run(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    once: (_signal, listener) => listeners.push(listener),
    off: () => undefined,
  });
  return {
    code,
    stdout: () => stdout,
    stderr: () => stderr,
    interrupt: () => listeners.forEach((listener) => listener()),
  };
}

describe('hyperflame', () => {
  const server = testServer();
  let db: TestDatabase;
  let folder: string;
  let connection: string[];

  beforeEach(async () => {
    db = await server.database({ ttl: '10000d' });
    connection = ['--url', server.url, '--database', db.name];
    folder = await mkdtemp(join(tmpdir(), 'hyperflame-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const file = (name: string) => join(folder, name);
  const rowsIn = async (table: string) =>
    Number((await db.one<{ n: string }>(`SELECT count() AS n FROM ${table}`)).n);
  const lengthPrefixed = (...messages: Uint8Array[]) =>
    Buffer.concat(
      messages.flatMap((message) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(message.length);
        return [length, message];
      }),
    );

  describe('import', () => {
    const follow = () => command('import', folder, '--follow', ...connection);
    const arrived = (rows: number) => expect.poll(() => rowsIn('otel_profiles')).toBe(rows);

    it('takes every kind of file that a folder holds, and tells them apart by itself', async () => {
      await mkdir(file('deep/er'), { recursive: true });
      await writeFile(file('deep/er/bare.otlp'), encodeProfiles(someProfiles('bare')));
      await writeFile(file('packed.otlp.gz'), gzipSync(encodeProfiles(someProfiles('packed'))));
      await writeFile(
        file('framed.bin'),
        lengthPrefixed(
          encodeProfiles(someProfiles('framed 1')),
          encodeProfiles(someProfiles('framed 2')),
        ),
      );
      await writeFile(
        file('lines.json'),
        `${encodeProfilesJson(someProfiles('line 1'))}\n${encodeProfilesJson(someProfiles('line 2'))}\n`,
      );
      await writeFile(
        file('pretty.json'),
        JSON.stringify(JSON.parse(encodeProfilesJson(someProfiles('pretty'))), undefined, 2),
      );
      await writeFile(file('traces'), encodeTraces(someTraces()));
      await writeFile(file('logs'), encodeLogs(someLogs()));
      await writeFile(file('cpu.pb.gz'), gzipSync(smallPprof().encode()));
      await writeFile(file('.hidden'), 'not looked at');
      await writeFile(file('unfinished.tmp'), 'not looked at');

      const { code, stdout, stderr } = command(
        'import',
        folder,
        '--resource',
        'service.name=from pprof',
        '--frame-type',
        'go',
        ...connection,
      );
      expect([await code, stderr()]).toEqual([0, '']);
      expect(stdout()).toBe(
        `Imported 8 of 8 files: ${7 * SOME_PROFILES_ROWS + 2} samples, 2 spans, 2 log records.\n`,
      );
      const services = await db.ask<{ ServiceName: string; n: string }>(
        'SELECT ServiceName, count() AS n FROM otel_profiles GROUP BY ALL ORDER BY ServiceName',
      );
      expect(services.map(({ ServiceName, n }) => [ServiceName, Number(n)])).toEqual([
        ['bare', SOME_PROFILES_ROWS],
        ['framed 1', SOME_PROFILES_ROWS],
        ['framed 2', SOME_PROFILES_ROWS],
        ['from pprof', 2],
        ['line 1', SOME_PROFILES_ROWS],
        ['line 2', SOME_PROFILES_ROWS],
        ['packed', SOME_PROFILES_ROWS],
        ['pretty', SOME_PROFILES_ROWS],
      ]);
      expect([await rowsIn('otel_traces'), await rowsIn('otel_logs')]).toEqual([2, 2]);
    });

    it('links pprof samples to the span in their labels, and dates undated ones by their file', async () => {
      await writeFile(file('cpu.pprof'), smallPprof().encode());
      const { code } = command('import', file('cpu.pprof'), ...connection);
      expect(await code).toBe(0);
      const rows = await db.ask(
        `SELECT ProfileType, TraceId, SpanId, SampleAttributes, Timestamp > now() - INTERVAL 1 HOUR AS dated
         FROM otel_profiles ORDER BY ProfileType`,
      );
      const linked = {
        TraceId: TRACE_ID,
        SpanId: SPAN_ID,
        SampleAttributes: { trace_id: TRACE_ID, span_id: SPAN_ID },
        dated: 1,
      };
      expect(rows).toEqual([
        { ProfileType: 'cpu:nanoseconds::', ...linked },
        { ProfileType: 'samples:count::', ...linked },
      ]);
    });

    it('says which samples are too old to be kept', async () => {
      await writeFile(file('a.otlp'), encodeProfiles(someProfiles()));
      const short = await server.database({ ttl: '7d' });
      const where = ['--url', server.url, '--database', short.name];
      const { code, stdout } = command('import', folder, ...where);
      expect(await code).toBe(0);
      expect(stdout()).toContain(
        `\n${SOME_PROFILES_ROWS} samples of these are too old to be kept;`,
      );
      const left = () => short.one('SELECT count() AS n FROM otel_profiles');
      await expect.poll(left).toEqual({ n: '0' });
      const kept = command('import', folder, ...connection);
      expect(await kept.code).toBe(0);
      expect(kept.stdout()).not.toContain('too old');
    });

    it('knows to the day which samples go, and those that stay with newer ones', async () => {
      const DAY = 86_400_000;
      const at = async (name: string, ...times: number[]) => {
        const data = someProfiles();
        const [scope] = data.resourceProfiles[0].scopeProfiles;
        const [profile] = scope.profiles;
        scope.profiles = times.map((ms) => ({ ...profile, timeUnixNano: BigInt(ms) * 1_000_000n }));
        for (const one of scope.profiles) {
          one.samples = one.samples.map((sample) => ({
            ...sample,
            timestampsUnixNano: [],
            values: [1n],
          }));
        }
        await writeFile(file(name), encodeProfiles(data));
      };
      const goes = async (name: string, target: TestDatabase) => {
        const where = ['--url', server.url, '--database', target.name];
        const { code, stdout } = command('import', file(name), ...where);
        expect(await code).toBe(0);
        return stdout().includes('too old to be kept');
      };
      const today = Math.floor(Date.now() / DAY) * DAY;
      const byDay = await server.database({ ttl: '7d' });
      await at('old', today - 6 * DAY - 1);
      await at('young', today - 6 * DAY);
      expect([await goes('old', byDay), await goes('young', byDay)]).toEqual([true, false]);
      const days = 'SELECT uniqExact(toDate(Timestamp)) AS n FROM otel_profiles';
      await expect.poll(() => byDay.one(days)).toEqual({ n: '1' });

      // The last day of the last month, and the first.
      const last = today - new Date(today).getUTCDate() * DAY;
      const first = last - (new Date(last).getUTCDate() - 1) * DAY;
      const ttl = `${(today - last) / DAY + 2}d`;
      const byMonth = await server.database({ ttl, partitionBy: 'month' });
      await at('both', last, first);
      await at('alone', first + DAY);
      expect([await goes('both', byMonth), await goes('alone', byMonth)]).toEqual([false, true]);
      await expect.poll(() => byMonth.one(days)).toEqual({ n: '2' });
    });

    it('knows when a profile without a time of its own was: with its first event', async () => {
      const data = someProfiles();
      const now = BigInt(Date.now()) * 1_000_000n;
      for (const profile of data.resourceProfiles[0].scopeProfiles[0].profiles) {
        profile.timeUnixNano = 0n;
        for (const sample of profile.samples) {
          sample.values = [];
          sample.timestampsUnixNano = [now + 1n, now];
        }
      }
      await writeFile(file('a.otlp'), encodeProfiles(data));
      const short = await server.database({ ttl: '7d' });
      const where = ['--url', server.url, '--database', short.name];
      const { code, stdout } = command('import', folder, ...where);
      expect(await code).toBe(0);
      expect(stdout()).not.toContain('too old');
      expect(await short.one('SELECT count() AS n FROM otel_profiles')).toEqual({
        n: String(SOME_PROFILES_ROWS),
      });
    });

    it('counts a file once, however often it is imported', async () => {
      await writeFile(file('a.otlp'), encodeProfiles(someProfiles()));
      await command('import', folder, ...connection).code;
      await command('import', folder, ...connection).code;
      expect(await rowsIn('otel_profiles')).toBe(SOME_PROFILES_ROWS);
    });

    it('takes a pprof file again that is said to be of something else', async () => {
      await writeFile(file('a.pprof'), smallPprof().encode());
      const imported = async (...options: string[]) => {
        expect(await command('import', file('a.pprof'), ...options, ...connection).code).toBe(0);
        return db.ask(
          'SELECT ServiceName AS service, count() AS n FROM otel_profiles GROUP BY ALL ORDER BY ALL',
        );
      };
      const unnamed = { service: '', n: '2' };
      const shop = { service: 'shop', n: '2' };
      expect(await imported()).toEqual([unnamed]);
      expect(await imported('--resource', 'service.name=shop')).toEqual([unnamed, shop]);
      expect(await imported('--resource', 'service.name=shop')).toEqual([unnamed, shop]);
      expect(await imported('--resource', 'service.name=shop', '--frame-type', 'go')).toEqual([
        unnamed,
        { ...shop, n: '4' },
      ]);
    });

    it('takes an OTLP file once, whatever is said about pprof files', async () => {
      await writeFile(file('a.otlp'), encodeProfiles(someProfiles()));
      await command('import', folder, ...connection).code;
      await command('import', folder, '--resource', 'service.name=other', ...connection).code;
      expect(await rowsIn('otel_profiles')).toBe(SOME_PROFILES_ROWS);
    });

    it('sends a terminal nothing that steers it, whatever files are called or hold', async () => {
      await writeFile(file('\u001b[2J\u009b1m\u202e\nall is well'), 'neither');
      await writeFile(
        file('logs.json'),
        '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"\\u001b[2J"}]}]}]}',
      );
      const { code, stderr } = command('import', folder, ...connection);
      expect(await code).toBe(1);
      expect(stderr()).toContain('\\u001b[2J\\u009b1m\\u202e\\nall is well: byte 0');
      expect(stderr()).toMatch(/time_unix_nano .*\\u001b\[2J/);
      expect(stderr().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);

      const missing = command('import', file('\u001b[31mred'), ...connection);
      expect(await missing.code).toBe(1);
      expect(missing.stderr()).toContain('\\u001b[31mred');
      expect(missing.stderr()).not.toContain('\u001b');
    });

    it('names file, place and fault of what is malformed, and imports everything else', async () => {
      const whole = encodeProfiles(someProfiles('cut'));
      const broken = someProfiles('broken');
      broken.dictionary!.stackTable[1].locationIndices = [999];
      await writeFile(file('1-cut.otlp'), whole.subarray(0, 100));
      await writeFile(file('2-text.otlp'), 'nothing of the kind');
      await writeFile(file('3-json.json'), '{"resourceProfiles": [');
      await writeFile(file('4-metrics.json'), '{"resourceMetrics": []}');
      await writeFile(file('5-empty'), '');
      await writeFile(file('6-index.otlp'), encodeProfiles(broken));
      await writeFile(
        file('7-framed.bin'),
        Buffer.concat([
          lengthPrefixed(
            encodeProfiles(someProfiles('before')),
            whole.subarray(0, 50),
            encodeProfiles(someProfiles('after')),
          ),
          Buffer.from([0, 0, 1, 0, 0x0a]),
        ]),
      );
      await writeFile(file('8-packed.gz'), gzipSync(whole).subarray(0, 60));
      await writeFile(file('9-good.otlp'), encodeProfiles(someProfiles('good')));

      const { code, stdout, stderr } = command('import', folder, ...connection);
      expect(await code).toBe(1);
      const framed = encodeProfiles(someProfiles('before')).length;
      const end = framed + 50 + encodeProfiles(someProfiles('after')).length + 12;
      const lines = stderr().replaceAll(`${folder}/`, '').trimEnd().split('\n');
      expect(lines).toEqual([
        expect.stringMatching(
          /^1-cut\.otlp: byte 0 \(resource_profiles\): the field is \d+ bytes long, but only 97 are left$/,
        ),
        expect.stringMatching(/^2-text\.otlp: byte \d+: this is neither OTLP nor pprof \(/),
        expect.stringMatching(/^3-json\.json: byte 0: /),
        '4-metrics.json: byte 0: this is metrics, which are not imported',
        '5-empty: byte 0: the file is empty',
        '6-index.otlp: byte 0 (dictionary.stack_table[1]): it refers to location_table[999], but there are 4',
        expect.stringMatching(
          new RegExp(
            `^7-framed\\.bin: byte ${framed + 8} \\(resource_profiles\\): the field is \\d+ bytes long, but only 47 are left$`,
          ),
        ),
        `7-framed.bin: byte ${end}: a message is said to be 256 bytes long, but only 1 are left`,
        '8-packed.gz: byte 0: the gzip data cannot be read: unexpected end of file',
      ]);
      expect(stdout()).toBe(
        `Imported 9 of 9 files: ${3 * SOME_PROFILES_ROWS} samples, 0 spans, 0 log records, 9 problems.\n`,
      );
      expect(await rowsIn('otel_profiles')).toBe(3 * SOME_PROFILES_ROWS);
    });

    it('names the file of what ClickHouse refuses, and imports everything else', async () => {
      await db.client.command({
        query: `ALTER TABLE otel_traces ADD CONSTRAINT named CHECK SpanName != 'refused'`,
      });
      const traces = (name: string) => {
        const data = someTraces();
        for (const span of data.resourceSpans[0].scopeSpans[0].spans) span.name = name;
        return encodeTraces(data);
      };
      const first = traces('framed 1');
      await writeFile(file('1-framed.bin'), lengthPrefixed(first, traces('refused'), traces('3')));
      await writeFile(file('2-refused.otlp'), traces('refused'));
      await writeFile(file('3-good.otlp'), encodeProfiles(someProfiles()));
      const { code, stdout, stderr } = command('import', folder, ...connection);
      expect(await code).toBe(1);
      const lines = stderr().trim().replaceAll(`${folder}/`, '').split('\n');
      expect(lines).toEqual([
        expect.stringMatching(
          new RegExp(`^1-framed\\.bin: byte ${first.length + 8}: ClickHouse at .* refused .*named`),
        ),
        expect.stringMatching(/^2-refused\.otlp: byte 0: ClickHouse at .* refused .*named/),
      ]);
      expect(stdout()).toBe(
        `Imported 3 of 3 files: ${SOME_PROFILES_ROWS} samples, 4 spans, 0 log records, 2 problems.\n`,
      );
      expect(await rowsIn('otel_traces')).toBe(4);
    });

    it('ends where ClickHouse has no room, whatever it would be sent next', async () => {
      await db.client.command({
        query: `ALTER TABLE otel_traces MODIFY SETTING min_free_disk_bytes_to_perform_insert = ${10 ** 18}`,
      });
      await writeFile(file('1.otlp'), encodeTraces(someTraces()));
      await writeFile(file('2.otlp'), encodeProfiles(someProfiles()));
      const { code, stdout, stderr } = command('import', folder, ...connection);
      expect([await code, stdout()]).toEqual([1, '']);
      expect(stderr()).toMatch(/^ClickHouse at \S+ refused \(NOT_ENOUGH_SPACE 243\): /);
      expect(await rowsIn('otel_profiles')).toBe(0);
    });

    it('takes a file of more days than ClickHouse takes partitions of an insert', async () => {
      const data = someProfiles();
      const [scope] = data.resourceProfiles[0].scopeProfiles;
      const [profile] = scope.profiles;
      scope.profiles = Array.from({ length: 101 }, (_, day) => ({
        ...profile,
        timeUnixNano: profile.timeUnixNano - BigInt(day) * 86_400_000_000_000n,
      }));
      await writeFile(file('days.otlp'), encodeProfiles(data));
      const { code, stderr } = command('import', folder, ...connection);
      expect([await code, stderr()]).toEqual([0, '']);
      expect(
        await db.one('SELECT uniqExact(toDate(Timestamp)) AS days FROM otel_profiles'),
      ).toEqual({ days: '101' });
    });

    it('passes over what is too large to be read, and imports everything else', async () => {
      const large = 2 ** 31 + 5;
      // Without what was never written: such files take no room.
      const sparse = async (name: string, begins: Uint8Array) => {
        await writeFile(file(name), begins);
        await truncate(file(name), large);
      };
      await sparse('1-bare.otlp', encodeProfiles(someProfiles('a')));
      await sparse('2-packed.gz', gzipSync(encodeProfiles(someProfiles('b'))));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(large - 4);
      await sparse('3-framed.bin', Buffer.concat([length, encodeProfiles(someProfiles('c'))]));
      await appendFile(file('3-framed.bin'), lengthPrefixed(encodeProfiles(someProfiles('d'))));
      await writeFile(file('4-line.json'), '{');
      const blank = Buffer.alloc(2 ** 26, ' ');
      for (let i = 0; i < 8; i++) await appendFile(file('4-line.json'), blank);
      await appendFile(file('4-line.json'), `\n${encodeProfilesJson(someProfiles('e'))}\n`);
      await writeFile(file('5-good.otlp'), encodeProfiles(someProfiles('f')));
      const { code, stdout, stderr } = command('import', folder, ...connection);
      expect(await code).toBe(1);
      expect(stderr().replaceAll(`${folder}/`, '').trimEnd().split('\n')).toEqual([
        `1-bare.otlp: byte 0: the message is ${large} bytes long, and no more than 2147483647 can be read: split it`,
        `2-packed.gz: byte 0: the file is gzipped and ${large} bytes long, and no more than 2147483647 can be unpacked: split it`,
        `3-framed.bin: byte 4: the message is ${large - 4} bytes long, and no more than 2147483647 can be read: split it`,
        '4-line.json: byte 0: the message is 536870914 bytes long, and no more than 536870888 can be read: split it',
      ]);
      expect(stdout()).toMatch(/^Imported 5 of 5 files: 12 samples, /);
    }, 60_000);

    it('takes messages behind their lengths also where the first is of 16 MiB or more', async () => {
      const large = someProfiles('large');
      large.dictionary!.stringTable.push('x'.repeat(2 ** 24));
      const messages = [encodeProfiles(large), encodeProfiles(someProfiles('b'))];
      await writeFile(file('large.bin'), lengthPrefixed(...messages));
      const { code, stdout, stderr } = command('import', folder, ...connection);
      expect([await code, stderr()]).toEqual([0, '']);
      expect(stdout()).toMatch(/^Imported 1 of 1 file: 8 samples, /);
    });

    it('says once that there is nothing but zeros', async () => {
      const frame = lengthPrefixed(encodeProfiles(someProfiles()));
      await writeFile(file('1-zeros.bin'), Buffer.alloc(50_000_001));
      await writeFile(file('2-between.bin'), Buffer.concat([frame, Buffer.alloc(80), frame]));
      const { code, stdout, stderr } = command('import', folder, ...connection);
      expect(await code).toBe(1);
      expect(stderr().replaceAll(`${folder}/`, '').trimEnd().split('\n')).toEqual([
        '1-zeros.bin: byte 0: 12500000 empty messages, one after the other',
        `2-between.bin: byte ${frame.length}: 20 empty messages, one after the other`,
      ]);
      expect(stdout()).toMatch(/^Imported 2 of 2 files: 8 samples, /);
    });

    it('takes JSON that begins with a byte order mark', async () => {
      const line = (name: string) => encodeProfilesJson(someProfiles(name));
      const mark = '\u{feff}';
      await writeFile(file('1-lines.json'), `${mark}${line('a')}\n${line('b')}\n`);
      await writeFile(
        file('2-pretty.json'),
        `${mark}${JSON.stringify(JSON.parse(line('c')), undefined, 2)}`,
      );
      const { code, stdout, stderr } = command('import', folder, ...connection);
      expect([await code, stderr()]).toEqual([0, '']);
      expect(stdout()).toMatch(/^Imported 2 of 2 files: 12 samples, /);
    });

    it('takes lines one by one, also where the first is broken or empty', async () => {
      const line = (name: string) => encodeProfilesJson(someProfiles(name));
      await writeFile(
        file('1-cut.json'),
        `${line('a').slice(0, 200)}\n${line('b')}\n${line('c')}\n`,
      );
      await writeFile(file('2-headless.json'), `${line('d').slice(200)}\n${line('e')}\n`);
      await writeFile(file('3-blank.json'), `\n\n${line('f')}\n${line('g')}\n`);
      const { code, stdout, stderr } = command('import', folder, ...connection);
      expect(await code).toBe(1);
      expect(stderr().trim().split('\n')).toHaveLength(2);
      expect(stdout()).toBe(
        `Imported 3 of 3 files: ${5 * SOME_PROFILES_ROWS} samples, 0 spans, 0 log records, 2 problems.\n`,
      );
    });

    it('takes what a link points to, and what comes through a pipe', async () => {
      await mkdir(file('..data'));
      await writeFile(file('..data/a.otlp'), encodeProfiles(someProfiles('linked')));
      await symlink(file('..data/a.otlp'), file('a.otlp'));
      await symlink(folder, file('itself'));
      const pipe = join(folder, '.pipe');
      await promisify(execFile)('mkfifo', [pipe]);
      const written = writeFile(pipe, gzipSync(encodeProfiles(someProfiles('piped'))));
      const { code, stdout, stderr } = command('import', folder, pipe, ...connection);
      expect([await code, stderr()]).toEqual([0, '']);
      await written;
      expect(stdout()).toBe(
        `Imported 2 of 2 files: ${2 * SOME_PROFILES_ROWS} samples, 0 spans, 0 log records.\n`,
      );
    });

    it('follows a file that is given another name and begun anew', async () => {
      const frame = (name: string) => lengthPrefixed(encodeProfiles(someProfiles(name)));
      await writeFile(file('now.bin'), Buffer.concat([frame('1'), frame('2')]));
      const { code, stderr, interrupt } = command(
        'import',
        file('now.bin'),
        '--follow',
        ...connection,
      );
      await arrived(2 * SOME_PROFILES_ROWS);
      await rename(file('now.bin'), file('before.bin'));
      // Longer than it takes to look again.
      await sleep(1_500);
      await writeFile(file('now.bin'), frame('3'));
      await arrived(3 * SOME_PROFILES_ROWS);
      interrupt();
      expect([await code, stderr()]).toEqual([0, '']);
    });

    it('follows a file that another is put in the place of, or that is written over', async () => {
      const message = (name: string) => encodeProfiles(someProfiles(name));
      const frame = (name: string) => lengthPrefixed(message(name));
      await writeFile(file('moved.otlp'), message('a1'));
      await utimes(file('moved.otlp'), 1_000_000, 1_000_000);
      await writeFile(file('moved.bin'), frame('b1'));
      await writeFile(file('over.otlp'), message('c1'));
      await writeFile(file('over.bin'), frame('d1'));
      await writeFile(file('longer.bin'), frame('e1'));
      await writeFile(file('packed.gz'), gzipSync(message('f1'), { level: 0 }));
      await writeFile(file('shorter.bin'), Buffer.concat([frame('g1'), frame('g2')]));
      const { code, stdout, stderr, interrupt } = follow();
      await arrived(8 * SOME_PROFILES_ROWS);
      await writeFile(file('a.tmp'), message('a2'));
      // As long as the other, and as old: only that it is another one tells.
      await utimes(file('a.tmp'), 1_000_000, 1_000_000);
      await rename(file('a.tmp'), file('moved.otlp'));
      await writeFile(file('b.tmp'), Buffer.concat([frame('b2'), frame('b3')]));
      await rename(file('b.tmp'), file('moved.bin'));
      // As "cat other >file" does: the same file, as long as before.
      await writeFile(file('over.otlp'), message('c2'));
      await writeFile(file('over.bin'), frame('d2'));
      await writeFile(file('longer.bin'), Buffer.concat([frame('e2'), frame('e3')]));
      await writeFile(file('packed.gz'), gzipSync(message('f2'), { level: 0 }));
      await writeFile(file('shorter.bin'), frame('g3'));
      await arrived(17 * SOME_PROFILES_ROWS);
      await writeFile(file('over.otlp'), message('c3, which is longer'));
      await arrived(18 * SOME_PROFILES_ROWS);
      interrupt();
      expect([await code, stderr()]).toEqual([0, '']);
      expect(stdout()).toMatch(/^Imported 7 of 7 files: 72 samples, /);
      expect(
        await db.ask(
          'SELECT DISTINCT substring(ServiceName, 1, 2) AS s FROM otel_profiles ORDER BY s',
        ),
      ).toEqual(
        [
          'a1',
          'a2',
          'b1',
          'b2',
          'b3',
          'c1',
          'c2',
          'c3',
          'd1',
          'd2',
          'e1',
          'e2',
          'e3',
          'f1',
          'f2',
          'g1',
          'g2',
          'g3',
        ].map((s) => ({ s })),
      );
    });

    it('follows a copy that stood still in the middle', async () => {
      const whole = encodeProfiles(someProfiles('slow'));
      const packed = gzipSync(encodeProfiles(someProfiles('packed')));
      const lines = `${encodeProfilesJson(someProfiles('line'))}\n`;
      await writeFile(file('1.otlp'), whole.subarray(0, 100));
      await writeFile(file('2.gz'), packed.subarray(0, 60));
      await writeFile(file('3.json'), lines.slice(0, 100));
      const { code, stderr, interrupt } = follow();
      await expect.poll(() => stderr().split('\n')).toHaveLength(4);
      await appendFile(file('1.otlp'), whole.subarray(100));
      await appendFile(file('2.gz'), packed.subarray(60));
      await appendFile(file('3.json'), lines.slice(100));
      await expect.poll(() => rowsIn('otel_profiles')).toBe(3 * SOME_PROFILES_ROWS);
      interrupt();
      expect(await code).toBe(1);
      expect(stderr().trimEnd().split('\n')).toHaveLength(3);
    });

    it('follows without saying twice that the server is away', async () => {
      await writeFile(file('a.otlp'), encodeProfiles(someProfiles()));
      const nobody = ['--url', 'http://127.0.0.1:1'];
      const { code, stderr, interrupt } = command('import', folder, '--follow', ...nobody);
      await expect.poll(stderr).toContain('does not answer');
      // It looks twice a second.
      await sleep(1_500);
      const said = stderr();
      interrupt();
      expect(await code).toBe(1);
      expect(said.trimEnd().split('\n')).toHaveLength(1);
    });

    it('follows a folder: new files, and what is added to old ones, each once', async () => {
      await writeFile(file('first.otlp'), encodeProfiles(someProfiles('first')));
      await writeFile(file('growing.bin'), lengthPrefixed(encodeProfiles(someProfiles('frame 1'))));
      const { code, stdout, stderr, interrupt } = follow();

      await arrived(2 * SOME_PROFILES_ROWS);
      await writeFile(file('second.otlp'), encodeProfiles(someProfiles('second')));
      const frame = lengthPrefixed(encodeProfiles(someProfiles('frame 2')));
      await appendFile(file('growing.bin'), frame.subarray(0, 20));
      await arrived(3 * SOME_PROFILES_ROWS);
      await appendFile(file('growing.bin'), frame.subarray(20));
      await arrived(4 * SOME_PROFILES_ROWS);
      // Written and interrupted at once: still imported.
      await writeFile(file('third.otlp'), encodeProfiles(someProfiles('third')));
      interrupt();

      expect([await code, stderr()]).toEqual([0, '']);
      expect(stdout()).toBe(
        `Imported 4 of 4 files: ${5 * SOME_PROFILES_ROWS} samples, 0 spans, 0 log records.\n`,
      );
      expect(await rowsIn('otel_profiles')).toBe(5 * SOME_PROFILES_ROWS);
    });

    it('follows on where a server went away, also where it would not know an insert again', async () => {
      await db.client.command({
        query: 'ALTER TABLE otel_traces MODIFY SETTING non_replicated_deduplication_window = 0',
      });
      const messages = [1, 2, 3, 4].map((n) => {
        const traces = someTraces();
        for (const span of traces.resourceSpans[0].scopeSpans[0].spans) span.name = String(n);
        return encodeTraces(traces);
      });
      await writeFile(file('traces.bin'), lengthPrefixed(...messages));
      let inserts = 0;
      const proxy = createServer((incoming, outgoing) => {
        if (incoming.url?.includes('INSERT') && ++inserts === 3) {
          incoming.socket.destroy();
          return;
        }
        const { method, headers } = incoming;
        const onward = request(new URL(incoming.url ?? '', server.url), { method, headers });
        incoming.pipe(onward).on('response', (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        });
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      const { port } = proxy.address() as AddressInfo;
      const where = ['--url', `http://127.0.0.1:${port}`, '--database', db.name];
      const { code, stderr, interrupt } = command('import', folder, '--follow', ...where);
      await expect.poll(() => rowsIn('otel_traces')).toBeGreaterThanOrEqual(8);
      interrupt();
      expect(await code).toBe(0);
      expect(stderr()).toContain('does not answer');
      proxy.close();
      const names = await db.ask<{ name: string; n: string }>(
        'SELECT SpanName AS name, count() AS n FROM otel_traces GROUP BY ALL ORDER BY ALL',
      );
      expect(names).toEqual(['1', '2', '3', '4'].map((name) => ({ name, n: '2' })));
    });

    it('says what is missing when the tables are not there', async () => {
      await writeFile(file('a.otlp'), encodeProfiles(someProfiles()));
      const empty = `${db.name}_empty`;
      const { code, stderr } = command('import', folder, '--url', server.url, '--database', empty);
      expect(await code).toBe(1);
      expect(stderr()).toContain(`Run "hyperflame migrate" for database "${empty}" first.`);
      expect(stderr()).not.toContain('    at ');
    });
  });

  describe('migrate', () => {
    it('makes the tables, and does no harm when it runs again', async () => {
      for (let time = 0; time < 2; time++) {
        const { code, stdout, stderr } = command('migrate', ...connection, '--ttl', '7d');
        expect([await code, stderr()]).toEqual([0, '']);
        expect(stdout()).toContain(`The tables are in database ${db.name}.`);
      }
    });

    it('says what an option lacks', async () => {
      const alone = command('migrate', ...connection, '--distributed');
      expect(await alone.code).toBe(2);
      expect(alone.stderr()).toContain('--distributed needs the name of a cluster');
      const unknown = command('migrate', ...connection, '--partition-by', 'year');
      expect(await unknown.code).toBe(2);
      expect(unknown.stderr()).toContain('Allowed choices are day, week, month');
      const tier = command('migrate', ...connection, '--rollup-ttl', '5m=3d');
      expect(await tier.code).toBe(2);
      expect(tier.stderr()).toContain('There is no rollup "5m"; there are 1h and 1d.');
    });

    it('refuses tables of a newer version', async () => {
      await db.client.command({
        query: `ALTER TABLE ${db.name}.otel_profiles_samples MODIFY COMMENT 'Hyperflame schema 1000'`,
      });
      const { code, stdout, stderr } = command('migrate', ...connection);
      expect([await code, stdout()]).toEqual([1, '']);
      expect(stderr()).toContain(`The tables of database ${db.name} are of schema 1000`);
      expect(stderr()).not.toContain('    at ');
    });

    it('refuses a time to live that is none', async () => {
      const { code, stderr } = command('migrate', ...connection, '--ttl', 'soon');
      expect(await code).toBe(2);
      expect(stderr()).toContain('The TTL must be a number and a unit');
    });
  });

  describe('doctor', () => {
    async function doctor(...options: string[]) {
      const { code, stdout } = command('doctor', ...connection, ...options);
      return { code: await code, text: stdout() };
    }

    it('finds nothing wrong with what migrate made, and says what is stored', async () => {
      expect(await doctor()).toMatchObject({
        code: 0,
        text: expect.stringContaining('No profiles have arrived yet.'),
      });
      await writeFile(file('a.otlp'), encodeProfiles(someProfiles()));
      await command('import', folder, ...connection).code;

      const { code, text } = await doctor();
      expect(code).toBe(0);
      expect(text).toContain(
        '✓ otel_profiles_ingest has the 24 columns of the clickhouse exporter',
      );
      expect(text).toContain('✓ Every stack of the newest hour is known.');
      expect(text).toMatch(/^otel_profiles +4 +[\d ]+ +1 +[\d.]+ +[\d.]+$/m);
      expect(text).toContain('4 samples in 3 stacks of 6 frames');
      expect(text).toContain('No problems.');
    });

    const faults: [string, string[], string, string][] = [
      [
        'a column that the exporter inserts is missing',
        ['ALTER TABLE $DB.otel_profiles_ingest DROP COLUMN StackHash'],
        'otel_profiles_ingest has no column StackHash, which the exporter inserts',
        'ADD COLUMN StackHash UInt64;',
      ],
      [
        'a column has another type',
        ['ALTER TABLE $DB.otel_profiles_ingest MODIFY COLUMN Period String'],
        'otel_profiles_ingest.Period is String; the exporter inserts Int64.',
        'MODIFY COLUMN Period Int64;',
      ],
      [
        'a view is missing',
        ['DROP VIEW $DB.otel_profiles_stacks_mv'],
        'Missing: otel_profiles_stacks_mv.',
        'hyperflame migrate',
      ],
      [
        'a view no longer fits the table it fills',
        [
          'DROP TABLE $DB.otel_profiles_stacks',
          'CREATE TABLE $DB.otel_profiles_stacks (StackId UInt64) ENGINE = MergeTree ORDER BY StackId SETTINGS non_replicated_deduplication_window = 1000',
        ],
        'The view otel_profiles_stacks_mv makes FrameIds, FunctionStackId, LastSeen, which otel_profiles_stacks does not have.',
        'hyperflame migrate',
      ],
      [
        'a repeated insert would count twice',
        ['ALTER TABLE $DB.otel_profiles MODIFY SETTING non_replicated_deduplication_window = 0'],
        'otel_profiles has no deduplication window',
        'MODIFY SETTING non_replicated_deduplication_window = 10000;',
      ],
      [
        'the exporter fills a table of its own',
        [
          'CREATE TABLE $DB.profiles AS $DB.otel_profiles_ingest ENGINE = MergeTree ORDER BY tuple()',
        ],
        'profiles is a table that the exporter made by itself',
        ' --from profiles',
      ],
      [
        'a table lacks a column of the newest version',
        ['ALTER TABLE $DB.otel_profiles_frames DROP COLUMN BuildId'],
        'otel_profiles_frames has no BuildId.',
        'hyperflame migrate',
      ],
      [
        'stacks go before the samples that name them',
        ['ALTER TABLE $DB.otel_profiles_stacks MODIFY TTL LastSeen + toIntervalDay(7)'],
        'otel_profiles_stacks goes before the samples that name it',
        'hyperflame migrate',
      ],
      [
        'stacks are lost',
        [
          'DROP VIEW $DB.otel_profiles_stacks_mv',
          "INSERT INTO $DB.otel_profiles_ingest (Timestamp, Values, FunctionNames, FileNames, LineNumbers, MappingFileNames, Addresses) VALUES (now64(9), [1], ['f'], [''], [0], [''], [0])",
        ],
        '1 stacks of the newest hour are not in otel_profiles_stacks',
        '',
      ],
    ];
    it.each(faults)(
      'says that %s, and how to put it right',
      async (_name, damage, message, fix) => {
        for (const query of damage) {
          // A server may refuse a change that would break a view; doctor is for those it lets through.
          await db.client.command({ query: query.replaceAll('$DB', db.name) });
        }
        const { code, text } = await doctor();
        expect(code).toBe(1);
        expect(text).toContain(`✗ ${message}`);
        expect(text).toContain(fix);
      },
    );

    it('fixes work: what it says, done, leaves no problem', async () => {
      for (const change of [
        'ALTER TABLE $DB.otel_profiles_ingest MODIFY COLUMN Period String',
        'ALTER TABLE $DB.otel_profiles MODIFY SETTING non_replicated_deduplication_window = 0',
        'ALTER TABLE $DB.otel_profiles REMOVE TTL',
        'ALTER TABLE $DB.otel_profiles_rollup_1d MODIFY TTL toDate(Timestamp) + toIntervalYear(30)',
        'CREATE TABLE $DB.wide AS $DB.otel_profiles_ingest ENGINE = MergeTree ORDER BY tuple()',
      ]) {
        await db.client.command({ query: change.replaceAll('$DB', db.name) });
      }
      const { text } = await doctor('--json');
      const { findings } = JSON.parse(text) as { findings: { level: string; fix?: string }[] };
      const fixes = findings.filter(({ level }) => level === 'problem').map(({ fix }) => fix!);
      expect(fixes.length).toBeGreaterThanOrEqual(4);
      for (const fix of fixes) {
        if (fix.startsWith('ALTER')) await db.client.command({ query: fix.replace(/;$/, '') });
        else if (fix.startsWith('hyperflame ')) {
          const words = fix.split(' ').slice(1);
          expect(await command(...words, '--url', server.url).code).toBe(0);
        }
      }
      expect((await doctor()).code).toBe(0);
    });

    it('says since when the rollups hold what is there', async () => {
      await writeFile(file('a.otlp'), encodeProfiles(someProfiles()));
      await command('import', folder, ...connection).code;
      await db.client.command({ query: `TRUNCATE TABLE ${db.name}.otel_profiles_coverage` });
      await command('migrate', ...connection).code;
      const { code, text } = await doctor();
      expect(code).toBe(0);
      expect(text).toMatch(/• otel_profiles_functions_1d, .* lack samples of before 20\d\d-/);
      expect(text).toContain(`hyperflame backfill --database ${db.name}`);
      const filled = command('backfill', ...connection);
      expect(await filled.code).toBe(0);
      expect(filled.stdout()).toBe('Filled in: 4 samples.\n');
      expect((await doctor()).text).toContain('✓ The rollups hold all samples.');
    });

    it('only notes what does no harm', async () => {
      await db.client.command({
        query: `ALTER TABLE ${db.name}.otel_profiles_ingest ADD COLUMN Extra String`,
      });
      const { code, text } = await doctor();
      expect(code).toBe(0);
      expect(text).toContain(
        "• otel_profiles_ingest.Extra (String) is none of the exporter's columns",
      );
    });

    it('says that the database is not there', async () => {
      const { code, stdout } = command('doctor', '--url', server.url, '--database', 'nowhere');
      expect(await code).toBe(1);
      expect(stdout()).toContain('✗ There is no database nowhere.');
    });
  });

  describe('what is interrupted', () => {
    it('adopt says how much is left, and that the old table is still needed', async () => {
      await db.client.command({
        query: `CREATE TABLE wide AS otel_profiles_ingest
          ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY Timestamp`,
      });
      await db.land([{ ...ON_CPU, ...stack('a') }, ON_CPU], {}, 'wide');
      const first = command('adopt', '--from', 'wide', ...connection);
      await setImmediate();
      first.interrupt();
      expect(await first.code).toBe(130);
      expect(first.stdout()).toBe(
        'Adopted: 0 rows.\n2 of 2 rows are left: run it again, and keep wide_before until then.\n',
      );
      const second = command('adopt', '--from', 'wide', ...connection);
      expect(await second.code).toBe(0);
      expect(second.stdout()).toBe(
        'Adopted: 2 rows.\nAll 2 rows are in the tables. What the exporter wrote is still in wide_before; drop it when you like.\n',
      );
    });

    it('adopt says which rows are too old, and not to drop them', async () => {
      const short = await server.database({ ttl: '7d' });
      await short.client.command({
        query: `CREATE TABLE wide AS otel_profiles_ingest ENGINE = MergeTree ORDER BY Timestamp`,
      });
      await short.land([{ ...ON_CPU, Timestamp: '2020-01-01' }], {}, 'wide');
      const where = ['--url', server.url, '--database', short.name];
      const { code, stdout } = command('adopt', '--from', 'wide', ...where);
      expect(await code).toBe(0);
      expect(stdout()).toMatch(
        /^Adopted: 0 rows\.\nNot adopted: 1 row of wide_before, older than profiles are kept\. .*"hyperflame migrate --ttl \d{4}d"/,
      );
      expect(stdout()).not.toContain('drop it');
    });

    it('adopt names a time that migrate takes, and apart what none keeps', async () => {
      const short = await server.database({ ttl: '7d' });
      await short.client.command({
        query: `CREATE TABLE wide AS otel_profiles_ingest ENGINE = MergeTree ORDER BY Timestamp`,
      });
      const times = ['2020-01-01', '1970-01-01', '1970-01-02'];
      await short.land(
        times.map((Timestamp) => ({ ...ON_CPU, Timestamp })),
        {},
        'wide',
      );
      const where = ['--url', server.url, '--database', short.name];
      const adopt = () => command('adopt', '--from', 'wide', ...where);
      const first = adopt();
      expect(await first.code).toBe(0);
      const [, ttl = ''] = /--ttl (\d+d)"/.exec(first.stdout()) ?? [];
      expect(first.stdout()).toContain('Not adopted: 1 row of wide_before, older than');
      const never =
        'Not adopted: 2 rows of wide_before, of a time so long ago that no --ttl keeps it.\n';
      expect(first.stdout()).toContain(never);
      expect(await command('migrate', '--ttl', ttl, ...where).code).toBe(0);
      const second = adopt();
      expect(await second.code).toBe(0);
      expect(second.stdout()).toBe(`Adopted: 1 row.\n${never}`);
    });

    it('backfill says how much is left', async () => {
      await db.land([{ ...ON_CPU, ...stack('a') }]);
      await db.client.command({ query: 'TRUNCATE TABLE otel_profiles_coverage' });
      await command('migrate', ...connection).code;
      const first = command('backfill', ...connection);
      await setImmediate();
      first.interrupt();
      expect(await first.code).toBe(130);
      expect(first.stdout()).toBe(
        'Filled in: 0 samples.\nLeft: 1 sample. Run "hyperflame backfill" again.\n',
      );
      const second = command('backfill', ...connection);
      expect(await second.code).toBe(0);
      expect(second.stdout()).toBe('Filled in: 1 sample.\n');
    });
  });

  describe('errors', () => {
    it('of the server are a sentence, without the password', async () => {
      const { code, stderr } = command('doctor', '--url', 'http://me:secret@127.0.0.1:1');
      expect(await code).toBe(1);
      expect(stderr()).toBe(
        'ClickHouse at http://127.0.0.1:1 does not answer: connect ECONNREFUSED 127.0.0.1:1\n',
      );
    });

    it('of the user name are told apart', async () => {
      const { code, stderr } = command('doctor', '--url', server.url, '--user', 'nobody');
      expect(await code).toBe(1);
      expect(stderr()).toContain('The user is "nobody"; set --user and --password');
      const url = server.url.replace('//', '//somebody:s3c@');
      const inUrl = command('doctor', '--url', url);
      expect(await inUrl.code).toBe(1);
      expect(inUrl.stderr()).toContain('The user is "somebody", which the URL says');
      expect(inUrl.stderr()).not.toContain('s3c');
    });

    it('are none for variables that are empty', async () => {
      for (const name of ['URL', 'USER', 'PASSWORD', 'DATABASE']) {
        vi.stubEnv(`CLICKHOUSE_${name}`, '');
      }
      const { code, stdout } = command('doctor', '--url', server.url);
      vi.unstubAllEnvs();
      expect([await code, stdout()]).toEqual([1, expect.stringContaining('otel_profiles')]);
      expect(stdout()).not.toContain('There is no database');
    });

    it('of use end with 2 and name the mistake', async () => {
      const wrong = command('import');
      expect(await wrong.code).toBe(2);
      expect(wrong.stderr()).toContain("missing required argument 'paths'");
      const unknown = command('collector-config', 'standalone', '--set', 'PORT');
      expect(await unknown.code).toBe(2);
      expect(unknown.stderr()).toContain('It must be a name, = and a value.');
      for (const words of [
        ['collector-config', 'nowhere'],
        ['collector-config', 'standalone', '--set', 'PORT=1'],
        ['doctor', '--url', 'nowhere'],
      ]) {
        expect(await command(...words).code, words.join(' ')).toBe(2);
      }
    });
  });

  it('prints configs with parameters filled in', async () => {
    const { code, stdout } = command(
      'collector-config',
      'standalone',
      '--set',
      'CLICKHOUSE_DATABASE=a=b',
    );
    expect(await code).toBe(0);
    expect(stdout()).toContain('database: "a=b"');
  });
});

/** One sample of [main] in two types, linked by labels, without a time. */
function smallPprof(): Profile {
  const strings = new StringTable();
  const label = (key: string, value: string) => ({
    key: strings.dedup(key),
    str: strings.dedup(value),
  });
  return new Profile({
    sampleType: [
      new ValueType({ type: strings.dedup('samples'), unit: strings.dedup('count') }),
      new ValueType({ type: strings.dedup('cpu'), unit: strings.dedup('nanoseconds') }),
    ],
    sample: [
      new Sample({
        locationId: [1],
        value: [3, 30_000_000],
        label: [label('trace_id', TRACE_ID), label('span_id', SPAN_ID)],
      }),
    ],
    location: [new Location({ id: 1, line: [new Line({ functionId: 1, line: 5 })] })],
    function: [
      new Function({ id: 1, name: strings.dedup('main'), filename: strings.dedup('main.go') }),
    ],
    stringTable: strings,
  });
}
