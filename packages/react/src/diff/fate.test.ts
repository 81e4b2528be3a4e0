import { diffCallTrees, diffFunctionTable, makeStackTable } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import { defaultMessages } from '../messages/messages.ts';
import { fateText } from './fate.ts';

const profile = (...functions: readonly (readonly [name: string, weight: number])[]) =>
  makeStackTable(functions.map(([name, weight]) => ({ frames: [name], weight, count: weight })));

/** The word for each function, over the list of changes. */
function words(before: ReturnType<typeof profile>, after: ReturnType<typeof profile>): string[] {
  const table = diffFunctionTable(diffCallTrees(before, after));
  return Array.from(table.frame, (frame, row) => {
    const name = table.frames.strings[table.frames.name[frame]];
    return `${name} ${fateText(table, row, defaultMessages)}`;
  }).sort();
}

it('says what is on one side only', () => {
  expect(words(profile(['a', 2], ['b', 3]), profile(['b', 1], ['c', 2]))).toEqual([
    'a Removed',
    'b ',
    'c New',
  ]);
});

it('says nothing of what never had any weight', () => {
  expect(words(profile(['a', 0]), profile(['a', 0], ['b', 0]))).toEqual(['a ', 'b ']);
});
