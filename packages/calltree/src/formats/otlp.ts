import type { LabelSet } from '../build/label-sets.ts';
import type { FrameIndex } from '../model/frames.ts';
import { frameKind } from '../rows/stack-rows.ts';
import { BoundedStacks, Budget, checkDepth } from './budget.ts';
import {
  asArray,
  asIndex,
  asObject,
  asText,
  malformed,
  toNumber,
  type JsonObject,
} from './guards.ts';
import type { NamedStacks } from './named-stacks.ts';
import type { ReadProfileOptions } from './read-profile.ts';
import { baseUnit } from '../model/base-unit.ts';

/**
 * Reads payloads of OTLP profiles as they are in JSON: one table for each kind of
 * profile, however many resources and payloads have sent of it. Weights are what `otel_profiles` in
 * ClickHouse has for them: samples that are counted stand for their period. Attributes become labels,
 * those of a sample before those of its profile and of its resource.
 * Throws `invalid-format`, naming the place.
 */
export function stackTablesFromOtlp(
  payloads: readonly object[],
  { onProgress }: ReadProfileOptions = {},
): NamedStacks[] {
  const kinds = new Map<string, Kind>();
  const budget = new Budget();
  payloads.forEach((payload, number) => {
    const share = (done: number) => onProgress?.((number + done) / payloads.length);
    new PayloadReader(asObject(payload, 'payload'), kinds, budget).read(share);
  });
  return Array.from(kinds.values(), ({ name, stacks }) => ({ name, stacks: stacks.build() }));
}

/** Samples whose weights add up. */
interface Kind {
  readonly name: string;
  readonly stacks: BoundedStacks;
  /** What a value is multiplied with. */
  readonly factor: number;
}

/** After so many it is told how far the reading is. */
const SAMPLES_AT_ONCE = 20_000;

class PayloadReader {
  readonly #payload: JsonObject;
  readonly #kinds: Map<string, Kind>;
  readonly #budget: Budget;
  /** Of each kind, the frames of the locations that it has, ROOT FIRST. */
  readonly #frames = new Map<BoundedStacks, Map<number, readonly FrameIndex[]>>();
  readonly #tables: JsonObject;
  readonly #strings: readonly unknown[];

  constructor(payload: JsonObject, kinds: Map<string, Kind>, budget: Budget) {
    this.#payload = payload;
    this.#kinds = kinds;
    this.#budget = budget;
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
    // One type for each value of a sample, as pprof has.
    if (Array.isArray(profile.sampleType)) {
      throw malformed(at, 'this is OTLP v1.7 or older; v1.8 or newer is needed');
    }
    const type = this.#valueType(profile.sampleType, `${at}.sampleType`);
    const periodType = this.#valueType(profile.periodType, `${at}.periodType`);
    const period = whole(profile.period, `${at}.period`);
    const { stacks, factor } = this.#kind(type, periodType, period, at);
    // In v1.8 of OTLP, lists of samples and of lines were called by what is in them.
    const samples = listOf(profile, 'samples' in profile ? 'samples' : 'sample', at);
    if (samples.length === 0) return;
    const common = { ...ofResource, ...this.#attributes(profile, at) };
    const labels = new Map<string, LabelSet>();
    samples.forEach((one, number) => {
      if (number % SAMPLES_AT_ONCE === 0) onProgress(number / samples.length);
      const place = `${at}.samples[${number}]`;
      const sample = asObject(one, place);
      const stack = this.#stack(stacks, indexOf(sample.stackIndex), `${place}.stackIndex`);
      const own = JSON.stringify(sample.attributeIndices ?? []);
      let set = labels.get(own);
      if (set === undefined) {
        const given = { ...common, ...this.#attributes(sample, place) };
        for (const key of Object.keys(given)) stacks.labelKeys.add(key, place);
        set = stacks.addLabels(given, place);
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
      stacks.addStack(stack, place, value * factor, count, set);
    });
  }

  #kind(type: ValueType, periodType: ValueType, period: number, place: string): Kind {
    const standsForTime = type.unit === 'count' && periodType.unit === 'nanoseconds' && period > 0;
    const { unit, factor } = baseUnit(standsForTime ? periodType.unit : type.unit);
    const times = standsForTime ? period : factor;
    const name = (type.name === 'samples' && standsForTime && periodType.name) || type.name;
    // Weights of one kind add up, also where the periods that they stand for differ.
    const key = JSON.stringify([type, periodType, unit]);
    this.#budget.go(key.length, place);
    const known = this.#kinds.get(key);
    const kind = {
      name,
      stacks: known?.stacks ?? new BoundedStacks(unit, this.#budget, place),
      factor: times,
    };
    this.#kinds.set(key, kind);
    return kind;
  }

  /** ROOT FIRST; OTLP has the leaf first, and of inlined functions the innermost first. */
  #stack(stacks: BoundedStacks, index: number, place: string): FrameIndex[] {
    const at = `dictionary.stackTable[${index}]`;
    const locations = listOf(this.#entry('stackTable', index, place), 'locationIndices', at);
    let known = this.#frames.get(stacks);
    if (!known) this.#frames.set(stacks, (known = new Map()));
    const stack: FrameIndex[] = [];
    for (let i = locations.length - 1; i >= 0; i--) {
      const location = indexOf(locations[i]);
      let frames = known.get(location);
      if (!frames) known.set(location, (frames = this.#framesOf(stacks, location, at)));
      for (const frame of frames) stack.push(frame);
      checkDepth(stack.length, at);
    }
    return stack;
  }

  /** The frames of a location, ROOT FIRST. */
  #framesOf(stacks: BoundedStacks, index: number, place: string): FrameIndex[] {
    const location = this.#entry('locationTable', index, place);
    const at = `dictionary.locationTable[${index}]`;
    const binary = this.#entry('mappingTable', indexOf(location.mappingIndex), at);
    const common = {
      mapping: this.#text(binary.filenameStrindex, at),
      kind: frameKind(this.#attributes(location, at)['profile.frame.type'] ?? ''),
    };
    const address = unsigned(location.address, `${at}.address`);
    const lines = listOf(location, 'lines' in location ? 'lines' : 'line', at);
    if (lines.length === 0) return [stacks.addFrame({ ...common, address }, at)];
    checkDepth(lines.length, at);
    const frames = lines.map((one) => {
      const line = asObject(one, `${at}.lines`);
      const { nameStrindex, systemNameStrindex, filenameStrindex } = this.#entry(
        'functionTable',
        indexOf(line.functionIndex),
        at,
      );
      const name = this.#text(nameStrindex, at) || this.#text(systemNameStrindex, at);
      return stacks.addFrame(
        {
          ...common,
          ...{ name, file: this.#text(filenameStrindex, at) },
          line: whole(line.line, `${at}.lines.line`),
          address: name === '' ? address : 0n,
        },
        at,
      );
    });
    return frames.reverse();
  }

  /** Attributes that are entries of a table. */
  #attributes(of: JsonObject, place: string): Record<string, string> {
    const indices = listOf(of, 'attributeIndices', place);
    this.#budget.go(indices.length, place);
    return Object.fromEntries(
      indices.map((index) => {
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

export { otlpFromBinary } from './otlp-wire.ts';

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
  return index === undefined ? 0 : toNumber(index);
}

/** JSON has 64-bit numbers as texts. */
function whole(value: unknown, place: string): number {
  const number = toNumber(value ?? 0);
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
