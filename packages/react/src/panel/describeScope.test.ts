import { describe, expect, it } from 'vitest';
import { defaultMessages } from '../messages/messages.ts';
import { describeScope } from './describeScope.ts';

describe('what was looked for', () => {
  it('names every condition', () => {
    const words = describeScope(
      {
        traceId: 'abc',
        spanId: 'def',
        service: ['shop', 'cart'],
        workload: 'web',
        containing: { name: 'hash' },
        resource: { 'k8s.pod.name': 'pod-1' },
        attributes: [{ on: 'sample', key: 'thread.name', value: 'main', exclude: true }],
        profileType: 'cpu:nanoseconds::',
        under: [{ name: 'main' }, { name: '', mapping: 'libc.so.6', address: 1n }],
        timeRange: { from: new Date('2026-11-20T10:00:00Z'), to: new Date('2026-11-20T11:00:00Z') },
      },
      defaultMessages,
      'en',
    );
    for (const part of [
      'span def',
      'trace abc',
      'service shop | cart',
      'workload = web',
      'stacks with hash',
      'k8s.pod.name = pod-1',
      'thread.name ≠ main',
      'profile type cpu:nanoseconds::',
      'Nov 20, 2026',
      'stacks that begin with main › libc.so.6',
    ]) {
      expect(words).toContain(part);
    }
  });

  it('is everything where there is no condition', () => {
    expect(describeScope({}, defaultMessages, 'en')).toBe('all profiles');
  });
});
