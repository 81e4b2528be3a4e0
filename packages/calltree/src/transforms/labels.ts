import { appendFrames } from '../frames/append.ts';
import { concatStackTables } from '../build/concat-stack-tables.ts';
import { StackTableBuilder } from '../build/stack-table-builder.ts';
import { OTHER_KIND, OTHER_LABEL } from '../frames/label.ts';
import type { LabelColumn, LabelledWeight, StackTable } from '../model/stacks.ts';
import { rewriteStacks } from './rewrite-stacks.ts';

/** The column of a label; where no stack has it, one that says so. */
function labelColumn({ labels, weight }: StackTable, key: string): LabelColumn {
  const known = labels?.find((column) => column.key === key);
  return known ?? { key, values: [''], value: new Uint32Array(weight.length) };
}

/** The table with the labels of another one as well, which none of its stacks has: both group alike. */
export function withLabelsOf(stacks: StackTable, { labels = [] }: StackTable): StackTable {
  const keys = new Set([...(stacks.labels ?? []), ...labels].map(({ key }) => key));
  return { ...stacks, labels: Array.from(keys, (key) => labelColumn(stacks, key)) };
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
    ({ labels }) => ((Object.hasOwn(labels, key) ? labels[key] : '') === text) === isWanted,
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
  const { otherByLabels = [], unit } = stacks;
  if (otherByLabels.length === 0) return stacks;
  const builder = new StackTableBuilder({ unit });
  for (const { weight, count, labels } of otherByLabels) {
    builder.add([OTHER_LABEL], weight, count, labels);
  }
  const others = builder.build();
  others.frames.kind.fill(OTHER_KIND);
  return {
    ...stacks,
    ...concatStackTables([stacks, others]),
    otherWeight: stacks.otherWeight - sumOf(otherByLabels, 'weight'),
    otherCount: stacks.otherCount - sumOf(otherByLabels, 'count'),
    otherByLabels: undefined,
  };
}
