import { StackTableBuilder } from '../build/stack-table-builder.ts';
import type { LabelSet } from '../build/label-sets.ts';
import { CallTreeError, isCallTreeError } from '../model/errors.ts';
import type { FrameIndex } from '../model/frames.ts';
import { frameKind } from '../rows/stack-rows.ts';
import { asArray, asIndex, asObject, asText, malformed, type JsonObject } from './guards.ts';
import { LabelKeys } from './label-keys.ts';
import type { NamedStacks } from './named-stacks.ts';
import { isOtlpBinary, otlpFromBinary } from './otlp-wire.ts';
import type { ReadProfileOptions } from './read-profile.ts';
import { unitOfFile } from './units.ts';

/**
 * Reads payloads of OTLP profiles, in protobuf or as they are in JSON: one table for each kind of
 * profile, however many resources and payloads have sent of it. Weights are what `otel_profiles` in
 * ClickHouse has for them: samples that are counted stand for their period. Attributes become labels,
 * those of a sample before those of its profile and of its resource.
 * Throws `invalid-format`, naming the place.
 */
export function stackTablesFromOtlp(
  payloads: Uint8Array | readonly object[],
  { onProgress }: ReadProfileOptions = {},
): NamedStacks[] {
  const all = payloads instanceof Uint8Array ? [fromBinary(payloads)] : payloads;
  const kinds = new Map<string, Kind>();
  all.forEach((payload, number) => {
    const share = (done: number) => onProgress?.((number + done) / all.length);
    new PayloadReader(asObject(payload, 'payload'), kinds).read(share);
  });
  return Array.from(kinds.values(), ({ name, builder }) => ({ name, stacks: builder.build() }));
}

function fromBinary(bytes: Uint8Array): object {
  try {
    return otlpFromBinary(bytes);
  } catch (cause) {
    if (isCallTreeError(cause)) throw cause;
    throw new CallTreeError('invalid-format', 'The OTLP payload is damaged', { cause });
  }
}

/** Samples whose weights add up. */
interface Kind {
  readonly name: string;
  readonly builder: StackTableBuilder;
  readonly labelKeys: LabelKeys;
  /** What a value is multiplied with. */
  readonly factor: number;
}

/** After so many it is told how far the reading is. */
const SAMPLES_AT_ONCE = 20_000;

class PayloadReader {
  readonly #payload: JsonObject;
  readonly #kinds: Map<string, Kind>;
  readonly #tables: JsonObject;
  readonly #strings: readonly unknown[];

  constructor(payload: JsonObject, kinds: Map<string, Kind>) {
    this.#payload = payload;
    this.#kinds = kinds;
    this.#tables = asObject(payload.dictionary, 'dictionary');
    this.#strings = this.#table('stringTable');
  }

  read(onProgress: (share: number) => void): void {
    const profiles = listOf(this.#payload, 'resourceProfiles', '').flatMap((one, r) => {
      const at = `resourceProfiles[${r}]`;
      const resource = asObject(one, at);
      const labels = this.#keyValues(resource.resource, `${at}.resource`);
      return listOf(resource, 'scopeProfiles', at).flatMap((scope, s) => {
        const inScope = `${at}.scopeProfiles[${s}]`;
        return listOf(scope, 'profiles', inScope).map((profile, p) => ({
          profile: asObject(profile, `${inScope}.profiles[${p}]`),
          labels,
          at: `${inScope}.profiles[${p}]`,
        }));
      });
    });
    profiles.forEach(({ profile, labels, at }, number) => {
      this.#addProfile(profile, labels, at, (share) =>
        onProgress((number + share) / profiles.length),
      );
    });
  }

  #addProfile(
    profile: JsonObject,
    ofResource: Readonly<Record<string, string>>,
    at: string,
    onProgress: (share: number) => void,
  ): void {
    const type = this.#valueType(profile.sampleType, `${at}.sampleType`);
    const periodType = this.#valueType(profile.periodType, `${at}.periodType`);
    const period = whole(profile.period, `${at}.period`);
    const { builder, factor, labelKeys } = this.#kind(type, periodType, period);
    const common = { ...ofResource, ...this.#attributes(profile, at) };

    const stacks = new Map<number, readonly FrameIndex[]>();
    const labels = new Map<string, LabelSet>();
    const samples = listOf(profile, 'samples', at);
    samples.forEach((one, number) => {
      if (number % SAMPLES_AT_ONCE === 0) onProgress(number / samples.length);
      const place = `${at}.samples[${number}]`;
      const sample = asObject(one, place);
      const index = indexOf(sample.stackIndex);
      let stack = stacks.get(index);
      if (!stack) stacks.set(index, (stack = this.#stack(builder, index, `${place}.stackIndex`)));
      const own = String(sample.attributeIndices);
      let set = labels.get(own);
      if (set === undefined) {
        const given = { ...common, ...this.#attributes(sample, place) };
        for (const key of Object.keys(given)) labelKeys.add(key, place);
        set = builder.addLabels(given);
        labels.set(own, set);
      }
      const values = listOf(sample, 'values', place);
      const times = listOf(sample, 'timestampsUnixNano', place).length;
      const value =
        values.length === 0
          ? times
          : values.reduce<number>((sum, one) => sum + whole(one, `${place}.values`), 0);
      const isCounted = type.unit === 'count';
      const isPeriodic = period > 0 && periodType.unit === type.unit;
      const count =
        times || (isCounted ? value : isPeriodic ? Math.max(1, Math.round(value / period)) : 1);
      builder.addStack(stack, value * factor, count, set);
    });
  }

  #kind(type: ValueType, periodType: ValueType, period: number): Kind {
    const standsForTime = type.unit === 'count' && periodType.unit === 'nanoseconds' && period > 0;
    const { unit, factor } = unitOfFile(standsForTime ? periodType.unit : type.unit);
    const times = standsForTime ? period : factor;
    const name = (type.name === 'samples' && standsForTime && periodType.name) || type.name;
    // Weights of one kind add up, also where the periods that they stand for differ.
    const key = JSON.stringify([type, periodType, unit]);
    const known = this.#kinds.get(key);
    const kind = {
      name,
      builder: known?.builder ?? new StackTableBuilder({ unit }),
      labelKeys: known?.labelKeys ?? new LabelKeys(),
      factor: times,
    };
    this.#kinds.set(key, kind);
    return kind;
  }

  /** ROOT FIRST; OTLP has the leaf first, and of inlined functions the innermost first. */
  #stack(builder: StackTableBuilder, index: number, place: string): FrameIndex[] {
    const stack = this.#entry('stackTable', index, place);
    const at = `dictionary.stackTable[${index}]`;
    return listOf(stack, 'locationIndices', at)
      .flatMap((location) => this.#frames(builder, indexOf(location), at))
      .reverse();
  }

  /** The frames of a location, leaf first. */
  #frames(builder: StackTableBuilder, index: number, place: string): FrameIndex[] {
    const location = this.#entry('locationTable', index, place);
    const at = `dictionary.locationTable[${index}]`;
    const binary = this.#entry('mappingTable', indexOf(location.mappingIndex), at);
    const common = {
      mapping: this.#text(binary.filenameStrindex, at),
      kind: frameKind(this.#attributes(location, at)['profile.frame.type'] ?? ''),
    };
    const address = unsigned(location.address, `${at}.address`);
    const lines = listOf(location, 'lines', at);
    if (lines.length === 0) return [builder.addFrame({ ...common, address })];
    return lines.map((one) => {
      const line = asObject(one, `${at}.lines`);
      const { nameStrindex, systemNameStrindex, filenameStrindex } = this.#entry(
        'functionTable',
        indexOf(line.functionIndex),
        at,
      );
      const name = this.#text(nameStrindex, at) || this.#text(systemNameStrindex, at);
      return builder.addFrame({
        ...common,
        ...{ name, file: this.#text(filenameStrindex, at) },
        line: whole(line.line, `${at}.lines.line`),
        address: name === '' ? address : 0n,
      });
    });
  }

  /** Attributes that are entries of a table. */
  #attributes(of: JsonObject, place: string): Record<string, string> {
    return Object.fromEntries(
      listOf(of, 'attributeIndices', place).map((index) => {
        const { keyStrindex, value } = this.#entry('attributeTable', indexOf(index), place);
        return [this.#text(keyStrindex, place), this.#valueText(value, place)];
      }),
    );
  }

  /** Attributes that stand where they belong. */
  #keyValues(of: unknown, place: string): Record<string, string> {
    if (of === undefined) return {};
    return Object.fromEntries(
      listOf(of, 'attributes', place).map((one) => {
        const { key, keyStrindex, value } = asObject(one, `${place}.attributes`);
        const name = asText(key, place) || this.#text(keyStrindex, place);
        return [name, this.#valueText(value, place)];
      }),
    );
  }

  /** Lists and maps are no labels. */
  #valueText(value: unknown, place: string): string {
    if (value === undefined) return '';
    const held = asObject(value, place);
    if ('stringValueStrindex' in held) return this.#text(held.stringValueStrindex, place);
    const plain = held.stringValue ?? held.intValue ?? held.doubleValue ?? held.boolValue ?? '';
    return typeof plain === 'object' ? '' : String(plain as string | number | bigint | boolean);
  }

  #valueType(value: unknown, place: string): ValueType {
    const { typeStrindex, unitStrindex } = asObject(value ?? {}, place);
    return { name: this.#text(typeStrindex, place), unit: this.#text(unitStrindex, place) };
  }

  #text(index: unknown, place: string): string {
    const at = indexOf(index);
    if (at === 0) return '';
    return asText(this.#strings[asIndex(at, this.#strings.length, place)], place);
  }

  /** Entry 0 of a table means that there is none, also where a producer has left it out. */
  #entry(table: string, index: number, place: string): JsonObject {
    const entries = this.#table(table);
    if (index === 0 && entries.length === 0) return {};
    return asObject(entries[asIndex(index, entries.length, place)], `dictionary.${table}`);
  }

  #table(name: string): readonly unknown[] {
    return listOf(this.#tables, name, 'dictionary');
  }
}

export { isOtlpBinary };

interface ValueType {
  readonly name: string;
  readonly unit: string;
}

/** A list in a message; one that is empty may be left out. */
function listOf(of: unknown, name: string, place: string): readonly unknown[] {
  return asArray(asObject(of, place)[name] ?? [], `${place}.${name}`);
}

/** 0 may be left out. */
function indexOf(index: unknown): number {
  return index === undefined ? 0 : Number(index);
}

/** JSON has 64-bit numbers as texts. */
function whole(value: unknown, place: string): number {
  const number = Number(value ?? 0);
  if (!Number.isFinite(number)) throw malformed(place, 'not a number');
  return number;
}

function unsigned(value: unknown, place: string): bigint {
  try {
    return BigInt.asUintN(64, BigInt((value ?? 0) as string));
  } catch {
    throw malformed(place, 'not a whole number');
  }
}
