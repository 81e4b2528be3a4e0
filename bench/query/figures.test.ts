import { describe, expect, it } from 'vitest';
import { makeStackTable } from '@hyperflame/calltree';
import { differences, figuresOfStacks, functionName, namedStacks } from './figures.ts';
import { wideStacks } from './wide.ts';

const frame = (name: string) => ({ name, file: 'shop.ts' });

describe('figures', () => {
  it('counts a recursive function once, and its self weight at the leaf only', () => {
    const figures = figuresOfStacks([
      { functions: ['walk', 'walk', 'main'], weight: 30 },
      { functions: ['main'], weight: 5 },
    ]);
    expect(Object.fromEntries(figures)).toEqual({
      total: 35,
      'self walk': 30,
      'total walk': 30,
      'self main': 5,
      'total main': 35,
    });
  });

  it('reads the same figures from a stack table as from rows of the wide table', () => {
    const table = makeStackTable(
      [
        { frames: [frame('main'), frame('pay')], weight: 20, count: 2 },
        { frames: [frame('main')], weight: 10, count: 1 },
      ],
      { unit: 'nanoseconds' },
    );
    const rows = [
      '[["pay","main"],["shop.ts","shop.ts"],["",""],[1,2],20,30]',
      '[["main"],["shop.ts"],[""],[2],"10",30]',
    ];
    const ours = figuresOfStacks(namedStacks(table));
    expect(differences(ours, figuresOfStacks(wideStacks(rows.join('\n'))))).toEqual([]);
    expect(differences(ours, figuresOfStacks(wideStacks(rows[0] as string)))).toEqual([
      'total: ours 30, wide 20',
      'total main|shop.ts|: ours 30, wide 20',
      'self main|shop.ts|: ours 10, wide 0',
    ]);
  });

  it('reads the figures of each group, where stacks are told apart', () => {
    const on = (pod: string, weight: number) => ({
      frames: [frame('main')],
      weight,
      count: 1,
      labels: { pod },
    });
    const table = makeStackTable([on('pay-1', 20), on('pay-2', 10)], { unit: 'nanoseconds' });
    const rows = [
      '[["main"],["shop.ts"],[""],[1],20,30,"pay-1"]',
      '[["main"],["shop.ts"],[""],[1],10,30,"pay-2"]',
    ];
    const wide = figuresOfStacks(wideStacks(rows.join('\n')));
    expect(differences(figuresOfStacks(namedStacks(table)), wide)).toEqual([]);
    expect(wide.get('pay-2: total main|shop.ts|')).toBe(10);
  });

  it('tells frames without a name apart by address and mapping', () => {
    const names = [
      functionName('', '', 'libc.so.6', '16'),
      functionName('', '', 'libm.so.6', '16'),
      functionName('', '', 'libc.so.6', '32'),
    ];
    expect(new Set(names).size).toBe(3);
  });
});
