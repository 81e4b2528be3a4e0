import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import type { StackTable } from '../model/stacks.ts';
import { searchStacks } from '../search/search-stacks.ts';
import { buildCallTree } from './build-call-tree.ts';
import { validateStacks } from './validate-stacks.ts';

const good = () =>
  makeStackTable([
    { frames: ['a', 'b'], weight: 1 },
    { frames: ['a'], weight: 2 },
  ]);

function refusal(change: (table: StackTable) => Partial<StackTable>) {
  const table = good();
  const bad = { ...table, ...change(table) };
  return expect(() => validateStacks(bad));
}

const naming = (field: string) => expect.objectContaining({ kind: 'invalid-stacks', field });

describe('validateStacks', () => {
  it('takes what builders make', () => {
    expect(() => validateStacks(good())).not.toThrow();
    expect(() => validateStacks(makeStackTable([]))).not.toThrow();
  });

  it.each([NaN, Infinity, -Infinity])('refuses the weight %s', (value) => {
    refusal(() => ({ weight: Float64Array.of(1, value) })).toThrow(naming('weight[1]'));
    refusal(() => ({ count: Float64Array.of(value, 1) })).toThrow(naming('count[0]'));
    refusal(() => ({ otherWeight: value })).toThrow(naming('otherWeight'));
    refusal(() => ({ otherCount: value })).toThrow(naming('otherCount'));
    const part = { labels: { thread: 'main' }, weight: 1, count: 1 };
    refusal(() => ({ otherByLabels: [part, { ...part, weight: value }] })).toThrow(
      naming('otherByLabels[1].weight'),
    );
    refusal(() => ({ otherByLabels: [{ ...part, count: value }] })).toThrow(
      naming('otherByLabels[0].count'),
    );
  });

  it('refuses offsets that do not fit', () => {
    refusal(() => ({ stackOffset: Uint32Array.of(0, 2) })).toThrow(naming('stackOffset'));
    refusal(() => ({ stackOffset: Uint32Array.of(0, 3, 2) })).toThrow(naming('stackOffset[2]'));
    refusal(() => ({ stackOffset: Uint32Array.of(0, 2, 9) })).toThrow(naming('stackOffset[2]'));
    // Frame indices that belong to no stack would become those of others where tables are put together.
    refusal(() => ({ stackOffset: Uint32Array.of(0, 1, 2) })).toThrow(naming('stackOffset[2]'));
    refusal(() => ({ stackOffset: Uint32Array.of(1, 2, 3) })).toThrow(naming('stackOffset[0]'));
    expect(() => validateStacks({ ...makeStackTable([]), frameIndex: new Uint32Array(1) })).toThrow(
      naming('stackOffset[0]'),
    );
  });

  it('refuses frames and texts that do not exist', () => {
    refusal(() => ({ frameIndex: Uint32Array.of(0, 2, 0) })).toThrow(naming('frameIndex[1]'));
    refusal(({ frames }) => ({ frames: { ...frames, name: Uint32Array.of(1, 3) } })).toThrow(
      naming('frames.name[1]'),
    );
    refusal(({ frames }) => ({ frames: { ...frames, line: new Uint32Array(1) } })).toThrow(
      naming('frames.line'),
    );
    refusal(({ frames }) => ({ frames: { ...frames, strings: ['x', 'a', 'b'] } })).toThrow(
      naming('frames.strings[0]'),
    );
  });

  it('refuses columns of different lengths', () => {
    refusal(() => ({ count: Float64Array.of(1) })).toThrow(naming('count'));
  });

  it('refuses labels that do not fit the stacks', () => {
    const label = (values: string[], ...value: number[]) => ({
      labels: [{ key: 'thread', values, value: Uint32Array.from(value) }],
    });
    refusal(() => label(['', 'main'], 1, 2)).toThrow(naming('labels["thread"].value[1]'));
    refusal(() => label(['', 'main'], 1)).toThrow(naming('labels["thread"]'));
    refusal(() => label(['main'], 0, 0)).toThrow(naming('labels["thread"].values[0]'));
  });

  it('stands before every tree and every search', () => {
    const bad = { ...good(), weight: Float64Array.of(1, NaN) };
    expect(() => buildCallTree(bad)).toThrow(naming('weight[1]'));
    expect(() => searchStacks(bad, 'a')).toThrow(naming('weight[1]'));
  });
});
