import { appendFrames } from '../frames/append.ts';
import { resized } from '../build/grow.ts';
import { OTHER_LABEL } from '../frames/label.ts';
import type { LabelColumn, LabelledWeight, StackTable } from '../model/stacks.ts';
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

/**
 * A frame for each value of a label under the root, with the stacks that have it, and what is left
 * out of them. Of a label that the table does not know, nothing is to be told.
 */
export function groupByLabel(stacks: StackTable, key: string): StackTable {
  if (!stacks.labels?.some((column) => column.key === key)) return stacks;
  const all = withOtherStacks(stacks);
  const { values, value } = labelColumn(all, key);
  const first = all.frames.length;
  // "thread: main" rather than "main", which would be taken for the function of that name.
  const names = values.map((text) => ({ name: text === '' ? `(no ${key})` : `${key}: ${text}` }));
  return rewriteStacks(
    all,
    (input, from, to, out, stack) => {
      out.push(first + value[stack]);
      for (let i = from; i < to; i++) out.push(input[i]);
      return true;
    },
    appendFrames(all.frames, names),
  );
}

/** What a table leaves out of stacks whose labels are known, as a stack for each set of labels. */
function withOtherStacks(stacks: StackTable): StackTable {
  const { otherByLabels = [], labels = [], weight, frameIndex } = stacks;
  if (otherByLabels.length === 0) return stacks;
  const length = weight.length + otherByLabels.length;
  const other = stacks.frames.length;
  const stackOffset = resized(stacks.stackOffset, length + 1);
  const withMore = <Column extends Float64Array | Uint32Array>(
    column: Column,
    of: (part: LabelledWeight) => number,
  ): Column => {
    const longer = resized(column, column.length + otherByLabels.length);
    otherByLabels.forEach((part, i) => (longer[column.length + i] = of(part)));
    return longer;
  };
  for (let i = 0; i < otherByLabels.length; i++) {
    stackOffset[weight.length + 1 + i] = frameIndex.length + 1 + i;
  }
  const sum = (of: (part: LabelledWeight) => number): number =>
    otherByLabels.reduce((all, part) => all + of(part), 0);
  return {
    ...stacks,
    frames: appendFrames(stacks.frames, [{ name: OTHER_LABEL }]),
    stackOffset,
    frameIndex: withMore(frameIndex, () => other),
    weight: withMore(weight, (part) => part.weight),
    count: withMore(stacks.count, (part) => part.count),
    otherWeight: stacks.otherWeight - sum((part) => part.weight),
    otherCount: stacks.otherCount - sum((part) => part.count),
    otherByLabels: undefined,
    labels: labels.map((column) => ({
      ...column,
      value: withMore(column.value, (part) =>
        Math.max(0, column.values.indexOf(part.labels[column.key])),
      ),
    })),
  };
}
