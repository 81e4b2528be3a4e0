import { describe, expect, it } from 'vitest';
import { TextFitter } from './textFitter.ts';

/** A font in which every character is 10 wide, and which counts how often it is asked. */
function font() {
  const asked: string[] = [];
  const fitter = new TextFitter((text) => {
    asked.push(text);
    return [...text].length * 10;
  });
  return { asked, fitter };
}

describe('text in a rectangle', () => {
  it('is whole where it fits, to the pixel', () => {
    const { fitter } = font();
    expect(fitter.fit('render', 60)).toBe('render');
    expect(fitter.fit('render', 59)).toBe('rend…');
  });

  it('is nothing where not even one letter fits', () => {
    const { fitter } = font();
    expect(fitter.fit('render', 19)).toBe('');
    expect(fitter.fit('render', 20)).toBe('r…');
    expect(fitter.fit('render', -5)).toBe('');
  });

  it('does not cut a character in two', () => {
    expect(font().fitter.fit('👩👧👦👶', 30)).toBe('👩👧…');
  });

  it('is measured by its characters, and each of them once', () => {
    const { asked, fitter } = font();
    for (let i = 0; i < 5; i++) {
      fitter.fit('render', 100);
      fitter.fit('render', 35);
      fitter.fit('reader', 100);
    }
    expect(asked).toEqual(['…', 'r', 'e', 'n', 'd', 'a']);
  });

  it('is measured as a whole, once, where letters that stand closer decide whether it fits', () => {
    const asked: string[] = [];
    const fitter = new TextFitter((text) => {
      asked.push(text);
      return text === 'AVAVAV' ? 58 : text.length * 10;
    });
    for (let i = 0; i < 5; i++) {
      expect(fitter.fit('AVAVAV', 58)).toBe('AVAVAV');
      expect(fitter.fit('AVAVAV', 57)).toBe('AVAV…');
    }
    expect(asked).toEqual(['…', 'A', 'V', 'AVAVAV']);
  });

  it.each(['start', 'end'] as const)('is cut at its %s where letters stand apart', (shown) => {
    const measure = (text: string) => text.length * 10 + (text.length - 1) * 0.5;
    const fitter = new TextFitter(measure);
    for (let room = 300; room < 1000; room += 7) {
      const cut = fitter.fit('A'.repeat(5000), room, shown);
      expect(measure(cut)).toBeLessThanOrEqual(room);
      expect(measure(`${cut}AA`)).toBeGreaterThan(room);
    }
  });

  it('is measured as a whole where its characters may form others together', () => {
    const fitter = new TextFitter((text) => (text === 'लक्ष्य' ? 30 : [...text].length * 10));
    expect(fitter.fit('लक्ष्य', 30)).toBe('लक्ष्य');
  });

  it('is never measured beyond what a screen has room for', () => {
    const { asked, fitter } = font();
    expect(fitter.fit('x'.repeat(1_000_000), 100)).toBe(`${'x'.repeat(9)}…`);
    expect(Math.max(...asked.map((text) => text.length))).toBeLessThanOrEqual(2000);
  });

  it('shows the end of a name where that is wanted', () => {
    const fitter = new TextFitter((text) => [...text].length * 10);
    expect(fitter.fit('shop/checkout/pay', 1000, 'end')).toBe('shop/checkout/pay');
    expect(fitter.fit('shop/checkout/pay', 50, 'end')).toBe('…/pay');
    expect(fitter.fit('shop/checkout/pay', 15, 'end')).toBe('');
    expect(fitter.fit('pay 👩‍🚀🚀', 20, 'end')).toBe('…🚀');
    expect(fitter.fit('x'.repeat(1 << 20), 30, 'end')).toBe('…xx');
  });
});
