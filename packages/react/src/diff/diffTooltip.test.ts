import { diffCallTrees, makeStackTable } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import { diffScale } from '../color/diffScale.ts';
import { createNumberFormat } from '../format/numbers.ts';
import { defaultMessages } from '../messages/messages.ts';
import type { AllSettings } from '../theme/allSettings.ts';
import { diffTooltip } from './diffTooltip.ts';

const halves = (samples: number) =>
  makeStackTable([
    { frames: ['hash'], weight: samples, count: samples },
    { frames: ['parse'], weight: samples, count: samples },
  ]);
const none = makeStackTable([]);
const settings = { messages: defaultMessages, format: createNumberFormat('en') } as AllSettings;

/** Each function has half of either profile, the second of which is longer. */
it.each([
  ['absolute', '99.7%'],
  ['relative', '99.7%'],
  ['normalised', 'Within error'],
] as const)('is as sure of a change as the colour that is %s', (form, said) => {
  const diff = diffCallTrees(halves(500), halves(600));
  const rows = diffTooltip(diff, 1, form, settings).rows;
  expect(rows.at(-1)).toEqual(['Confidence', said, '', '']);
  const { slotOf, variables } = diffScale(diff, form);
  expect(slotOf(1) === (variables.length - 1) / 2).toBe(said === 'Within error');
});

/** Whatever colour a change from nothing has, the words beside it are of the same mind. */
it.each([
  ['absolute', '99.9%'],
  ['relative', '99.9%'],
  ['normalised', 'Not known'],
] as const)('is as sure of what is new as the colour that is %s', (form, said) => {
  const diff = diffCallTrees(none, halves(500));
  expect(diffTooltip(diff, 1, form, settings).rows.at(-1)?.[1]).toBe(said);
  const { slotOf, variables } = diffScale(diff, form);
  expect(slotOf(1)).toBe(variables.length - 1);
});
