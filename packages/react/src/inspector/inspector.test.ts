import { functionTable, makeStackTable, sandwich } from '@hyperflame/calltree';
import { describe, expect, it } from 'vitest';
import { lineRows } from './lineRows.ts';
import { neighbours } from './neighbours.ts';

const at = (name: string, line: number) => ({ name, file: 'a.ts', line });
const stacks = makeStackTable([
  { frames: [at('main', 1), at('sort', 22), at('compare', 5)], weight: 40 },
  { frames: [at('main', 2), at('sort', 20)], weight: 10 },
  { frames: [at('main', 2), at('sort', 22)], weight: 30 },
  { frames: [at('test', 9), at('sort', 20)], weight: 5 },
]);

describe('what is known of a function', () => {
  it('are its lines, in the order of the file', () => {
    const table = functionTable(stacks, { granularity: 'line' });
    expect(lineRows(table, 'sort\u001fa.ts')).toEqual([
      { line: 20, self: 15, total: 15 },
      { line: 22, self: 30, total: 70 },
    ]);
    expect(lineRows(table, 'unheard of')).toEqual([]);
  });

  it('are its lines, also where each line is a function of its own', () => {
    const table = functionTable(stacks, { granularity: 'line' });
    const all = lineRows(table, 'sort\u001fa.ts');
    expect(lineRows(table, 'sort\u001fa.ts\u001f\u001f22')).toEqual(all);
    const inBinary = makeStackTable([
      { frames: [{ ...at('sort', 3), mapping: 'app' }], weight: 2 },
      { frames: [{ name: '', mapping: 'libc.so.6', address: 0x1a2bn }], weight: 1 },
    ]);
    const others = functionTable(inBinary, { granularity: 'line' });
    expect(lineRows(others, 'sort\u001fa.ts\u001fapp\u001f3')).toHaveLength(1);
    expect(lineRows(others, '\u001f\u001flibc.so.6\u001f\u001f0x1a2b')).toHaveLength(1);
  });

  it('are who calls it and whom it calls', () => {
    const { callers, callees } = sandwich(stacks, 'sort\u001fa.ts');
    const told = (side: typeof callers) => neighbours(side).map(({ key, weight }) => [key, weight]);
    expect(told(callers)).toEqual([
      ['main\u001fa.ts', 80],
      ['test\u001fa.ts', 5],
    ]);
    expect(told(callees)).toEqual([['compare\u001fa.ts', 40]]);
    expect(neighbours(sandwich(stacks, 'unheard of').callers)).toEqual([]);
  });
});
