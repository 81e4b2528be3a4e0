import { frameLabel, OTHER_LABEL } from '../frames/label.ts';
import { CallTreeError } from '../model/errors.ts';
import type { StackTable, Unit } from '../model/stacks.ts';
import { BoundedStacks, Budget, checkDepth, MOST_FRAMES } from './budget.ts';
import type { NamedStacks } from './named-stacks.ts';

/** Less than `Number` takes: `0x461e0` is an address. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The weights of two profiles, as `difffolded.pl` writes them. */
const TWO_NUMBERS = /[ \t]\d+(\.\d+)?[ \t]+\d+(\.\d+)?$/;

/**
 * Reads folded stacks, one line each: frames from the root to the leaf, then the weight.
 *
 *     # interval: 100
 *     main;handle;hash 30
 *     main;handle 10
 *
 * Empty lines and comments, which begin with `# `, are skipped; the stack `(other)` is what the table
 * leaves out. The weight is taken as the number of samples too when the unit is `count`, else a line is
 * one sample. Throws `invalid-format` for a line that does not end in a number, naming the line, and
 * for lines of two profiles, which `readProfile` reads as two.
 * Source: https://github.com/brendangregg/FlameGraph#2-fold-stacks
 */
export function stackTableFromFolded(text: string, options: { unit?: Unit } = {}): StackTable {
  const tables = stackTablesFromFolded(text, options);
  if (tables.length === 1) return tables[0].stacks;
  throw new CallTreeError(
    'invalid-format',
    'Each line ends in two weights: these are two profiles, as readProfile reads them',
  );
}

/**
 * Reads folded stacks, and where each line ends in two weights, two profiles: `before` and `after`.
 *
 *     main;handle;hash 30 20
 *     main;handle 10 0
 *
 * Source: https://github.com/brendangregg/FlameGraph/blob/master/difffolded.pl
 */
export function stackTablesFromFolded(
  text: string,
  { unit = 'count' }: { unit?: Unit } = {},
): NamedStacks[] {
  const budget = new Budget();
  const tables = (isOfTwo(text) ? ['before', 'after'] : ['']).map((name) => ({
    name,
    stacks: new BoundedStacks(unit, budget, 'file'),
  }));
  for (const { line, place } of linesOf(text)) {
    const weights: number[] = [];
    let frames = line;
    while (weights.length < tables.length) {
      frames = frames.trimEnd();
      const space = Math.max(frames.lastIndexOf(' '), frames.lastIndexOf('\t'));
      const number = frames.slice(space + 1);
      const weight = Number(number);
      if (!NUMBER.test(number) || !Number.isFinite(weight)) {
        throw new CallTreeError('invalid-format', `L${place.slice(1)} does not end in a weight`, {
          field: place,
        });
      }
      weights.unshift(weight);
      frames = frames.slice(0, Math.max(space, 0));
    }
    const parts = frames.split(';', MOST_FRAMES + 1);
    checkDepth(parts.length, place);
    const names = parts.filter((name) => name !== '');
    weights.forEach((weight, table) => {
      // What only the other profile has.
      if (weight === 0 && tables.length > 1) return;
      const { stacks } = tables[table];
      const count = unit === 'count' ? weight : 1;
      if (names.length === 1 && names[0] === OTHER_LABEL) stacks.addOther(weight, count, place);
      else {
        const stack = names.map((name) => stacks.addFrame(name, place));
        stacks.addStack(stack, place, weight, count);
      }
    });
  }
  return tables.map(({ name, stacks }) => ({ name, stacks: stacks.build() }));
}

/** Whether every line, of one at least, ends in two weights. */
function isOfTwo(text: string): boolean {
  let any = false;
  for (const { line } of linesOf(text)) {
    if (!TWO_NUMBERS.test(line)) return false;
    any = true;
  }
  return any;
}

/** The lines that say something. */
export function* linesOf(
  text: string,
): Generator<{ readonly line: string; readonly place: string }> {
  let number = 0;
  // Texts that did not come out of bytes may still have a byte order mark.
  for (let from = text.startsWith('\ufeff') ? 1 : 0; from < text.length;) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline;
    const line = text.slice(from, to).trimEnd();
    from = to + 1;
    number++;
    if (line !== '' && !line.startsWith('# ')) yield { line, place: `line ${number}` };
  }
}

/**
 * Writes folded stacks, in the table's order. Stacks that read the same are added up. Names cannot
 * hold what separates them, so `;` becomes `:` and line breaks become spaces; a line that would be a comment
 * loses its first space, and where the names of all lines end in numbers, the first has a no-break space
 * before its number. All else is lost: files,
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
    const line = parts.join(';').replace(/^# /, '#');
    weights.set(line, (weights.get(line) ?? 0) + weight[stack]);
  }
  if (otherWeight !== 0) {
    weights.set(OTHER_LABEL, (weights.get(OTHER_LABEL) ?? 0) + otherWeight);
  }
  let text = '';
  for (const [line, sum] of weights) text += line === '' ? `${sum}\n` : `${line} ${sum}\n`;
  // Where all names end in numbers, these would be the weights of a first profile. One line tells that they
  // are none: with another kind of space.
  return isOfTwo(text) ? text.replace(/[ \t](?=\S+ \S+\n)/, '\u00a0') : text;
}
