// What a profiler sent, counted from the bytes it sent: the first of the three counts that
// `npm run check:truth` compares. Written apart from @hyperflame/ingest on purpose, with another
// protobuf library and the field numbers taken from the specification, so that a mistake in ours
// cannot hide in both.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { Counts, functionName } from './counts.mjs';

// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/profiles/v1development/profiles.proto
const PROTO = `syntax = "proto3";
message ProfilesData { repeated ResourceProfiles resources = 1; Dictionary dictionary = 2; }
message ResourceProfiles { repeated ScopeProfiles scopes = 2; }
message ScopeProfiles { repeated Profile profiles = 2; }
message Profile { ValueType sampleType = 1; repeated Sample samples = 2; ValueType periodType = 5; int64 period = 6; }
message ValueType { int32 type = 1; int32 unit = 2; }
message Sample { int32 stack = 1; int32 link = 3; repeated int64 values = 4; repeated fixed64 times = 5; }
message Dictionary {
  repeated Mapping mappings = 1; repeated Location locations = 2; repeated Function functions = 3;
  repeated Link links = 4; repeated string strings = 5; repeated Stack stacks = 7;
}
message Mapping { int32 file = 4; }
message Location { int32 mapping = 1; uint64 address = 2; repeated Line lines = 3; }
message Line { int32 function = 1; }
message Function { int32 name = 1; int32 file = 3; }
message Link { bytes trace = 1; bytes span = 2; }
message Stack { repeated int32 locations = 1; }
message TracesData { repeated ResourceSpans resources = 1; }
message ResourceSpans { repeated ScopeSpans scopes = 2; }
message ScopeSpans { repeated Span spans = 2; }
message Span { bytes trace = 1; bytes span = 2; }`;

const { root } = protobuf.parse(PROTO, { keepCase: true });
const ProfilesData = root.lookupType('ProfilesData');
const TracesData = root.lookupType('TracesData');

/**
 * @param {string} folder where the payloads were saved
 * @returns {{ counts: Counts, spans: { traceId: string, spanId: string }[] }} spans are all that
 * were sent, also those without samples
 */
export function countPayloads(folder) {
  const counts = new Counts();
  /** @type {Map<string, { traceId: string, spanId: string }>} */
  const spans = new Map();
  for (const file of readdirSync(folder).sort()) {
    const bytes = readFileSync(join(folder, file));
    if (file.endsWith('-profiles.binpb')) countProfiles(counts, decode(ProfilesData, bytes));
    if (file.endsWith('-traces.binpb')) {
      for (const { trace, span } of spansOf(decode(TracesData, bytes))) {
        spans.set(hex(span), { traceId: hex(trace), spanId: hex(span) });
      }
    }
  }
  return { counts, spans: [...spans.values()] };
}

/**
 * @param {protobuf.Type} type
 * @param {Uint8Array} bytes
 * @returns {any} plain objects of the shape above; 64-bit integers as bigint
 */
function decode(type, bytes) {
  return type.toObject(type.decode(bytes), { defaults: true, arrays: true, longs: BigInt });
}

/**
 * @param {Counts} counts
 * @param {any} data
 */
function countProfiles(counts, { resources, dictionary }) {
  /** @type {string[]} */
  const strings = dictionary.strings;
  const typeName = (/** @type {any} */ type) =>
    type ? `${strings[type.type]}:${strings[type.unit]}` : ':';
  for (const profile of profilesOf(resources)) {
    const { sampleType, periodType, period } = profile;
    const unit = strings[sampleType.unit];
    const periodUnit = periodType ? strings[periodType.unit] : '';
    for (const { stack, link, values, times } of profile.samples) {
      const weight = values.length === 0 ? BigInt(times.length) : sum(values);
      // A count of ticks that are a time apart is that much time.
      const isTicks = unit === 'count' && periodUnit === 'nanoseconds' && period > 0n;
      counts.addStack({
        profileType: `${typeName(sampleType)}:${typeName(periodType)}`,
        traceId: link === 0 ? '' : hex(dictionary.links[link].trace),
        spanId: link === 0 ? '' : hex(dictionary.links[link].span),
        functions: functionsOf(dictionary, stack),
        value: isTicks ? weight * period : weight,
        count:
          times.length > 0 ? BigInt(times.length) : samplesBehind(weight, unit, periodUnit, period),
      });
    }
  }
}

/**
 * How many samples a summed value without times stands for.
 *
 * @param {bigint} weight
 * @param {string} unit
 * @param {string} periodUnit
 * @param {bigint} period
 */
function samplesBehind(weight, unit, periodUnit, period) {
  if (unit === 'count') return weight;
  if (unit !== periodUnit || period <= 0n) return 1n;
  const rounded = (weight + period / 2n) / period;
  return rounded > 1n ? rounded : 1n;
}

/**
 * @param {any} dictionary
 * @param {number} stack
 * @returns {string[]} leaf first; of a location's lines the innermost comes first
 */
function functionsOf({ stacks, locations, functions, mappings, strings }, stack) {
  return stacks[stack].locations.flatMap((/** @type {number} */ at) => {
    const { mapping, address, lines } = locations[at];
    const place = { mapping: strings[mappings[mapping].file], address };
    if (lines.length === 0) return [functionName({ name: '', file: '', ...place })];
    return lines.map((/** @type {any} */ line) => {
      const { name, file } = functions[line.function];
      return functionName({ name: strings[name], file: strings[file], ...place });
    });
  });
}

/** @param {any[]} resources */
function profilesOf(resources) {
  return resources.flatMap(({ scopes }) => scopes).flatMap(({ profiles }) => profiles);
}

/** @param {any} data */
function spansOf({ resources }) {
  return resources
    .flatMap((/** @type {any} */ resource) => resource.scopes)
    .flatMap((/** @type {any} */ scope) => scope.spans);
}

/** @param {bigint[]} values */
function sum(values) {
  return values.reduce((a, b) => a + b, 0n);
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Buffer.from(bytes).toString('hex');
}
