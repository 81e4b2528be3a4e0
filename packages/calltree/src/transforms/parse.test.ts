import { describe, expect, it } from 'vitest';
import { parseTransforms } from './parse.ts';

describe('parseTransforms', () => {
  it('takes every kind of transform', () => {
    const transforms = [
      { type: 'focus-subtree', path: ['a'], inverted: true },
      { type: 'focus-function', frame: 'a', granularity: 'line' },
      { type: 'focus-self', frame: 'a' },
      { type: 'focus-kind', kind: 'go' },
      { type: 'drop-function', frame: 'a' },
      { type: 'drop-kind', kind: 'kernel' },
      { type: 'merge-function', frame: 'a' },
      { type: 'merge-node', path: [] },
      {
        type: 'hide-frames',
        frames: { query: ['a', { pattern: 'b', kind: 'regex', fields: ['file'] }] },
      },
      { type: 'keep-frames', frames: { kinds: ['go'] } },
      { type: 'collapse-subtree', frame: 'a' },
      { type: 'collapse-direct-recursion' },
      { type: 'collapse-recursion', frame: 'a' },
      { type: 'collapse-property', by: 'module', value: 'libc' },
      { type: 'group-by', by: 'kind' },
      { type: 'group-by', by: 'function' },
      { type: 'focus-label', label: 'thread', value: 'main' },
      { type: 'drop-label', label: 'thread', value: '' },
      { type: 'group-by-label', label: 'thread' },
    ];
    expect(parseTransforms(transforms)).toEqual(transforms);
  });

  it.each<[unknown, string]>([
    [null, 'transforms'],
    [{}, 'transforms'],
    [['focus-function'], 'transforms[0]'],
    [[{ type: 'explode' }], 'transforms[0].type'],
    [[{ type: 'constructor' }], 'transforms[0].type'],
    [[{ type: ['group-by'], by: 'file' }], 'transforms[0].type'],
    [[{ type: 'focus-function' }], 'transforms[0].frame'],
    [
      [
        { type: 'group-by', by: 'kind' },
        { type: 'focus-subtree', path: 'a' },
      ],
      'transforms[1].path',
    ],
    [[{ type: 'focus-subtree', path: [1] }], 'transforms[0].path'],
    [[{ type: 'focus-kind', kind: 'cobol' }], 'transforms[0].kind'],
    [[{ type: 'group-by', by: 'colour' }], 'transforms[0].by'],
    [[{ type: 'focus-label', label: 'thread' }], 'transforms[0].value'],
    [[{ type: 'hide-frames', frames: { query: { pattern: 1 } } }], 'transforms[0].frames'],
    [[{ type: 'focus-function', frame: 'a', granularity: 'byte' }], 'transforms[0].granularity'],
  ])('refuses %j, naming the place', (value, field) => {
    expect(() => parseTransforms(value)).toThrow(
      expect.objectContaining({ kind: 'invalid-format', field }),
    );
  });
});
