import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { frameLabel } from '../frames/label.ts';
import { foldedLines } from '../testing/reference.ts';
import { foldedFromStackTable, stackTableFromFolded, stackTablesFromFolded } from './folded.ts';
import { readProfile } from './read-profile.ts';

const lines = (text: string) => {
  const table = stackTableFromFolded(text);
  return foldedLines(table, (frame) => frameLabel(table.frames, frame));
};

describe('stackTableFromFolded', () => {
  it('reads stacks and adds up equal ones', () => {
    expect(lines('main;a 1\nmain 2\nmain;a 3\n')).toEqual(['main 2', 'main;a 4']);
  });

  it('takes spaces in names, Windows line ends and empty lines', () => {
    expect(lines('main;operator new(unsigned long) 5\r\n\r\n')).toEqual([
      'main;operator new(unsigned long) 5',
    ]);
  });

  it('counts samples in counts only', () => {
    expect([...stackTableFromFolded('a 7').count]).toEqual([7]);
    expect([...stackTableFromFolded('a 7', { unit: 'bytes' }).count]).toEqual([1]);
  });

  it('reads nothing from nothing', () => {
    expect(stackTableFromFolded('').weight).toHaveLength(0);
  });

  it('skips comments, and takes a tab before the weight and a byte order mark', () => {
    expect(lines('\ufeff# interval: 100\n#<Class>;a\t2\n\n# mode: wall\n#<Class>;a 1\n')).toEqual([
      '#<Class>;a 3',
    ]);
    expect(lines(foldedFromStackTable(makeStackTable([{ frames: ['# a'], weight: 5 }])))).toEqual([
      '#a 5',
    ]);
  });

  it('refuses two profiles in one', () => {
    expect(() => stackTableFromFolded('main;a 1 2')).toThrow(
      expect.objectContaining({
        kind: 'invalid-format',
        message: expect.stringContaining('readProfile'),
      }),
    );
  });

  it.each(['main;a', 'main;a 0x10', 'main;a NaN', 'main;a Infinity', 'main;a 1x'])(
    'refuses %j',
    (line) => {
      expect(() => stackTableFromFolded(`ok 1\n${line}`)).toThrow(
        expect.objectContaining({ kind: 'invalid-format', field: 'line 2' }),
      );
    },
  );
});

it('writes names that end in numbers as one profile', async () => {
  const names = ['step 1', 'step 2  2.5', 'step\t3'];
  const stacks = makeStackTable(
    names.map((name, i) => ({ frames: ['main', name], weight: 10 + i })),
  );
  const text = foldedFromStackTable(stacks);
  expect(text).toBe('main;step\u00a01 10\nmain;step 2  2.5 11\nmain;step\t3 12\n');
  const [profile, ...more] = await readProfile(new TextEncoder().encode(text));
  expect(more).toEqual([]);
  expect([...profile.stacks.weight]).toEqual([10, 11, 12]);
  // One that ends in none is enough.
  const other = makeStackTable([...names, 'run'].map((name) => ({ frames: [name], weight: 1 })));
  expect(foldedFromStackTable(other)).not.toContain('\u00a0');
});

it('does not take for ever over digits that are no number', () => {
  expect(() => stackTableFromFolded(`main;a ${'1'.repeat(1_000_000)}x`)).toThrow(
    expect.objectContaining({ field: 'line 1' }),
  );
});

describe('stackTablesFromFolded', () => {
  const read = (text: string) =>
    stackTablesFromFolded(text).map(({ name, stacks }) => [
      name,
      ...foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame)),
    ]);

  it('reads two profiles where every line ends in two weights', async () => {
    const text = '# of two\nmain;a 10 20\nmain;b\t0 3.5\n\nmain 4 0\n(other) 1 2\n';
    const tables = [
      ['before', 'main 4', 'main;a 10'],
      ['after', 'main;a 20', 'main;b 3.5'],
    ];
    expect(read(text)).toEqual(tables);
    const profiles = await readProfile(new TextEncoder().encode(text));
    expect(profiles.map(({ name, stacks }) => [name, stacks.otherWeight])).toEqual([
      ['before', 1],
      ['after', 2],
    ]);
  });

  it('takes a number for the end of a name where a line has one weight', () => {
    expect(read('main;worker 1 20\nmain 4')).toEqual([['', 'main 4', 'main;worker 1 20']]);
    expect(read('main;load 1.2.3 20')).toEqual([['', 'main;load 1.2.3 20']]);
  });
});
