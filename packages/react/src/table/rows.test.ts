import { describe, expect, it } from 'vitest';
import { functionTable, makeStackTable } from '@hyperflame/calltree';
import { defaultMessages } from '../messages/messages.ts';
import { rowAfterKey } from './rowAfterKey.ts';
import { sortedRows, type Sorting } from './rows.ts';

const table = functionTable(
  makeStackTable([
    { frames: ['main', 'beta'], weight: 30 },
    { frames: ['main', 'Alpha'], weight: 30 },
    { frames: ['main', 'gamma.beta'], weight: 40 },
  ]),
);
const figureOf =
  ({ column }: Sorting<'self' | 'total'>) =>
  (row: number): number =>
    column === 'name' ? 0 : table[column][row];

const nameOf = (frame: number) => table.frames.strings[table.frames.name[frame]];

const names = (sorting: Sorting<'self' | 'total'>, wanted?: readonly string[]) => {
  const isWanted =
    wanted &&
    Uint8Array.from({ length: table.frames.length }, (_, at) =>
      Number(wanted.includes(nameOf(at))),
    );
  const rows = sortedRows(table, isWanted ?? null, sorting, figureOf(sorting), defaultMessages);
  return Array.from(rows, (row) => nameOf(table.frame[row]));
};

describe('rows of the table', () => {
  it('are in the order asked for', () => {
    expect(names({ column: 'self', descending: true })).toEqual([
      'gamma.beta',
      'Alpha',
      'beta',
      'main',
    ]);
    expect(names({ column: 'total', descending: true })[0]).toBe('main');
    expect(names({ column: 'total', descending: false }).at(-1)).toBe('main');
    expect(names({ column: 'name', descending: false })).toEqual([
      'Alpha',
      'beta',
      'gamma.beta',
      'main',
    ]);
  });

  it('are those of the functions that are wanted', () => {
    const bySelf = { column: 'self', descending: true } as const;
    expect(names(bySelf, ['beta', 'gamma.beta'])).toEqual(['gamma.beta', 'beta']);
    expect(names(bySelf, [])).toEqual([]);
  });
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
