import type { LabelColumn } from '@hyperflame/calltree';
import type { Messages } from '../messages/messages.ts';

/** Profiles of many services have dozens of labels. */
const MOST_LABELS = 8;

/**
 * The labels that stacks can be told apart by: first those that people have a word for, such as
 * threads, then the others. One that is the same on all stacks groups nothing.
 */
export function labelsToGroupBy(
  labels: readonly LabelColumn[],
  { labelNames }: Pick<Messages, 'labelNames'>,
): readonly string[] {
  const keys = labels
    .filter(({ value }) => value.some((one) => one !== value[0]))
    .map(({ key }) => key);
  const hasWord = (key: string) => Object.hasOwn(labelNames, key);
  return [
    ...keys.filter(hasWord),
    // By code unit, as the profiler writes them.
    ...keys.filter((key) => !hasWord(key)).sort(),
  ].slice(0, MOST_LABELS);
}
