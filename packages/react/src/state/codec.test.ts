import { describe, expect, it } from 'vitest';
import { decodeFlameState, encodeFlameState } from './codec.ts';
import { DEFAULT_FLAME_STATE, type FlameState } from './flameState.ts';

const everything: FlameState = {
  focus: ['main', 'walk\u001fa.ts', 'walk\u001fa.ts', '<img src=x onerror=alert(1)>'],
  selected: ['main', 'ソート'],
  search: '50 % & more #?',
  orientation: 'flame',
  colorBy: 'self',
  diffForm: 'relative',
  profileType: 'samples:count:cpu:nanoseconds',
  linkage: 'estimated',
};

/** A text as version 1 would write it, for a record that it never would. */
const crafted = (record: unknown): string =>
  `1.${Buffer.from(JSON.stringify(record)).toString('base64url')}`;

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

  it.each(['2.e30', 'nonsense', '1.***', '1.', '1.bnVsbA', '1.Ww=', '1._w'])(
    'is not ours: %s',
    (text) => {
      expect(decodeFlameState(text)).toBeNull();
    },
  );

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
