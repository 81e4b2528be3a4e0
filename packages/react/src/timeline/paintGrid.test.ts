import { expect, it } from 'vitest';
import { heatStep } from './paintGrid.ts';

it('has a step of its own for nothing, and tells little from nothing', () => {
  const steps = [0, 1e-6, 0.1, 0.5, 0.99, 1].map((weight) => heatStep(weight, 1, 5));
  expect(steps).toEqual([0, 1, 2, 3, 4, 4]);
  expect(heatStep(-3, 1, 5)).toBe(0);
  expect(heatStep(0, 0, 5)).toBe(0);
});
