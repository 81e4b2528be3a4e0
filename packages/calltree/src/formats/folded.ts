import { frameLabel, OTHER_LABEL } from '../frames/label.ts';
import { CallTreeError } from '../model/errors.ts';
import type { StackTable, Unit } from '../model/stacks.ts';
import { BoundedStacks, Budget, checkDepth, MOST_FRAMES } from './budget.ts';

/**
 * Reads folded stacks, one line each: frames from the root to the leaf, then the weight.
 *
 *     main;handle;hash 30
 *     main;handle 10
 *
 * Empty lines are skipped; the stack `(other)` is what the table leaves out. The weight is taken as the number of samples too when the unit is
 * `count`, else a line is one sample. Throws `invalid-format` for a line that does not end in a
 * number, naming the line.
 * Source: https://github.com/brendangregg/FlameGraph#2-fold-stacks
 */
export function stackTableFromFolded(text: string, options: { unit?: Unit } = {}): StackTable {
  const { unit = 'count' } = options;
  const stacks = new BoundedStacks(unit, new Budget(), 'file');
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
    const frames = space <= 0 ? '' : line.slice(0, space);
    const place = `line ${lineNumber}`;
    const parts = frames.split(';', MOST_FRAMES + 1);
    checkDepth(parts.length, place);
    const names = parts.filter((name) => name !== '');
    const count = unit === 'count' ? weight : 1;
    if (names.length === 1 && names[0] === OTHER_LABEL) stacks.addOther(weight, count);
    else {
      const stack = names.map((name) => stacks.addFrame(name, place));
      stacks.addStack(stack, place, weight, count);
    }
  }
  return stacks.build();
}

/**
 * Writes folded stacks, in the table's order. Stacks that read the same are added up. Names cannot
 * hold what separates them, so `;` becomes `:` and line breaks become spaces. All else is lost: files,
 * lines, binaries, addresses, kinds, labels, sample counts and the unit.
 */
export function foldedFromStackTable(stacks: StackTable): string {
  const { frames, stackOffset, frameIndex, weight, otherWeight } = stacks;
  const names = Array.from({ length: frames.length }, (_, frame) =>
    frameLabel(frames, frame)
      .replaceAll(';', ':')
      .replace(/[\r\n]+/g, ' '),
  );
  const weights = new Map<string, number>();
  for (let stack = 0; stack < weight.length; stack++) {
    const parts: string[] = [];
    for (let i = stackOffset[stack]; i < stackOffset[stack + 1]; i++) {
      parts.push(names[frameIndex[i]]);
    }
    const line = parts.join(';');
    weights.set(line, (weights.get(line) ?? 0) + weight[stack]);
  }
  if (otherWeight !== 0) {
    weights.set(OTHER_LABEL, (weights.get(OTHER_LABEL) ?? 0) + otherWeight);
  }
  let text = '';
  for (const [line, sum] of weights) text += line === '' ? `${sum}\n` : `${line} ${sum}\n`;
  return text;
}
