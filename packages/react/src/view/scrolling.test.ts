import { describe, expect, it } from 'vitest';
import type { Rows } from '../canvas/geometry.ts';
import { scrollFor } from './scrolling.ts';

/** 100 rows, of which 10 are in sight. */
const icicle: Rows = { orientation: 'icicle', rowHeight: 20, height: 2000 };
const flame: Rows = { orientation: 'flame', rowHeight: 20, height: 2000 };
const at = (scrollTop: number) => ({ scrollTop, clientHeight: 200 });

describe('scrolling to a row', () => {
  it('does nothing where it is in sight', () => {
    expect(scrollFor(icicle, 5, at(0), 'just so')).toBe(0);
    expect(scrollFor(icicle, 9, at(0), 'just so')).toBe(0);
    expect(scrollFor(icicle, 5, at(0), 'with callees')).toBe(0);
    expect(scrollFor(flame, 5, at(1800), 'with callees')).toBe(1800);
  });

  it('goes as far as needed, and no further', () => {
    expect(scrollFor(icicle, 10, at(0), 'just so')).toBe(20);
    expect(scrollFor(icicle, 3, at(100), 'just so')).toBe(60);
    expect(scrollFor(flame, 10, at(1800), 'just so')).toBe(1780);
  });

  it('leaves room for callees, on the side they grow to', () => {
    expect(scrollFor(icicle, 9, at(0), 'with callees')).toBe(140);
    expect(scrollFor(icicle, 50, at(0), 'with callees')).toBe(960);
    expect(scrollFor(flame, 9, at(1800), 'with callees')).toBe(1660);
  });
});
