import { describe, expect, it } from 'vitest';
import { frameLabel } from '../frames/label.ts';
import { foldedLines } from '../testing/reference.ts';
import { stackTableFromFolded } from './folded.ts';

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

  it.each(['main;a', 'main;a NaN', 'main;a Infinity', 'main;a 1x'])('refuses %j', (line) => {
    expect(() => stackTableFromFolded(`ok 1\n${line}`)).toThrow(
      expect.objectContaining({ kind: 'invalid-format', field: 'line 2' }),
    );
  });
});
