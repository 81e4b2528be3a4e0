import { StackTableBuilder } from '../build/stack-table-builder.ts';
import { CallTreeError } from '../model/errors.ts';
import type { StackTable, Unit } from '../model/stacks.ts';

/**
 * Reads folded stacks, one line each: frames from the root to the leaf, then the weight.
 *
 *     main;handle;hash 30
 *     main;handle 10
 *
 * Empty lines are skipped. The weight is taken as the number of samples too when the unit is
 * `count`, else a line is one sample. Throws `invalid-format` for a line that does not end in a
 * number, naming the line.
 * Source: https://github.com/brendangregg/FlameGraph#2-fold-stacks
 */
export function stackTableFromFolded(text: string, options: { unit?: Unit } = {}): StackTable {
  const builder = new StackTableBuilder({ unit: options.unit });
  const countsSamples = builder.unit === 'count';
  let lineNumber = 0;
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline;
    const line = text.slice(from, to).trimEnd();
    from = to + 1;
    lineNumber++;
    if (line === '') continue;
    const space = line.lastIndexOf(' ');
    const number = line.slice(space + 1);
    const weight = Number(number);
    if (number === '' || !Number.isFinite(weight)) {
      throw new CallTreeError('invalid-format', `Line ${lineNumber} does not end in a weight`, {
        field: `line ${lineNumber}`,
      });
    }
    const stack =
      space <= 0
        ? []
        : line
            .slice(0, space)
            .split(';')
            .filter((name) => name !== '');
    builder.add(stack, weight, countsSamples ? weight : 1);
  }
  return builder.build();
}
