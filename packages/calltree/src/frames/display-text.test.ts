import { describe, expect, it } from 'vitest';
import { displayText, shortText } from './display-text.ts';

describe('a hostile name', () => {
  it('cannot break the line', () => {
    expect(displayText('a\r\nb\tc')).toBe('a␍␊b␉c');
  });

  it('cannot turn what stands beside it round', () => {
    for (const mark of '\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c') {
      expect(displayText(`safe${mark}exe`)).toBe('safe\ufffdexe');
    }
  });

  it('cannot hide characters', () => {
    expect(displayText('ad\u200bmin\ufeff\u0000')).toBe('ad\ufffdmin\ufffd\u2400');
    for (const hidden of '\u007f\u0085\u00ad\u180e\u2028\u2029\u2060\u3164\u{e0041}') {
      expect(displayText(`ad${hidden}min`)).toBe('ad\ufffdmin');
    }
  });

  it('keeps every letter that can be seen, and the joiners that scripts need', () => {
    const name = 'ソート_мир_نسخه\u200cها_👩\u200d👧_❤\ufe0f<T>&"\'';
    expect(displayText(name)).toBe(name);
  });

  it('is cut before it is looked through', () => {
    expect(shortText('x'.repeat(1_000_000), 5)).toBe('xxxxx…');
    expect(shortText('12345', 5)).toBe('12345');
  });
});
