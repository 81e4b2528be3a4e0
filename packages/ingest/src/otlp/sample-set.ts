import { create } from '@bufbuild/protobuf';

import {
  SampleSchema,
  type Sample,
} from '../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';

/** What makes two samples the same in OTLP: everything but their values and times. */
export interface SampleIdentity {
  readonly stackIndex: number;
  readonly attributeIndices: readonly number[];
  readonly linkIndex: number;
}

/** Samples of one profile, one for each identity. Use either `add` or `addAt` on one set. */
export class SampleSet {
  readonly #samples = new Map<string, Sample>();

  get size(): number {
    return this.#samples.size;
  }

  /** Sums into one value: `values [a + b]`, no timestamps. */
  add(identity: SampleIdentity, value: bigint): void {
    const sample = this.#sample(identity);
    sample.values[0] = (sample.values[0] ?? 0n) + value;
  }

  /** Keeps each value beside its time: `values [a, b]`, `timestamps [t, u]`. */
  addAt(identity: SampleIdentity, value: bigint, timestampUnixNano: bigint): void {
    const sample = this.#sample(identity);
    sample.values.push(value);
    sample.timestampsUnixNano.push(timestampUnixNano);
  }

  samples(): Sample[] {
    return [...this.#samples.values()];
  }

  #sample(identity: SampleIdentity): Sample {
    const { stackIndex, linkIndex } = identity;
    const attributeIndices = [...identity.attributeIndices].sort((a, b) => a - b);
    const key = `${stackIndex};${linkIndex};${attributeIndices.join()}`;
    let sample = this.#samples.get(key);
    if (sample === undefined) {
      sample = create(SampleSchema, { stackIndex, linkIndex, attributeIndices });
      this.#samples.set(key, sample);
    }
    return sample;
  }
}
