import type {
  Function as PprofFunction,
  Location as PprofLocation,
  Mapping as PprofMapping,
  Profile as Pprof,
} from '../gen/perftools/profiles/profile_pb.ts';
import type { Attributes } from './attributes.ts';
import type { DictionaryBuilder, LineEntry } from './dictionary.ts';
import { malformed, text } from './pprof-text.ts';

/** What is known of a frame when its type is chosen. Empty strings where pprof has nothing. */
export interface PprofFrame {
  readonly name: string;
  readonly file: string;
  readonly mapping: string;
  readonly address: bigint;
}

/** Carries pprof's locations, functions and mappings over, each once and only when a stack uses it. */
export class PprofFrames {
  readonly #strings: readonly string[];
  readonly #dictionary: DictionaryBuilder;
  readonly #frameType: (frame: PprofFrame) => string | undefined;
  readonly #locations: Map<bigint, PprofLocation>;
  readonly #functions: Map<bigint, PprofFunction>;
  readonly #mappings: Map<bigint, PprofMapping>;
  readonly #done = new Map<bigint, number>();

  constructor(
    pprof: Pprof,
    dictionary: DictionaryBuilder,
    frameType: string | ((frame: PprofFrame) => string | undefined) | undefined,
  ) {
    this.#strings = pprof.stringTable;
    this.#dictionary = dictionary;
    this.#frameType = typeof frameType === 'function' ? frameType : () => frameType;
    this.#locations = new Map(pprof.location.map((location) => [location.id, location]));
    this.#functions = new Map(pprof.function.map((fn) => [fn.id, fn]));
    this.#mappings = new Map(pprof.mapping.map((mapping) => [mapping.id, mapping]));
  }

  /** pprof location ids, leaf first → OTLP location indices, leaf first. */
  locationIndices(ids: readonly bigint[], path: string): number[] {
    return ids.map((id) => {
      let index = this.#done.get(id);
      if (index === undefined) {
        const location = this.#locations.get(id);
        if (location === undefined) {
          throw malformed(path, `it refers to location ${id}, which is not defined`);
        }
        index = this.#locationIndex(location);
        this.#done.set(id, index);
      }
      return index;
    });
  }

  #locationIndex(location: PprofLocation): number {
    const path = `location ${location.id}`;
    const mapping = this.#mapping(location.mappingId, path);
    const mappingFile =
      mapping === undefined ? '' : text(this.#strings, mapping.filename, 'mapping.filename');
    const lines = location.line.map((line) => {
      const fn = this.#function(line.functionId, path);
      return {
        name: fn === undefined ? '' : text(this.#strings, fn.name, 'function.name'),
        file: fn === undefined ? '' : text(this.#strings, fn.filename, 'function.filename'),
        entry: {
          functionIndex: this.#functionIndex(fn),
          line: line.line,
          column: line.column,
        } satisfies LineEntry,
      };
    });
    const frameType = this.#frameType({
      name: lines[0]?.name ?? '',
      file: lines[0]?.file ?? '',
      mapping: mappingFile,
      address: location.address,
    });
    return this.#dictionary.locationIndex({
      mappingIndex: this.#mappingIndex(mapping, mappingFile),
      address: location.address,
      lines: lines.map((line) => line.entry),
      attributeIndices: this.#dictionary.attributeIndices({
        'profile.frame.type': frameType,
        'pprof.location.is_folded': location.isFolded || undefined,
      }),
    });
  }

  /** Id 0 is pprof's "none". */
  #mapping(id: bigint, path: string): PprofMapping | undefined {
    const mapping = this.#mappings.get(id);
    if (mapping === undefined && id !== 0n) {
      throw malformed(path, `it refers to mapping ${id}, which is not defined`);
    }
    return mapping;
  }

  #function(id: bigint, path: string): PprofFunction | undefined {
    const fn = this.#functions.get(id);
    if (fn === undefined && id !== 0n) {
      throw malformed(path, `it refers to function ${id}, which is not defined`);
    }
    return fn;
  }

  #functionIndex(fn: PprofFunction | undefined): number {
    if (fn === undefined) return 0;
    return this.#dictionary.functionIndex({
      name: text(this.#strings, fn.name, 'function.name'),
      systemName: text(this.#strings, fn.systemName, 'function.system_name'),
      filename: text(this.#strings, fn.filename, 'function.filename'),
      startLine: fn.startLine,
    });
  }

  #mappingIndex(mapping: PprofMapping | undefined, filename: string): number {
    if (mapping === undefined) return 0;
    return this.#dictionary.mappingIndex({
      filename,
      memoryStart: mapping.memoryStart,
      memoryLimit: mapping.memoryLimit,
      fileOffset: mapping.fileOffset,
      attributes: buildIdAttributes(text(this.#strings, mapping.buildId, 'mapping.build_id')),
    });
  }
}

/**
 * pprof does not say which kind of build id it has. Go's own look like `abc/def/ghi/jkl`, GNU's are
 * hexadecimal.
 */
function buildIdAttributes(buildId: string): Attributes {
  if (buildId === '') return {};
  return buildId.includes('/')
    ? { 'process.executable.build_id.go': buildId }
    : { 'process.executable.build_id.gnu': buildId };
}
