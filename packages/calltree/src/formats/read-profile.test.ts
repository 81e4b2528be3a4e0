import { describe, expect, it } from 'vitest';
import { gzip } from './gzip.ts';
import { readProfile } from './read-profile.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('readProfile', () => {
  it('tells folded stacks by what they are not', async () => {
    const [{ stacks }] = await readProfile(bytes('main;a 3\n'));
    expect([...stacks.weight]).toEqual([3]);
    const [braces] = await readProfile(bytes('{closure};a 3\n'));
    expect([...braces.stacks.weight]).toEqual([3]);
  });

  it('takes an ArrayBuffer, and gzip', async () => {
    const zipped = await gzip(bytes('main;a 3\n'));
    const [{ stacks }] = await readProfile(zipped.slice().buffer);
    expect([...stacks.weight]).toEqual([3]);
  });

  it.each([
    ['other JSON', bytes('{"hello": 1}')],
    ['text', bytes('hello world')],
    ['bytes', Uint8Array.of(0xff, 0x00, 0x01)],
    ['a version it does not know', bytes('{"format":"hyperflame-stacks","version":99}')],
    ['broken tables', bytes('{"format":"hyperflame-stacks","version":1,"frames":{"name":[-1]}}')],
  ])('refuses %s', async (_, file) => {
    await expect(readProfile(file)).rejects.toMatchObject({ kind: 'invalid-format' });
  });

  it.each([
    ['JSON that is cut short', '{"shared":{"frames":[]},"profiles":[', 'This is not JSON: '],
    [
      'JSON that is cut short, over several lines',
      '{\n  "a": 1,\n  "b": 12\n',
      'This is not JSON: ',
    ],
    [
      'lines of JSON, one of which is cut short',
      '{"resourceProfiles":[]}\n\n{"resourceProf',
      'Line 3 is not JSON: ',
    ],
    [
      'folded stacks that begin like JSON',
      '{closure};a 3\n{closure};b\n',
      'Line 2 does not end in',
    ],
  ])('says of %s what is wrong', async (_, text, message) => {
    await expect(readProfile(bytes(text))).rejects.toMatchObject({
      kind: 'invalid-format',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['a list', '[{"a": 1}, 2]', 'This is JSON, but neither'],
    ['numbers', ' [1, 2]', 'This is JSON, but neither'],
    ['a list that is cut off', '[\n  {"a": 1},', 'This is not JSON'],
    ['a trace without stacks', '[{"ph": "b", "ts": 1}]', 'asynchronous'],
    ['Firefox', '{"meta": {"interval": 1}, "threads": []}', 'markers and counters have none'],
    ['zip', 'PK\x03\x04', 'unpack it first'],
    ['zstd', '\x28\xb5\x2f\xfd\x04', '`zstd -d`'],
    ['xz', '\xfd7zXZ\0\0', '`xz -d`'],
    ['bzip2', 'BZh91AY&SY', '`bzip2 -d`'],
    ['perf', 'PERFILE2', '`perf script`'],
    ['.NET', 'Nettrace\x14\0\0\0!FastSerialization.1', '`dotnet-trace convert'],
    ['a heap snapshot', '{"snapshot":{"meta":{}}}', 'record a sampling heap profile'],
    ['a page', '\n<!DOCTYPE html><title>Not found</title>', 'of an error or a login'],
    ['gperftools', `${'\0'.repeat(8)}\x03${'\0'.repeat(23)}`, '`pprof -proto'],
    ['gperftools of 32 bits', `${'\0'.repeat(4)}\x03${'\0'.repeat(11)}`, '`pprof -proto'],
    ['a heap as text', 'heap profile:   1:  4096 [  1:  4096] @ heap/1048576\n', '`pprof -proto'],
    ['goroutines as text', 'goroutine profile: total 4\n2 @ 0x461e0\n', '`pprof -proto'],
    ['stacks of goroutines', 'goroutine 1 [running]:\nmain.main()\n', 'without `debug=2`'],
    ['Java', 'FLR\0\0\x02', 'jfrconv'],
  ])('says of %s what it is, and what to do', async (_, text, message) => {
    const file = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    for (const given of [file, await gzip(file)]) {
      await expect(readProfile(given)).rejects.toMatchObject({
        kind: 'invalid-format',
        message: expect.stringContaining(message),
      });
    }
  });

  it('says what is wrong with pprof that could be read as text', async () => {
    const { Profile, Sample, StringTable, ValueType } = await import('pprof-format');
    const strings = new StringTable();
    const profile = new Profile({
      stringTable: strings,
      sampleType: [new ValueType({ type: strings.dedup('cpu'), unit: strings.dedup('count') })],
      sample: [new Sample({ locationId: [9], value: [1] })],
    });
    await expect(readProfile(profile.encode())).rejects.toMatchObject({
      kind: 'invalid-format',
      field: 'sample[0].location_id[0]',
    });
  });

  const table = {
    format: 'hyperflame-stacks',
    version: 1,
    unit: 'count',
    otherWeight: 0,
    otherCount: 0,
    strings: ['', 'a'],
    frames: { name: [1], file: [0], mapping: [0], line: [0], kind: [0], address: ['0'] },
    stacks: { offset: [0, 1], frame: [0], weight: [1], count: [1] },
  };

  it.each<[object, string]>([
    [{ stacks: { ...table.stacks, frame: [5] } }, 'frameIndex[0]'],
    [{ otherByLabels: {} }, 'otherByLabels'],
    [{ otherByLabels: [{ weight: 1, count: 1 }] }, 'otherByLabels[0].labels'],
    [{ otherByLabels: [{ labels: { a: 1 }, weight: 1, count: 1 }] }, 'otherByLabels[0].labels.a'],
    [{ otherByLabels: [{ labels: {}, weight: '1', count: 1 }] }, 'otherByLabels[0].weight'],
    [{ otherByLabels: [{ labels: {}, weight: 1 }] }, 'otherByLabels[0].count'],
  ])('names the place where a table is wrong: %j', async (change, field) => {
    const file = bytes(JSON.stringify({ ...table, ...change }));
    await expect(readProfile(file)).rejects.toMatchObject({ kind: 'invalid-format', field });
  });
});
