import { gunzipSync } from 'node:zlib';

import { create } from '@bufbuild/protobuf';

import { InstrumentationScopeSchema } from '../gen/opentelemetry/proto/common/v1/common_pb.ts';
import {
  ProfileSchema,
  ProfilesDataSchema,
  ResourceProfilesSchema,
  ScopeProfilesSchema,
  type Profile,
  type ProfilesData,
} from '../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';
import { ResourceSchema } from '../gen/opentelemetry/proto/resource/v1/resource_pb.ts';
import type { Profile as Pprof } from '../gen/perftools/profiles/profile_pb.ts';
import { keyValues, type Attributes } from './attributes.ts';
import { decodePprof } from './codec.ts';
import { DictionaryBuilder, type SpanLink } from './dictionary.ts';
import { PprofFrames, type PprofFrame } from './pprof-frames.ts';
import {
  attributeIndicesOfLabels,
  labelRecord,
  readLabels,
  type PprofLabels,
} from './pprof-labels.ts';
import { malformed, text } from './pprof-text.ts';
import { SampleSet } from './sample-set.ts';

/** A profile as `pprof-format` or `@datadog/pprof` hold it, or pprof bytes, gzipped or not. */
export type PprofSource = Uint8Array | { encode(): Uint8Array };

export interface PprofToOtlpOptions {
  /** What was profiled, e.g. `{ 'service.name': 'shop', 'process.pid': process.pid }`. */
  readonly resource?: Attributes;
  /** The profiler's name. */
  readonly scopeName?: string;
  readonly scopeVersion?: string;
  /** Start of the collection window; by default pprof's `time_nanos`. */
  readonly timeUnixNano?: bigint;
  /** Length of the collection window; by default pprof's `duration_nanos`. */
  readonly durationNano?: bigint;
  /** A sample's attributes; by default every label under its own key, with its unit. */
  readonly attributes?: (labels: PprofLabels) => Attributes;
  /** The span that a sample belongs to. */
  readonly link?: (labels: PprofLabels) => SpanLink | undefined;
  /**
   * When a sample was taken, for profilers that put a time into a label. Such samples come out in
   * a profile of their own, each value beside its time, because samples of one OTLP profile must
   * not mix those with times and those without.
   */
  readonly timestamp?: (labels: PprofLabels) => bigint | undefined;
  /** `profile.frame.type`, e.g. `v8js` or `go`, the same for all frames or chosen for each. */
  readonly frameType?: string | ((frame: PprofFrame) => string | undefined);
  /** Which of pprof's sample types to keep; by default all. */
  readonly sampleTypes?: (sampleType: { readonly type: string; readonly unit: string }) => boolean;
}

/**
 * pprof → OTLP: one OTLP profile for each pprof sample type, over one shared dictionary.
 *
 * pprof counts several things at once; OTLP has one sample type a profile. With the sample types
 * (samples/count, cpu/nanoseconds) and two samples of one stack and the same labels
 *
 *     [main; work]  [2, 20 000 000]
 *     [main; work]  [1, 10 000 000]
 *
 * the answer has two profiles with one sample each: `[3]` and `[30 000 000]`. A value of zero says
 * nothing, so it makes no sample.
 *
 * @throws MalformedDataError when bytes are not pprof, or it refers to what it does not define
 */
export function pprofToOtlp(source: PprofSource, options: PprofToOtlpOptions = {}): ProfilesData {
  const pprof = decodePprof(pprofBytes(source));
  const strings = pprof.stringTable;
  const dictionary = new DictionaryBuilder();
  const frames = new PprofFrames(pprof, dictionary, options.frameType);

  const sampleTypes = pprof.sampleType.map((type, index) => ({
    type: text(strings, type.type, `sample_type[${index}].type`),
    unit: text(strings, type.unit, `sample_type[${index}].unit`),
  }));
  const kept = sampleTypes.map((type) => options.sampleTypes?.(type) ?? true);
  const summed = sampleTypes.map(() => new SampleSet());
  const timed = sampleTypes.map(() => new SampleSet());

  pprof.sample.forEach((sample, index) => {
    const path = `sample[${index}]`;
    if (sample.value.length !== sampleTypes.length) {
      throw malformed(
        path,
        `it has ${sample.value.length} values, but the profile has ${sampleTypes.length} sample types`,
      );
    }
    const labels = readLabels(sample.label, strings, path);
    const record = labelRecord(labels);
    const identity = {
      stackIndex: dictionary.stackIndex(frames.locationIndices(sample.locationId, path)),
      attributeIndices:
        options.attributes === undefined
          ? attributeIndicesOfLabels(labels, dictionary)
          : dictionary.attributeIndices(options.attributes(record)),
      linkIndex: dictionary.linkIndex(options.link?.(record)),
    };
    const timestamp = options.timestamp?.(record);
    sample.value.forEach((value, type) => {
      if (!kept[type] || value === 0n) return;
      if (timestamp === undefined) summed[type].add(identity, value);
      else timed[type].addAt(identity, value, timestamp);
    });
  });

  const window = {
    timeUnixNano: options.timeUnixNano ?? pprof.timeNanos,
    durationNano: options.durationNano ?? pprof.durationNanos,
    attributeIndices: dictionary.attributeIndices(profileAttributes(pprof)),
    periodType:
      pprof.periodType === undefined
        ? undefined
        : dictionary.valueType(
            text(strings, pprof.periodType.type, 'period_type.type'),
            text(strings, pprof.periodType.unit, 'period_type.unit'),
          ),
    period: pprof.period,
  };
  const profiles: Profile[] = [];
  sampleTypes.forEach(({ type, unit }, index) => {
    if (!kept[index]) return;
    const sets = [summed[index], timed[index]].filter((set) => set.size > 0);
    for (const set of sets) {
      const sampleType = dictionary.valueType(type, unit);
      profiles.push(create(ProfileSchema, { ...window, sampleType, samples: set.samples() }));
    }
  });

  return create(ProfilesDataSchema, {
    resourceProfiles: [
      create(ResourceProfilesSchema, {
        resource: create(ResourceSchema, { attributes: keyValues(options.resource ?? {}) }),
        scopeProfiles: [
          create(ScopeProfilesSchema, {
            scope: create(InstrumentationScopeSchema, {
              name: options.scopeName ?? '',
              version: options.scopeVersion ?? '',
            }),
            profiles,
          }),
        ],
      }),
    ],
    dictionary: dictionary.build(),
  });
}

function pprofBytes(source: PprofSource): Uint8Array {
  if (!(source instanceof Uint8Array)) return source.encode();
  const gzipped = source[0] === 0x1f && source[1] === 0x8b;
  if (!gzipped) return source;
  try {
    return gunzipSync(source);
  } catch (error) {
    throw malformed('', `the gzip data cannot be read: ${(error as Error).message}`);
  }
}

/** What pprof says about the profile as a whole, under the names of OpenTelemetry's registry. */
function profileAttributes(pprof: Pprof): Attributes {
  const strings = pprof.stringTable;
  const optional = (index: bigint, path: string) => text(strings, index, path) || undefined;
  return {
    'pprof.profile.comment':
      pprof.comment.length === 0
        ? undefined
        : pprof.comment.map((index, at) => text(strings, index, `comment[${at}]`)),
    'pprof.profile.doc_url': optional(pprof.docUrl, 'doc_url'),
    'pprof.profile.drop_frames': optional(pprof.dropFrames, 'drop_frames'),
    'pprof.profile.keep_frames': optional(pprof.keepFrames, 'keep_frames'),
  };
}
