import { expect, it } from 'vitest';
import { defaultMessages } from '../messages/messages.ts';
import { profileTypeName } from './profileTypeName.ts';

const name = (type: string, all: readonly string[] = [type]) =>
  profileTypeName(type, all, defaultMessages);

it.each([
  ['samples:count:cpu:nanoseconds', 'CPU time'],
  ['cpu:nanoseconds:cpu:nanoseconds', 'CPU time'],
  ['off_cpu:nanoseconds::', 'Off-CPU time'],
  ['samples:count::', 'Samples'],
  ['page_faults:count::', 'page_faults'],
  ['constructor:count::', 'constructor'],
])('%s is called %s', (type, expected) => {
  expect(name(type)).toBe(expected);
});

it('says all of it where two would be called the same', () => {
  const all = [
    'samples:count:cpu:nanoseconds',
    'cpu:nanoseconds:cpu:nanoseconds',
    'wall:nanoseconds::',
  ];
  expect(all.map((type) => name(type, all))).toEqual([
    'CPU time (samples:count:cpu:nanoseconds)',
    'CPU time (cpu:nanoseconds:cpu:nanoseconds)',
    'Wall time',
  ]);
});
