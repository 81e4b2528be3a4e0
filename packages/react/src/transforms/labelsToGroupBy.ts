import type { LabelColumn } from '@hyperflame/calltree';
import type { Facet } from '@hyperflame/sdk';
import type { Messages } from '../messages/messages.ts';

/** `label.9` before `label.10`. */
const byNumber = new Intl.Collator('en', { numeric: true });

/** Profiles of many services have dozens of labels. */
const MOST_LABELS = 12;

/**
 * Of labels, those to choose from: first those that people have a word for, such as threads, then the
 * others.
 */
export function labelsToChoose(
  keys: readonly string[],
  { labelNames }: Pick<Messages, 'labelNames'>,
): readonly string[] {
  const hasWord = (key: string) => Object.hasOwn(labelNames, key);
  return [
    ...keys.filter(hasWord),
    ...keys.filter((key) => !hasWord(key)).sort(byNumber.compare),
  ].slice(0, MOST_LABELS);
}

/** Labels that stacks can be told apart by. One that is the same on all stacks groups nothing. */
export function labelsOfStacks(labels: readonly LabelColumn[]): readonly string[] {
  return labels.filter(({ value }) => value.some((one) => one !== value[0])).map(({ key }) => key);
}

const SERVICE = 'service.name';
const WORKLOAD = 'k8s.workload.name';
const WORKLOAD_KEYS = ['deployment', 'statefulset', 'daemonset', 'cronjob', 'job'].map(
  (kind) => `k8s.${kind}.name`,
);

/** The same of samples of which the attributes are known. */
export function labelsOfFacets(facets: readonly Facet[]): readonly string[] {
  // Every row has a profile type.
  const rows = facets.reduce(
    (most, { on, rows: own }) => (on === 'column' ? Math.max(most, own) : most),
    0,
  );
  const differs = (of: Pick<Facet, 'valueCount' | 'rows'>) => of.valueCount > 1 || of.rows < rows;
  const attributes = facets.filter((facet) => facet.on !== 'column');
  const services = facets.find(({ on, key }) => on === 'column' && key === 'ServiceName');
  const workloads = attributes.filter(({ key }) => WORKLOAD_KEYS.includes(key));
  return [
    ...(services && differs(services) ? [SERVICE] : []),
    ...(workloads.length > 1 || workloads.some(differs) ? [WORKLOAD] : []),
    ...new Set(
      attributes.filter((one) => differs(one) && one.key !== SERVICE).map(({ key }) => key),
    ),
  ];
}
