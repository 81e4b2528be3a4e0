import { describe, expect, it } from 'vitest';
import { FrameTableBuilder, type FrameInput } from '../build/frame-table-builder.ts';
import type { SearchQuery } from './query.ts';
import { searchFrames } from './search-frames.ts';

const FRAMES: FrameInput[] = [
  { name: 'hashPassword', file: 'src/auth.ts', mapping: 'node' },
  { name: 'std::vector<int>::push_back(int&&)', file: 'vector.h' },
  { name: 'İstanbul', file: 'city.ts' },
  { mapping: '/lib/libc.so.6', address: 0x1a2bn },
];

function found(query: SearchQuery): number[] {
  const frames = new FrameTableBuilder();
  for (const frame of FRAMES) frames.add(frame);
  return [...searchFrames(frames.build(), query).entries()]
    .filter(([, match]) => match === 1)
    .map(([frame]) => frame);
}

describe('searchFrames', () => {
  it.each<[string, SearchQuery, number[]]>([
    ['text in any case', 'PASSWORD', [0]],
    ['text in this case only', { pattern: 'PASSWORD', caseSensitive: true }, []],
    ['text with the characters of expressions', '<int>::push_back(int&&)', [1]],
    ['text beyond ASCII', 'stanbul', [2]],
    ['the label of a frame without symbols', 'libc.so.6+0x1A', [3]],
    ['an expression', { pattern: '^(hash|std).*', kind: 'regex' }, [0, 1]],
    ['an expression in this case only', { pattern: '^H', kind: 'regex', caseSensitive: true }, []],
    ['an expression in any case', { pattern: '^HASH', kind: 'regex' }, [0]],
    ['letters in any case', { pattern: 'HPWD', kind: 'fuzzy' }, [0]],
    ['letters in this case only', { pattern: 'hPwd', kind: 'fuzzy', caseSensitive: true }, [0]],
    ['letters in no other case', { pattern: 'hpwd', kind: 'fuzzy', caseSensitive: true }, []],
    ['letters in this order', { pattern: 'hpwd', kind: 'fuzzy' }, [0]],
    ['letters in another order', { pattern: 'dwph', kind: 'fuzzy' }, []],
    ['files', { pattern: 'auth', fields: ['file'] }, [0]],
    ['binaries', { pattern: 'lib/libc', fields: ['mapping'] }, [3]],
    ['any field', { pattern: 'node', fields: ['name', 'file', 'mapping'] }, [0]],
    ['several at once', ['hash', { pattern: 'CITY', fields: ['file'] }], [0, 2]],
    ['nothing', '', []],
  ])('finds %s', (_, query, expected) => {
    expect(found(query)).toEqual(expected);
  });

  it('refuses an expression that does not compile', () => {
    expect(() => found({ pattern: '(', kind: 'regex' })).toThrow(
      expect.objectContaining({ kind: 'invalid-pattern', field: 'pattern' }),
    );
  });

  it('refuses an expression that is too large to compile', () => {
    const huge = { pattern: '(?=a)'.repeat(100_000), kind: 'regex' } as const;
    expect(() => found(huge)).toThrow(
      expect.objectContaining({ kind: 'invalid-pattern', field: 'pattern' }),
    );
  });

  it('tries an expression on the beginning of a name of millions of characters', () => {
    const frames = new FrameTableBuilder();
    frames.add(`main${'ab'.repeat(4_000_000)}`);
    const matches = (pattern: string) =>
      searchFrames(frames.build(), { pattern, kind: 'regex' })[0] === 1;
    // These take minutes, or more memory than there is, if they are tried on all of it.
    expect(['.*c', '(a|b)*c', '^(a|b)*c'].map(matches)).toEqual([false, false, false]);
    expect(matches('^main(a|b)')).toBe(true);
  });

  it('tries an expression on the first 4096 characters of a name, and text on all', () => {
    const frames = new FrameTableBuilder();
    const padded = (before: number) => frames.add('-'.repeat(before) + 'needle');
    padded(4096 - 'needle'.length);
    padded(4096 - 'needle'.length + 1);
    const table = frames.build();
    expect([...searchFrames(table, { pattern: 'n[e]edle', kind: 'regex' })]).toEqual([1, 0]);
    expect([...searchFrames(table, 'needle')]).toEqual([1, 1]);
  });

  it('finds a name of a hundred thousand characters by all of it', () => {
    const frames = new FrameTableBuilder();
    frames.add('std::map<K>'.repeat(10_000));
    frames.add('std::map<K>'.repeat(9_000));
    const table = frames.build();
    const pattern = 'std::MAP<k>'.repeat(10_000);
    expect([...searchFrames(table, pattern)]).toEqual([1, 0]);
    expect([...searchFrames(table, { pattern, caseSensitive: true })]).toEqual([0, 0]);
  });

  it('finds text at the end of a name of a million characters', () => {
    const frames = new FrameTableBuilder();
    frames.add(`${'a'.repeat(1_000_000)}needle`);
    expect([...searchFrames(frames.build(), 'Needle')]).toEqual([1]);
    expect([...searchFrames(frames.build(), { pattern: 'needles', kind: 'fuzzy' })]).toEqual([0]);
  });
});
