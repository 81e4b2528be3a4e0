import { OTHER_FRAME_KEY } from '@hyperflame/calltree';
import { describe, expect, it } from 'vitest';
import { canStartWith } from './canStartWith.ts';
import { startOfStacks } from './startOfStacks.ts';

const named = (name: string) => ({ name, file: '', mapping: '' });

describe('how the stacks in scope begin', () => {
  it('goes on from where the host begins', () => {
    const hosts = [named('main')];
    expect(startOfStacks(undefined, ['main', 'handle'])).toEqual([named('main'), named('handle')]);
    expect(startOfStacks(hosts, ['main', 'handle'])).toEqual([named('main'), named('handle')]);
  });

  it('stays inside of what the host asks for, whatever a link says', () => {
    const hosts = [named('main'), named('gc')];
    expect(startOfStacks(hosts, ['main'])).toEqual(hosts);
    expect(startOfStacks(hosts, ['other', 'handle', 'hash'])).toEqual([...hosts, named('hash')]);
  });

  it('says nothing where nobody does', () => {
    expect(startOfStacks(undefined, [])).toBeUndefined();
    expect(startOfStacks([], [])).toEqual([]);
  });

  it('ends before a frame that cannot be asked for', () => {
    const path = ['main', OTHER_FRAME_KEY, 'hash'];
    expect(startOfStacks(undefined, path)).toEqual([named('main')]);
    expect(canStartWith(path)).toBe(false);
    expect(canStartWith(['main', 'hash'])).toBe(true);
    expect(canStartWith([])).toBe(false);
  });
});
