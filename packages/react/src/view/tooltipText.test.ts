import { buildCallTree, diffCallTrees, layoutTree, makeStackTable } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import { createNumberFormat } from '../format/numbers.ts';
import { pageMessages } from '../messages/pageMessages.ts';
import type { Settings } from '../theme/settings.ts';
import { narrowTooltip } from './tooltipText.ts';

const settings = { messages: pageMessages, format: createNumberFormat('en') } as Settings;

/** main, with a wide callee and a thousand narrow ones. */
const profile = (each: number) =>
  makeStackTable(
    [
      { frames: ['main', 'wide'], weight: 6e9, count: 60 },
      ...Array.from({ length: 1000 }, (_, i) => ({ frames: ['main', `f${i}`], weight: each })),
    ],
    { unit: 'nanoseconds' },
  );

const narrowOf = (tree: Parameters<typeof narrowTooltip>[0], whole?: number) => {
  const { node, narrowEnd } = layoutTree(tree, { width: 100 });
  const place = narrowEnd.findIndex((end) => end !== 0);
  return narrowTooltip(tree, node[place], narrowEnd[place], whole, settings);
};

it('says what narrow siblings weigh together', () => {
  const tree = buildCallTree(profile(4e6));
  const row = (share: string) => [['Total', '\u20664\u00a0s\u2069', share, '1,000 samples']];
  expect(narrowOf(tree)).toEqual({ name: 'Too narrow to show', places: [], rows: row('40%') });
  // Of a tree that is a part of the profile, such as one side of a sandwich.
  expect(narrowOf(tree, 40e9).rows).toEqual(row('10%'));
});

it('says it of both sides of a diff', () => {
  expect(narrowOf(diffCallTrees(profile(4e6), profile(2e6))).rows).toEqual([
    ['Before', '\u20664\u00a0s\u2069', '40%', '1,000 samples'],
    ['After', '\u20662\u00a0s\u2069', '25%', '1,000 samples'],
  ]);
});
