import {
  makeSamples,
  makeSpans,
  START_MS,
  traceIdOf,
  TRACES,
} from '../../packages/sdk/src/testing/corpus.ts';
import type { LandedSample, LandedSpan } from '../../packages/sdk/src/testing/corpus.ts';

/** What lands in every database that is compared. */
export interface Corpus {
  readonly samples: readonly LandedSample[];
  readonly spans: readonly LandedSpan[];
  /** The days that the samples are of: [from, to), whole days. */
  readonly from: Date;
  readonly to: Date;
}

const HOUR_MS = 3_600_000;
const HOURS = [0, 5, 23, 24, 30, 47, 48, 60];

const TRACE_IDS = Array.from({ length: TRACES }, (_, trace) => traceIdOf(trace));
const TRACES_APART_MS = 600_000;

/** Some are taken while span 3 of trace 1 ran: a question about its process must find something. */
const IN_A_SPAN_MS = START_MS + 598_000;

/** The SDK's corpus of an hour, laid into eight hours of three days; what is linked, into its trace. */
export function corpus(rows: number): Corpus {
  const samples = makeSamples(rows).map((sample, i) => {
    const own = Date.parse(`${sample.Timestamp.slice(0, 19).replace(' ', 'T')}Z`);
    const trace = TRACE_IDS.indexOf(sample.TraceId);
    const shiftMs =
      trace >= 0
        ? START_MS + trace * TRACES_APART_MS - own
        : i % 20 === 7
          ? IN_A_SPAN_MS - own
          : HOURS[i % HOURS.length] * HOUR_MS;
    const shiftNano = BigInt(shiftMs) * 1_000_000n;
    return {
      ...sample,
      Timestamp: shifted(sample.Timestamp, shiftMs),
      TimestampsUnixNano: sample.TimestampsUnixNano.map((time) => `${BigInt(time) + shiftNano}`),
    };
  });
  return {
    samples,
    spans: makeSpans(),
    from: new Date(START_MS),
    to: new Date(START_MS + 72 * HOUR_MS),
  };
}

/** Two that are the whole together; the spans are in the second. */
export function halves(whole: Corpus): [Corpus, Corpus] {
  const middle = Math.floor(whole.samples.length / 2);
  return [
    { ...whole, samples: whole.samples.slice(0, middle), spans: [] },
    { ...whole, samples: whole.samples.slice(middle) },
  ];
}

/** `2026-09-01 00:00:07.000000000` some whole seconds later. */
function shifted(time: string, byMs: number): string {
  const later = new Date(Date.parse(`${time.slice(0, 19).replace(' ', 'T')}Z`) + byMs);
  return `${later.toISOString().slice(0, 19).replace('T', ' ')}${time.slice(19)}`;
}
