import type { LabelColumn } from '@hyperflame/calltree';
import type { Messages } from '../messages/messages.ts';

/** `label.9` before `label.10`. */
const byNumber = new Intl.Collator('en', { numeric: true });

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
    ...keys.filter((key) => !hasWord(key)).sort(byNumber.compare),
  ].slice(0, MOST_LABELS);
}
