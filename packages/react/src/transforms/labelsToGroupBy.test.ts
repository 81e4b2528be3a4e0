import { makeStackTable } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import { defaultMessages } from '../messages/messages.ts';
import { labelsToGroupBy } from './labelsToGroupBy.ts';

const offered = (...labels: Record<string, string>[]) =>
  labelsToGroupBy(
    makeStackTable(labels.map((one) => ({ frames: ['main'], weight: 1, labels: one }))).labels ??
      [],
    defaultMessages,
  );

it('offers what tells stacks apart, and what has a word first', () => {
  const labels = { zone: 'a', 'thread.name': 'main', constructor: 'x' };
  expect(offered(labels, { zone: 'b', 'thread.name': 'io' })).toEqual([
    'thread.name',
    'constructor',
    'zone',
  ]);
});

it('offers nothing that is the same everywhere, but what only some stacks have', () => {
  expect(offered({ zone: 'a', pid: '1' }, { zone: 'a' })).toEqual(['pid']);
  expect(offered({ zone: 'a' })).toEqual([]);
});

it('offers a few of many', () => {
  const many = (value: string) =>
    Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`label.${i}`, value]));
  expect(offered(many('a'), { ...many('b'), 'thread.id': '7' })).toHaveLength(8);
  expect(offered(many('a'), { ...many('b'), 'thread.id': '7' }).slice(0, 3)).toEqual([
    'thread.id',
    'label.0',
    'label.1',
  ]);
  expect(offered(many('a'), many('b')).at(-1)).toBe('label.7');
});
