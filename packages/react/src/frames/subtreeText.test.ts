import { buildCallTree, makeStackTable } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import { createNumberFormat } from '../format/numbers.ts';
import { defaultMessages } from '../messages/messages.ts';
import { subtreeText } from './subtreeText.ts';

const settings = { messages: defaultMessages, format: createNumberFormat('en') };

it('is the part below a frame, with shares of the whole profile', () => {
  const tree = buildCallTree(
    makeStackTable(
      [
        { frames: ['main', 'handle', 'hash'], weight: 50e6 },
        { frames: ['main', 'handle'], weight: 20e6 },
        { frames: ['main', 'a\nb'], weight: 30e6 },
      ],
      { unit: 'nanoseconds' },
    ),
  );
  expect(subtreeText(tree, 2, settings)).toBe('handle  70 ms (70%)\n  hash  50 ms (50%)');
  expect(subtreeText(tree, 0, settings).split('\n').at(-1)).toBe('    a␊b  30 ms (30%)');
});

it('ends where nobody would read on, and says how much is left', () => {
  const wide = Array.from({ length: 5_000 }, (_, i) => ({ frames: [`f${i}`], weight: 1 }));
  const lines = subtreeText(buildCallTree(makeStackTable(wide)), 0, settings).split('\n');
  expect(lines).toHaveLength(2_001);
  expect(lines.at(-1)).toBe('… and 3,001 more frames');
});
