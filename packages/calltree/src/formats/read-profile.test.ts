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
