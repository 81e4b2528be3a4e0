import { create, toBinary } from '@bufbuild/protobuf';

import { AnyValueSchema } from '../gen/opentelemetry/proto/common/v1/common_pb.ts';
import {
  FunctionSchema,
  KeyValueAndUnitSchema,
  LineSchema,
  LinkSchema,
  LocationSchema,
  MappingSchema,
  ProfilesDictionarySchema,
  StackSchema,
  ValueTypeSchema,
  type ProfilesDictionary,
  type ValueType,
} from '../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';
import { anyValue, type AttributeValue, type Attributes } from './attributes.ts';

/** A span that a sample belongs to: lower-case hex, 32 and 16 digits. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

/** A loaded file: an executable, a shared library, a script bundle. */
export interface MappingEntry {
  readonly filename?: string;
  readonly memoryStart?: bigint;
  readonly memoryLimit?: bigint;
  readonly fileOffset?: bigint;
  readonly attributes?: Attributes;
}

export interface FunctionEntry {
  readonly name?: string;
  /** As the system knows it, e.g. mangled. */
  readonly systemName?: string;
  readonly filename?: string;
  /** 1-based; 0 is unset. */
  readonly startLine?: bigint;
}

export interface LineEntry {
  /** Index from `functionIndex()`. */
  readonly functionIndex: number;
  /** 1-based; 0 is unset. */
  readonly line?: bigint;
  readonly column?: bigint;
}

export interface LocationEntry {
  /** Index from `mappingIndex()`; 0 is none. */
  readonly mappingIndex?: number;
  readonly address?: bigint;
  /** Innermost first; more than one where functions were inlined. */
  readonly lines?: readonly LineEntry[];
  /** Indices from `attributeIndex()`. */
  readonly attributeIndices?: readonly number[];
}

/**
 * Fills the tables that all profiles of one OTLP message share. Every method takes a value and
 * returns its index, the same index for an equal value; 0 is always the zero value ("none").
 *
 *     const dictionary = new DictionaryBuilder();
 *     const main = dictionary.functionIndex({ name: 'main' });              // 1
 *     const at = dictionary.locationIndex({ lines: [{ functionIndex: main }] }); // 1
 *     dictionary.stackIndex([at]);                                          // 1
 *     dictionary.stackIndex([at]);                                          // 1 again
 */
export class DictionaryBuilder {
  readonly #dictionary: ProfilesDictionary = create(ProfilesDictionarySchema, {
    mappingTable: [create(MappingSchema)],
    locationTable: [create(LocationSchema)],
    functionTable: [create(FunctionSchema)],
    // Full-length zero ids: some readers insist on 16 and 8 bytes even here.
    linkTable: [create(LinkSchema, { traceId: new Uint8Array(16), spanId: new Uint8Array(8) })],
    stringTable: [''],
    attributeTable: [create(KeyValueAndUnitSchema)],
    stackTable: [create(StackSchema)],
  });
  readonly #strings = new Map<string, number>([['', 0]]);
  readonly #attributes = new Map<string, number>();
  readonly #mappings = new Map<string, number>([[key(0n, 0n, 0n, 0, ''), 0]]);
  readonly #functions = new Map<string, number>([[key(0, 0, 0, 0n), 0]]);
  readonly #locations = new Map<string, number>([[key(0, 0n, '', ''), 0]]);
  readonly #links = new Map<string, number>();
  readonly #stacks = new Map<string, number>([['', 0]]);

  stringIndex(text: string): number {
    return intern(this.#strings, text, this.#dictionary.stringTable, () => text);
  }

  valueType(type: string, unit: string): ValueType {
    return create(ValueTypeSchema, {
      typeStrindex: this.stringIndex(type),
      unitStrindex: this.stringIndex(unit),
    });
  }

  /** `unit` in UCUM, e.g. `By`; empty where the key says it. */
  attributeIndex(name: string, value: AttributeValue, unit = ''): number {
    const keyStrindex = this.stringIndex(name);
    const unitStrindex = this.stringIndex(unit);
    const any = anyValue(value);
    const encoded = Buffer.from(toBinary(AnyValueSchema, any)).toString('latin1');
    return intern(
      this.#attributes,
      key(keyStrindex, unitStrindex, encoded),
      this.#dictionary.attributeTable,
      () => create(KeyValueAndUnitSchema, { keyStrindex, unitStrindex, value: any }),
    );
  }

  attributeIndices(attributes: Attributes): number[] {
    const indices: number[] = [];
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) indices.push(this.attributeIndex(name, value));
    }
    return indices;
  }

  mappingIndex(entry: MappingEntry): number {
    const { memoryStart = 0n, memoryLimit = 0n, fileOffset = 0n } = entry;
    const filenameStrindex = this.stringIndex(entry.filename ?? '');
    const attributeIndices = this.attributeIndices(entry.attributes ?? {});
    return intern(
      this.#mappings,
      key(memoryStart, memoryLimit, fileOffset, filenameStrindex, attributeIndices.join()),
      this.#dictionary.mappingTable,
      () =>
        create(MappingSchema, {
          memoryStart,
          memoryLimit,
          fileOffset,
          filenameStrindex,
          attributeIndices,
        }),
    );
  }

  functionIndex(entry: FunctionEntry): number {
    const nameStrindex = this.stringIndex(entry.name ?? '');
    const systemNameStrindex = this.stringIndex(entry.systemName ?? '');
    const filenameStrindex = this.stringIndex(entry.filename ?? '');
    const { startLine = 0n } = entry;
    return intern(
      this.#functions,
      key(nameStrindex, systemNameStrindex, filenameStrindex, startLine),
      this.#dictionary.functionTable,
      () =>
        create(FunctionSchema, { nameStrindex, systemNameStrindex, filenameStrindex, startLine }),
    );
  }

  locationIndex(entry: LocationEntry): number {
    const { mappingIndex = 0, address = 0n, lines = [], attributeIndices = [] } = entry;
    const lineKey = lines
      .map((line) => key(line.functionIndex, line.line ?? 0n, line.column ?? 0n))
      .join(';');
    return intern(
      this.#locations,
      key(mappingIndex, address, lineKey, attributeIndices.join()),
      this.#dictionary.locationTable,
      () =>
        create(LocationSchema, {
          mappingIndex,
          address,
          lines: lines.map((line) => create(LineSchema, { ...line })),
          attributeIndices: [...attributeIndices],
        }),
    );
  }

  /** `locationIndices` leaf first. */
  stackIndex(locationIndices: readonly number[]): number {
    return intern(this.#stacks, locationIndices.join(), this.#dictionary.stackTable, () =>
      create(StackSchema, { locationIndices: [...locationIndices] }),
    );
  }

  /** @throws TypeError when an id is not hex of the right length */
  linkIndex(link: SpanLink | undefined): number {
    if (link === undefined) return 0;
    return intern(this.#links, key(link.traceId, link.spanId), this.#dictionary.linkTable, () =>
      create(LinkSchema, {
        traceId: idBytes('trace id', link.traceId, 16),
        spanId: idBytes('span id', link.spanId, 8),
      }),
    );
  }

  /** The tables as filled so far; later calls go on filling the same object. */
  build(): ProfilesDictionary {
    return this.#dictionary;
  }
}

function key(...parts: readonly (string | number | bigint)[]): string {
  return parts.join('\0');
}

function intern<T>(index: Map<string, number>, key: string, table: T[], make: () => T): number {
  const known = index.get(key);
  if (known !== undefined) return known;
  const added = table.length;
  table.push(make());
  index.set(key, added);
  return added;
}

function idBytes(what: string, hex: string, length: number): Uint8Array<ArrayBuffer> {
  if (hex.length !== length * 2 || !/^[0-9a-f]+$/i.test(hex)) {
    throw new TypeError(`a ${what} has ${length * 2} hexadecimal digits, not "${hex}"`);
  }
  return new Uint8Array(Buffer.from(hex, 'hex'));
}
