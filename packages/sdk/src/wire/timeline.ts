import type { HeatmapAnswer, TimelineAnswer } from '../answers.ts';
import type { HeatmapQuestion, TimelineQuestion } from '../questions/questions.ts';
import { heatmapLayout, timelineLayout } from '../questions/time-layout.ts';
import { readHead, type Head } from './head.ts';
import { parseRows, unreadable, type WireNumber } from './rows.ts';

/** `[part, bucket, weight, samples, texts]`. */
type WireRow = readonly [number, WireNumber, WireNumber, number, readonly string[]];

export type ParsedTimeline = Omit<TimelineAnswer, 'stats' | 'expired'>;
export type ParsedHeatmap = Omit<HeatmapAnswer, 'stats' | 'expired'>;

/** Reads the answer to `timelineQuery` of the same question: the head, then the buckets in order. */
export function parseTimeline(text: string, question: TimelineQuestion): ParsedTimeline {
  const { fromMs, bucketMs, buckets } = timelineLayout(question);
  const { weight, count, undatedSamples: _, ...head } = readBuckets(text, buckets);
  return { from: new Date(fromMs), bucketMs, weight, count, ...head };
}

/** Reads the answer to `heatmapQuery` of the same question. */
export function parseHeatmap(text: string, question: HeatmapQuestion): ParsedHeatmap {
  const { fromMs, columns, rows, rowMs } = heatmapLayout(question);
  const { weight, count, undatedSamples, ...head } = readBuckets(text, columns * rows);
  const from = new Date(fromMs);
  return { from, columns, rows, rowMs, weight, count, undatedSamples, ...head };
}

function readBuckets(text: string, buckets: number) {
  const [first, ...rows] = parseRows(text) as WireRow[];
  if (first?.[0] !== 0) throw unreadable('its head is missing');
  const head = readHead(first[2], first[3], first[4]);
  const weight = new Float64Array(buckets);
  const count = new Float64Array(buckets);
  let exact = Number.isSafeInteger(head.total);
  for (const [, bucketText, weightText, samples] of rows) {
    const bucket = Number(bucketText);
    // Samples without a time stand behind the last bucket, where there are any.
    if (bucket >= buckets) continue;
    weight[bucket] = Number(weightText);
    count[bucket] = samples;
    if (!Number.isSafeInteger(weight[bucket])) exact = false;
  }
  return { weight, count, exact, undatedSamples: head.spreadSamples, ...common(head) };
}

function common({ profileType, unit, total, samples, ...head }: Head) {
  const { linkage, estimate, sampling, unplacedSpans, otherUnits } = head;
  const complete = unplacedSpans === 0 && otherUnits.length === 0;
  return {
    ...{ profileType, unit, total, samples, complete },
    ...{ linkage, estimate, sampling, unplacedSpans, otherUnits },
  };
}
