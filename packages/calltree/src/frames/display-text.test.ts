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
  });

  it('keeps every letter that can be seen, and the joiners that scripts need', () => {
    const name = 'ソート_мир_نسخه\u200cها_👩\u200d👧<T>&"\'';
    expect(displayText(name)).toBe(name);
  });

  it('is cut before it is looked through', () => {
    expect(shortText('x'.repeat(1_000_000), 5)).toBe('xxxxx…');
    expect(shortText('12345', 5)).toBe('12345');
  });
});
