import { appendFrames } from '../frames/append.ts';
import { resized } from '../build/grow.ts';
import { OTHER_LABEL } from '../frames/label.ts';
import type { LabelColumn, LabelledWeight, StackTable } from '../model/stacks.ts';
import { rewriteStacks } from './rewrite-stacks.ts';

/** The column of a label; where no stack has it, one that says so. */
function labelColumn({ labels, weight }: StackTable, key: string): LabelColumn {
  const known = labels?.find((column) => column.key === key);
  return known ?? { key, values: [''], value: new Uint32Array(weight.length) };
}

/**
 * Stacks whose label has this value, or all but those; the empty value means those without the
 * label. What is left out of them stays with them as far as it is known. The rest may have any
 * labels: it is not among what has this value, but may be among what has not.
 */
export function selectLabel(
  stacks: StackTable,
  key: string,
  text: string,
  isWanted: boolean,
): StackTable {
  const { values, value } = labelColumn(stacks, key);
  const position = values.indexOf(text);
  const kept = stacks.otherByLabels?.filter(
    ({ labels }) => ((labels[key] ?? '') === text) === isWanted,
  );
  const other = (figure: 'weight' | 'count', all: number) =>
    sumOf(kept, figure) + (isWanted ? 0 : all - sumOf(stacks.otherByLabels, figure));
  return {
    ...rewriteStacks(stacks, (input, from, to, out, stack) => {
      for (let i = from; i < to; i++) out.push(input[i]);
      return (value[stack] === position) === isWanted;
    }),
    otherWeight: other('weight', stacks.otherWeight),
    otherCount: other('count', stacks.otherCount),
    otherByLabels: kept,
  };
}

function sumOf(parts: readonly LabelledWeight[] = [], figure: 'weight' | 'count'): number {
  return parts.reduce((sum, part) => sum + part[figure], 0);
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
  return {
    ...stacks,
    frames: appendFrames(stacks.frames, [{ name: OTHER_LABEL }]),
    stackOffset,
    frameIndex: withMore(frameIndex, () => other),
    weight: withMore(weight, (part) => part.weight),
    count: withMore(stacks.count, (part) => part.count),
    otherWeight: stacks.otherWeight - sumOf(otherByLabels, 'weight'),
    otherCount: stacks.otherCount - sumOf(otherByLabels, 'count'),
    otherByLabels: undefined,
    labels: labels.map((column) => ({
      ...column,
      value: withMore(column.value, (part) =>
        Math.max(0, column.values.indexOf(part.labels[column.key])),
      ),
    })),
  };
}
