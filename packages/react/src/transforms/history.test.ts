import type { Transform } from '@hyperflame/calltree';
import { describe, expect, it } from 'vitest';
import { historyAfter, historyOf } from './history.ts';

const drop = (frame: string): Transform => ({ type: 'drop-function', frame });
const [a, b, c] = ['a', 'b', 'c'].map(drop);

describe('the history of a chain', () => {
  it('undoes a chain out of a link one by one', () => {
    expect(historyOf([a, b]).past).toEqual([[], [a]]);
  });

  it('gives back a transform that was taken out of the middle', () => {
    const removed = historyAfter(historyOf([a, b, c]), [a, c]);
    expect(removed.past.at(-1)).toEqual([a, b, c]);
  });

  it('knows a step back by its value, and the step forward after it', () => {
    const back = historyAfter(historyOf([a, b]), [a]);
    expect(back).toEqual({ current: [a], past: [[]], future: [[a, b]] });
    expect(historyAfter(back, [a, b])).toEqual(historyOf([a, b]));
  });

  it('goes forward as many steps as it went back', () => {
    let history = historyOf([a, b, c]);
    for (const step of [[a, b], [a], [a, b]]) history = historyAfter(history, step);
    expect(history).toEqual({ current: [a, b], past: [[], [a]], future: [[a, b, c]] });
    expect(historyAfter(history, [a, b, c])).toEqual(historyOf([a, b, c]));
  });

  it('has nothing to redo once something else was done', () => {
    const back = historyAfter(historyAfter(historyOf([a, b, c]), [a, b]), [a]);
    expect(historyAfter(back, [a, c]).future).toEqual([]);
  });

  it('goes back any way to the same beginning', () => {
    let history = historyAfter(historyAfter(historyOf([]), [a]), [a, b]);
    while (history.past.length > 0) history = historyAfter(history, history.past.at(-1)!);
    expect(history.current).toEqual([]);
    expect(history.future).toHaveLength(2);
  });
});
