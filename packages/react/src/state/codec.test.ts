import { describe, expect, it } from 'vitest';
import { decodeFlameState, encodeFlameState } from './codec.ts';
import { DEFAULT_FLAME_STATE, type FlameState } from './flameState.ts';

const everything: FlameState = {
  view: 'sandwich',
  pivot: 'walk\u001fa.ts',
  area: ['main', 'a package'],
  under: ['main', 'walk\u001fa.ts'],
  transforms: [
    { type: 'drop-function', frame: 'gc\u001fheap.c' },
    { type: 'focus-subtree', path: ['main', 'walk\u001fa.ts'] },
    { type: 'group-by', by: 'module' },
  ],
  inverted: true,
  timeWindow: { from: 1_700_000_000_000, to: 1_700_000_060_000, profileType: 'cpu:count::' },
  focus: ['main', 'walk\u001fa.ts', 'walk\u001fa.ts', '<img src=x onerror=alert(1)>'],
  selected: ['main', 'ソート'],
  search: '50 % & more #?',
  orientation: 'flame',
  colorBy: 'self',
  diffForm: 'relative',
  profileType: 'samples:count:cpu:nanoseconds',
  linkage: 'estimated',
};

/** A text as an earlier version wrote it, for any record. */
const crafted = (record: unknown, version = 1): string =>
  `${version}.${Buffer.from(JSON.stringify(record)).toString('base64url')}`;

describe('a state as text', () => {
  it('comes back as it was', () => {
    expect(decodeFlameState(encodeFlameState(everything))).toEqual(everything);
  });

  it('needs no escaping in a URL', () => {
    const text = encodeFlameState(everything);
    expect(encodeURIComponent(text)).toBe(text);
  });

  it('is empty for what every view starts with', () => {
    expect(encodeFlameState(DEFAULT_FLAME_STATE)).toBe('');
    expect(decodeFlameState('')).toEqual(DEFAULT_FLAME_STATE);
  });

  it('writes a frame once, however deep the recursion', () => {
    const name = 'a function with a rather long name that would add up';
    const focus = Array.from({ length: 10_000 }, () => name);
    const text = encodeFlameState({ ...DEFAULT_FLAME_STATE, focus });
    expect(text.length).toBeLessThan(30_000);
    expect(decodeFlameState(text)?.focus).toEqual(focus);
  });

  it.each(['4.e30', 'nonsense', '1.***', '1.', '1.bnVsbA', '1.Ww=', '1._w'])(
    'is not ours: %s',
    (text) => {
      expect(decodeFlameState(text)).toBeNull();
    },
  );

  it.each([1, 2])('reads links that version %i wrote', (version) => {
    const text = crafted({ frames: ['main'], focus: [0], search: 'sort' }, version);
    expect(decodeFlameState(text)).toEqual({
      ...DEFAULT_FLAME_STATE,
      focus: ['main'],
      search: 'sort',
    });
  });

  it('is not read by an earlier version, which would show more than was asked for', () => {
    expect(encodeFlameState(everything)).toMatch(/^3\./);
  });

  it('has all transforms of a chain or none, and no window that ends before it begins', () => {
    const transforms = [{ type: 'drop-function', frame: 'gc' }, { type: 'explode' }];
    const text = crafted({ transforms, timeWindow: [5, 3], inverted: 'yes' });
    expect(decodeFlameState(text)).toEqual(DEFAULT_FLAME_STATE);
  });

  it('has no time that no calendar has', () => {
    for (const timeWindow of [
      [-1e300, 1e300],
      [1e300, 1e301],
      [0, 8.65e15],
      ['0', '1'],
    ]) {
      expect(decodeFlameState(crafted({ timeWindow }))).toEqual(DEFAULT_FLAME_STATE);
    }
    const untyped = crafted({ timeWindow: [1, 2, 3] });
    expect(decodeFlameState(untyped)?.timeWindow).toEqual({ from: 1, to: 2 });
    const longest = { from: -8.64e15, to: 8.64e15 };
    const text = encodeFlameState({ ...DEFAULT_FLAME_STATE, timeWindow: longest });
    expect(decodeFlameState(text)?.timeWindow).toEqual(longest);
  });

  it('keeps what makes sense and drops the rest', () => {
    const text = crafted({
      frames: ['main', 7, 'handle'],
      focus: [0, 2, 1, 0],
      selected: 'main',
      search: 12,
      orientation: 'sideways',
      colorBy: 'kind',
      linkage: '__proto__',
    });
    expect(decodeFlameState(text)).toEqual({
      ...DEFAULT_FLAME_STATE,
      focus: ['main', 'handle'],
      colorBy: 'kind',
    });
  });
});
