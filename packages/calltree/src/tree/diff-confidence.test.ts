import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { Random } from '../testing/random.ts';
import { diffCallTrees } from './diff.ts';
import type { DiffForm } from './diff-deltas.ts';
import { changeConfidence, diffConfidence } from './diff-confidence.ts';
import { diffFunctionTable } from './diff-function-table.ts';

describe('changeConfidence', () => {
  it('says what tables of the normal distribution say', () => {
    // 1.96 standard errors are 95 %, 2.576 are 99 %.
    const z = (errors: number) =>
      changeConfidence({ count: 0, of: 1 }, { count: errors ** 2, of: 1 }, 'absolute');
    expect(z(1.959964)).toBeCloseTo(0.95, 5);
    expect(z(2.575829)).toBeCloseTo(0.99, 5);
    expect(z(50)).toBe(1);
  });

  it('compares shares: 50 of 100 with 60 of 100 may be chance, 500 with 600 of 1000 is not', () => {
    const compare = (count: number, other: number, of: number) =>
      changeConfidence({ count, of }, { count: other, of });
    // Pooled proportion 0.55: z = 0.1 / sqrt(0.55 · 0.45 · 2 / 100) = 1.421.
    expect(compare(50, 60, 100)).toBeCloseTo(0.8447, 3);
    expect(compare(500, 600, 1000)).toBeGreaterThan(0.9999);
    expect(compare(50, 50, 100)).toBe(0);
  });

  it('is sure of nothing where nothing changed', () => {
    expect(changeConfidence({ count: 0, of: 10 }, { count: 0, of: 10 })).toBe(0);
    expect(changeConfidence({ count: 10, of: 10 }, { count: 20, of: 20 })).toBe(0);
  });

  it('takes a profile without samples for a count of none, and for no whole to have shares of', () => {
    const none = { count: 0, of: 0 };
    const some = { count: 9, of: 10 };
    for (const form of ['absolute', 'relative'] as const) {
      // z = 9 / sqrt(9) = 3.
      expect(changeConfidence(none, some, form)).toBeCloseTo(0.9973, 4);
      expect(changeConfidence(some, none, form)).toBeCloseTo(0.9973, 4);
      expect(changeConfidence(none, { count: 0, of: 10 }, form)).toBe(0);
    }
    expect(changeConfidence(none, some, 'normalised')).toBeNaN();
    expect(changeConfidence(some, none, 'normalised')).toBeNaN();
  });

  it('is not known where samples are not counted', () => {
    for (const form of ['absolute', 'relative', 'normalised'] as const) {
      expect(changeConfidence({ count: NaN, of: NaN }, { count: 1, of: 1 }, form)).toBeNaN();
      expect(changeConfidence({ count: 0, of: 0 }, { count: 0, of: 0 }, form)).toBeNaN();
    }
  });

  it('goes by the samples that were seen, where those stand for many', () => {
    const compare = (form: DiffForm, samplingRate?: number) => {
      const times = 1 / (samplingRate ?? 1);
      return changeConfidence(
        { count: 4 * times, of: 400 * times, samplingRate },
        { count: 8 * times, of: 400 * times, samplingRate },
        form,
      );
    };
    for (const form of ['absolute', 'relative', 'normalised'] as const) {
      expect(compare(form)).toBeCloseTo(0.75, 1);
      expect(compare(form, 0.04)).toBeCloseTo(compare(form), 9);
    }
    // Where only one side is estimated, its error is what counts.
    const exact = { count: 100, of: 10_000 };
    const estimated = { count: 200, of: 10_000, samplingRate: 0.04 };
    // 8 samples that stand for 25 each: z = 100 / sqrt(100 + 8 · 25²) = 1.400.
    expect(changeConfidence(exact, estimated, 'absolute')).toBeCloseTo(0.8385, 3);
  });

  it('calls a comparison of one program with itself a change about as often as it says', () => {
    const random = new Random(1);
    const sample = () => {
      let count = 0;
      for (let i = 0; i < 400; i++) if (random.next() < 0.3) count++;
      return { count, of: 400 };
    };
    let alarms = 0;
    for (let i = 0; i < 2000; i++) {
      if (changeConfidence(sample(), sample()) > 0.95) alarms++;
    }
    expect(alarms / 2000).toBeGreaterThan(0.03);
    expect(alarms / 2000).toBeLessThan(0.07);
  });
});

describe('diffConfidence', () => {
  it('goes by the samples of a node, its own or in all', () => {
    const profile = (hash: number, parse: number) =>
      makeStackTable([
        { frames: ['main', 'hash'], weight: 1, count: hash },
        { frames: ['main', 'parse'], weight: 1, count: parse },
      ]);
    const diff = diffCallTrees(profile(500, 500), profile(600, 400));
    const [all, main, hash] = [0, 1, 2].map((node) => diffConfidence(diff, node));
    expect([all, main]).toEqual([0, 0]);
    expect(hash).toBeGreaterThan(0.9999);
    // As many samples in all, of which more are its own.
    const own = (count: number) =>
      makeStackTable([
        { frames: ['main'], weight: 1, count },
        { frames: ['main', 'hash'], weight: 1, count: 1000 - count },
      ]);
    const moved = diffCallTrees(own(500), own(600));
    expect(diffConfidence(moved, 1)).toBe(0);
    expect(diffConfidence(moved, 1, { of: 'self' })).toBeGreaterThan(0.9999);
    expect(diffConfidence(diff, 2, { form: 'absolute' })).toBeCloseTo(0.9974, 3);
  });

  it('tells a profile without samples from one that does not count them', () => {
    const profile = (weight: number, count: number) =>
      makeStackTable(weight === 0 ? [] : [{ frames: ['main'], weight, count }]);
    const sure = (before: [number, number], after: [number, number], form: DiffForm) => {
      const diff = diffCallTrees(profile(...before), profile(...after));
      const { confidence } = diffFunctionTable(diff, { form });
      expect(confidence[0]).toBe(diffConfidence(diff, 1, { form }));
      return confidence[0];
    };
    expect(sure([0, 0], [90, 9], 'absolute')).toBeCloseTo(0.9973, 4);
    expect(sure([0, 0], [90, 9], 'normalised')).toBeNaN();
    expect(sure([80, 0], [90, 9], 'absolute')).toBeNaN();
    expect(sure([80, 0], [90, 0], 'absolute')).toBeNaN();
    expect(sure([0, 0], [90, 0], 'absolute')).toBeNaN();
  });
});
