import { makeStackTable, searchFrames } from '@hyperflame/calltree';
import { describe, expect, it } from 'vitest';
import { hasBrokenExpression, parseSearch, searchFor } from './parseSearch.ts';

const names = [
  'json.read',
  'json.write',
  'hashPassword',
  'std::max(a || b)',
  '~Buffer',
  'a/b',
  'operator""||y',
];
const { frames } = makeStackTable([{ frames: names, weight: 1 }]);

const found = (text: string): string[] => {
  const query = parseSearch(text);
  if (query === null) return [];
  const marks = searchFrames(frames, query);
  return names.filter((_, frame) => marks[frame] === 1);
};

describe('what is typed into a search box', () => {
  it.each([
    ['JSON', ['json.read', 'json.write']],
    ['/^json\\.(r|x)/', ['json.read']],
    ['~hshpwd', ['hashPassword']],
    ['read || hash', ['json.read', 'hashPassword']],
    ['/read$/ || ~hspw', ['json.read', 'hashPassword']],
    ['hash || "a || b"', ['hashPassword', 'std::max(a || b)']],
    ['"json.read" || "a/b"', ['json.read', 'a/b']],
    ['"~Buffer"||"/read$/"', ['~Buffer']],
  ])('%s finds %j', (text, expected) => expect(found(text)).toEqual(expected));

  it.each([
    ['a/b', ['a/b']],
    ['/([/', []],
    ['/', ['a/b']],
    ['~', ['~Buffer']],
    ['max(', ['std::max(a || b)']],
    ['"a || b/', []],
    ['"a || a/b', ['a/b']],
  ])('%s is text that was typed so far', (text, expected) => expect(found(text)).toEqual(expected));

  it.each(names)('finds %s as it stands', (name) => {
    expect(found(searchFor(name))).toEqual([name]);
  });

  it.each([
    ['/([/', true],
    ['read || /(/', true],
    ['/(a)/', false],
    ['"/(/"', false],
    ['read || "/(/"', false],
    ['(', false],
  ])('%s has a broken expression: %s', (text, expected) =>
    expect(hasBrokenExpression(text)).toBe(expected),
  );

  it('an expression that is too large to compile is broken, and is text', () => {
    const huge = `/${'(?=a)'.repeat(100_000)}/`;
    expect(hasBrokenExpression(huge)).toBe(true);
    expect(found(huge)).toEqual([]);
  });

  it.each(['', '   ', '||', ' || '])('%j looks for nothing', (text) =>
    expect(parseSearch(text)).toBeNull(),
  );
});
