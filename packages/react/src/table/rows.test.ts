import { describe, expect, it } from 'vitest';
import { functionTable, makeStackTable, type FunctionTable } from '@hyperflame/calltree';
import { defaultMessages } from '../messages/messages.ts';
import { rowAfterKey } from './rowAfterKey.ts';
import { sortRows, wantedRows } from './rows.ts';

const table = functionTable(
  makeStackTable([
    { frames: ['main', 'beta'], weight: 30 },
    { frames: ['main', 'Alpha'], weight: 30 },
    { frames: ['main', 'gamma.beta'], weight: 40 },
  ]),
);
const { frames, frame } = table;
const nameOf = (row: number) => frames.strings[frames.name[frame[row]]];
const never = new AbortController().signal;

async function rowsBy(of: FunctionTable, column: 'self' | 'total' | 'name', descending: boolean) {
  const figure = column === 'name' ? undefined : (row: number) => of[column][row];
  const answer = sortRows(of, figure, descending, defaultMessages);
  return typeof answer === 'function' ? answer(never, () => undefined) : answer;
}

const names = async (...how: ['self' | 'total' | 'name', boolean]) =>
  Array.from((await rowsBy(table, ...how)).rows, nameOf);

describe('rows of the table', () => {
  it('are in the order asked for', async () => {
    expect(await names('self', true)).toEqual(['gamma.beta', 'Alpha', 'beta', 'main']);
    expect((await names('total', true))[0]).toBe('main');
    expect((await names('total', false)).at(-1)).toBe('main');
    expect(await names('name', false)).toEqual(['Alpha', 'beta', 'gamma.beta', 'main']);
    expect(await names('name', true)).toEqual(['main', 'gamma.beta', 'beta', 'Alpha']);
  });

  it('are those of the functions that are wanted', async () => {
    const sorted = await rowsBy(table, 'self', true);
    const wanted = (...of: string[]) => {
      const isWanted = new Uint8Array(frames.length);
      frame.forEach((at, row) => (isWanted[at] = Number(of.includes(nameOf(row)))));
      return Array.from(wantedRows(sorted, isWanted), nameOf);
    };
    expect(wanted('beta', 'gamma.beta')).toEqual(['gamma.beta', 'beta']);
    expect(wanted()).toEqual([]);
    expect(wantedRows(sorted, null)).toBe(sorted.rows);
  });

  it('have no figure at the end, either way', () => {
    const figures = [NaN, 1, Infinity, 2];
    const rows = (descending: boolean) => {
      const sorted = sortRows(table, (row) => figures[row], descending, defaultMessages);
      return 'rows' in sorted && Array.from(sorted.rows);
    };
    expect(rows(true)).toEqual([2, 3, 1, 0]);
    expect(rows(false)).toEqual([1, 3, 2, 0]);
  });
});

describe('the rows of a large table', () => {
  const large = functionTable(
    makeStackTable(
      Array.from({ length: 20_001 }, (_, i) => ({
        // Weights and lengths of names that many have in common.
        frames: [`outer${i % 5_003}`, `f${(i * 7919) % 20_001}`],
        weight: 1 + ((i * 48_271) % 31),
      })),
    ),
  );

  it('are there at once in the order they were made in, else waited for', () => {
    const { self } = large;
    expect(sortRows(large, (row) => self[row], true, defaultMessages)).toBeTypeOf('object');
    expect(sortRows(large, (row) => self[row], false, defaultMessages)).toBeTypeOf('function');
    expect(sortRows(large, undefined, false, defaultMessages)).toBeTypeOf('function');
  });

  it.each(['self', 'total', 'name'] as const)(
    'by %s are in the order of a plain sort',
    async (by) => {
      const keyOf = (row: number) =>
        by === 'name' ? large.frames.strings[large.frames.name[large.frame[row]]] : large[by][row];
      for (const sign of [1, -1]) {
        const expected = Array.from(large.frame.keys()).sort((a, b) =>
          keyOf(a) === keyOf(b) ? a - b : keyOf(a) < keyOf(b) ? -sign : sign,
        );
        const { rows, table: of } = await rowsBy(large, by, sign === -1);
        expect(of).toBe(large);
        expect(Array.from(rows)).toEqual(expected);
      }
    },
  );
});

describe('keys in the table', () => {
  it('stay within it', () => {
    expect(rowAfterKey('ArrowDown', 9, 10, 5)).toBe(9);
    expect(rowAfterKey('ArrowUp', 0, 10, 5)).toBe(0);
    expect(rowAfterKey('PageDown', 2, 10, 5)).toBe(7);
    expect(rowAfterKey('End', 2, 10, 5)).toBe(9);
  });

  it('are not taken from anyone else', () => {
    expect(rowAfterKey('a', 2, 10, 5)).toBeUndefined();
    expect(rowAfterKey('constructor', 2, 10, 5)).toBeUndefined();
    expect(rowAfterKey('ArrowDown', 0, 0, 5)).toBeUndefined();
  });
});
