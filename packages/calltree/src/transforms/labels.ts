import { appendFrames } from '../frames/append.ts';
import type { LabelColumn, StackTable } from '../model/stacks.ts';
import { rewriteStacks, type StackRewrite } from './rewrite-stacks.ts';

/** The column of a label; where no stack has it, one that says so. */
function labelColumn({ labels, weight }: StackTable, key: string): LabelColumn {
  const known = labels?.find((column) => column.key === key);
  return known ?? { key, values: [''], value: new Uint32Array(weight.length) };
}

/** Stacks whose label has this value; the empty one means those without the label. */
export function withLabel(stacks: StackTable, key: string, wanted: string): StackRewrite {
  const test = labelTest(stacks, key, wanted);
  return (input, from, to, out, stack) => {
    for (let i = from; i < to; i++) out.push(input[i]);
    return test(stack);
  };
}

/** All other stacks. */
export function withoutLabel(stacks: StackTable, key: string, unwanted: string): StackRewrite {
  const test = labelTest(stacks, key, unwanted);
  return (input, from, to, out, stack) => {
    for (let i = from; i < to; i++) out.push(input[i]);
    return !test(stack);
  };
}

function labelTest(stacks: StackTable, key: string, text: string): (stack: number) => boolean {
  const { values, value } = labelColumn(stacks, key);
  const wanted = values.indexOf(text);
  return (stack) => value[stack] === wanted;
}

/** A frame for each value of a label under the root, with the stacks that have it. */
export function groupByLabel(stacks: StackTable, key: string): StackTable {
  const { values, value } = labelColumn(stacks, key);
  const first = stacks.frames.length;
  // "thread: main" rather than "main", which would be taken for the function of that name.
  const names = values.map((text) => ({ name: text === '' ? `(no ${key})` : `${key}: ${text}` }));
  return rewriteStacks(
    stacks,
    (input, from, to, out, stack) => {
      out.push(first + value[stack]);
      for (let i = from; i < to; i++) out.push(input[i]);
      return true;
    },
    appendFrames(stacks.frames, names),
  );
}
