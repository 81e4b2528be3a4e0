import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { frameLabel } from '../frames/label.ts';
import { OTHER_FRAME } from '../model/tree.ts';
import { functionTable } from './function-table.ts';
import { moduleTree, type ModuleTreeOptions } from './module-tree.ts';

const memcpy = { name: 'memcpy', mapping: '/lib/libc.so.6', kind: 'native' } as const;
const python = (name: string, pack: string) =>
  ({ name, file: `/usr/lib/python3/site-packages/${pack}/a.py`, kind: 'cpython' }) as const;

/** `name total` of each node, indented by its depth. */
function drawn(stacks: ReturnType<typeof makeStackTable>, options?: ModuleTreeOptions): string[] {
  const tree = moduleTree(functionTable(stacks), options);
  return Array.from({ length: tree.length - 1 }, (_, i) => {
    const node = i + 1;
    const frame = tree.frame[node];
    const name = frame === OTHER_FRAME ? '(other)' : frameLabel(tree.frames, frame);
    return `${'  '.repeat(tree.depth[node] - 1)}${name} ${tree.total[node]}`;
  });
}

describe('where weight is spent', () => {
  it('is by module, package and function', () => {
    const stacks = makeStackTable(
      [
        { frames: [python('load', 'yaml'), python('scan', 'yaml'), memcpy], weight: 30 },
        { frames: [python('load', 'yaml'), python('scan', 'yaml')], weight: 40 },
        { frames: [python('get', 'requests')], weight: 20 },
      ],
      { otherWeight: 10 },
    );
    expect(drawn(stacks, { kindNames: { cpython: 'Python' } })).toEqual([
      'Python 60',
      '  yaml 40',
      '    scan 40',
      '  requests 20',
      '    get 20',
      'libc.so.6 30',
      '  memcpy 30',
      '(other) 10',
    ]);
  });

  it('leaves nothing over where sums of fractions are rounded', () => {
    const weights = [0.1, 0.2, 0.3];
    const stacks = makeStackTable(weights.map((weight, i) => ({ frames: [`f${i}`], weight })));
    // The lightest first, as stacks are added up, comes to more than the heaviest first.
    expect(0.1 + 0.2 + 0.3).toBeGreaterThan(0.3 + 0.2 + 0.1);
    expect(drawn(stacks)).toEqual(['f2 0.3', 'f1 0.2', 'f0 0.1']);
    expect(drawn({ ...stacks, otherWeight: 0.001 }).at(-1)).toMatch(/^\(other\) 0\.001/);
  });

  it('says the kind itself where it has no name', () => {
    const stacks = makeStackTable([
      { frames: [memcpy], weight: 1 },
      { frames: [{ name: 'tcp_sendmsg', kind: 'kernel' }], weight: 2 },
    ]);
    expect(drawn(stacks)).toEqual(['kernel 2', '  tcp_sendmsg 2', 'libc.so.6 1', '  memcpy 1']);
  });

  it('begins with packages where weight is in one module only', () => {
    const stacks = makeStackTable([{ frames: [memcpy, python('load', 'yaml')], weight: 5 }]);
    expect(drawn(stacks)).toEqual(['yaml 5', '  load 5']);
  });

  it('has as many samples as the profile', () => {
    const stacks = makeStackTable(
      [
        { frames: [memcpy], weight: 30, count: 3 },
        { frames: ['main'], weight: 5, count: 2 },
      ],
      { otherWeight: 10, otherCount: 4 },
    );
    const tree = moduleTree(functionTable(stacks));
    expect(tree.totalCount[0]).toBe(9);
    expect(tree.totalCount[tree.frame.indexOf(OTHER_FRAME)]).toBe(4);
  });

  it('counts a function once for all its places', () => {
    const stacks = makeStackTable([
      { frames: ['a', 'b', 'a'], weight: 5 },
      { frames: ['a'], weight: 2 },
    ]);
    expect(drawn(stacks)).toEqual(['a 7']);
  });

  it('has no area for what was freed', () => {
    const stacks = makeStackTable([
      { frames: ['kept'], weight: 5 },
      { frames: ['freed'], weight: -3 },
    ]);
    expect(drawn(stacks)).toEqual(['kept 5']);
  });
});
