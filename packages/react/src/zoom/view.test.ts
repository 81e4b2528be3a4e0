import { describe, expect, it } from 'vitest';
import { clampView, panBy, viewInside, WHOLE, zoomAround } from './view.ts';

describe('a view that is zoomed', () => {
  it('keeps the point that it is zoomed around in its place', () => {
    const view = { from: 0.2, to: 0.6 };
    for (const point of [0, 0.3, 1]) {
      const closer = zoomAround(view, point, 3);
      const place = (of: { from: number; to: number }) => of.from + point * (of.to - of.from);
      expect(place(closer)).toBeCloseTo(place(view));
      expect(closer.to - closer.from).toBeCloseTo(0.4 / 3);
    }
  });

  it('never shows more than there is, and then it is the whole', () => {
    expect(zoomAround({ from: 0.5, to: 0.9 }, 0, 0.1)).toBe(WHOLE);
    expect(clampView({ from: -0.1, to: 0.3 })).toEqual({ from: 0, to: 0.4 });
    expect(panBy({ from: 0.5, to: 0.9 }, 9).to).toBe(1);
    expect(panBy(WHOLE, 0.5)).toBe(WHOLE);
  });

  it('moves by a share of what is seen', () => {
    expect(panBy({ from: 0.25, to: 0.5 }, 0.5)).toEqual({ from: 0.375, to: 0.625 });
    expect(panBy({ from: 0.25, to: 0.5 }, -0.5)).toEqual({ from: 0.125, to: 0.375 });
  });

  it('does not vanish', () => {
    let view = WHOLE;
    for (let i = 0; i < 100; i++) view = zoomAround(view, 0.37, 4);
    expect(view.to - view.from).toBeGreaterThan(0);
  });

  it('is part of a part', () => {
    expect(viewInside({ from: 0.5, to: 1 }, { from: 0.5, to: 1 })).toEqual({ from: 0.75, to: 1 });
  });
});
