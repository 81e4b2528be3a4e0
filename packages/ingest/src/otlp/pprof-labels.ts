import type { Label } from '../gen/perftools/profiles/profile_pb.ts';
import type { DictionaryBuilder } from './dictionary.ts';
import { text } from './pprof-text.ts';

/** A sample's labels by key. Where a key is repeated, its last value. */
export type PprofLabels = Readonly<Record<string, string | bigint | undefined>>;

export interface PprofLabel {
  readonly key: string;
  readonly value: string | bigint;
  readonly unit: string;
}

export function readLabels(
  labels: readonly Label[],
  strings: readonly string[],
  path: string,
): PprofLabel[] {
  return labels.map((label, index) => {
    const at = `${path}.label[${index}]`;
    return {
      key: text(strings, label.key, `${at}.key`),
      value: label.str === 0n ? label.num : text(strings, label.str, `${at}.str`),
      unit: text(strings, label.numUnit, `${at}.num_unit`),
    };
  });
}

export function labelRecord(labels: readonly PprofLabel[]): PprofLabels {
  // No prototype: a label may be called "constructor" or "__proto__".
  const record = Object.create(null) as Record<string, string | bigint>;
  for (const { key, value } of labels) record[key] = value;
  return record;
}

/** OTLP attribute keys are unique in a sample, so a label given several times becomes an array. */
export function attributeIndicesOfLabels(
  labels: readonly PprofLabel[],
  dictionary: DictionaryBuilder,
): number[] {
  const byKey = new Map<string, { unit: string; values: (string | bigint)[] }>();
  for (const { key, value, unit } of labels) {
    const entry = byKey.get(key);
    if (entry === undefined) byKey.set(key, { unit, values: [value] });
    else entry.values.push(value);
  }
  return [...byKey].map(([key, { unit, values }]) =>
    dictionary.attributeIndex(key, values.length === 1 ? values[0] : values, unit),
  );
}
