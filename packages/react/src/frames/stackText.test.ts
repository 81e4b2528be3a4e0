import { buildCallTree, findPath, makeStackTable, sandwich } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import { dropRoot } from '../sandwich/dropRoot.ts';
import { stackText } from './stackText.ts';

const stacks = makeStackTable([
  { frames: ['main', { name: 'hash', file: 'auth.ts' }, 'mix'], weight: 3 },
]);
const HASH = 'hash\u001fauth.ts';

it('has the outermost frame first, whichever way the tree grows', () => {
  const tree = buildCallTree(stacks);
  expect(stackText(tree, findPath(tree, ['main', HASH]))).toBe('main\nhash (auth.ts)');
  const inverted = buildCallTree(stacks, { invert: true });
  expect(stackText(inverted, findPath(inverted, ['mix', HASH]))).toBe('hash (auth.ts)\nmix');
});

it('begins or ends with the function in a sandwich', () => {
  const { callers, callees } = sandwich(stacks, HASH);
  expect(stackText(dropRoot(callees), 0)).toBe('hash (auth.ts)');
  expect(stackText(dropRoot(callees), 1)).toBe('hash (auth.ts)\nmix');
  expect(stackText(dropRoot(callers), 1)).toBe('main\nhash (auth.ts)');
});

it('has a line only where lines are told apart', () => {
  const lines = makeStackTable(
    [10, 99].map((line) => ({ frames: [{ name: 'hash', file: 'auth.ts', line }], weight: 1 })),
  );
  const [merged, apart] = (['function', 'line'] as const).map((granularity) => {
    const tree = buildCallTree(lines, { granularity });
    return Array.from({ length: tree.length - 1 }, (_, i) => stackText(tree, i + 1));
  });
  expect(merged).toEqual(['hash (auth.ts)']);
  expect(apart).toEqual(['hash (auth.ts:10)', 'hash (auth.ts:99)']);
});

it('has a line for each frame, whatever is in its name', () => {
  const tree = buildCallTree(makeStackTable([{ frames: ['ma\nin', 'x\u001b[31m'], weight: 1 }]));
  expect(stackText(tree, 2)).toBe('ma␊in\nx␛[31m');
});
