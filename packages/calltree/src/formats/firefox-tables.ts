import type { FrameInput } from '../build/frame-table-builder.ts';
import type { FrameKind } from '../model/frames.ts';
import { checkDepth } from './budget.ts';
import { asArray, asIndex, asObject, asText, malformed, type JsonObject } from './guards.ts';
import { kindOfBinary } from './kind-of-binary.ts';
import type { Places } from './places.ts';

/** What the tables of all threads refer to. */
export interface FirefoxContext {
  /** Names of categories; none in old versions. */
  readonly categories: readonly string[];
  /** The category of a stack whose frames have none, or -1. */
  readonly defaultCategory: number;
  /** Functions of all tables, so that one has the same name on each thread. */
  readonly places: Places;
}

/** What stacks of a thread stand for: one set of tables for all threads, or one for each. */
export interface FirefoxParts {
  /** Has `stackTable`, `frameTable`, `funcTable` and `resourceTable`. */
  readonly tables: JsonObject;
  readonly strings: unknown;
  /** Tables of files, where functions do not name theirs themselves. */
  readonly shared: JsonObject;
  readonly libs: unknown;
  readonly place: string;
}

interface Func {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly isJs: boolean;
  /** The binary that it is in, as versions before 70 say, or -1. */
  readonly lib: number;
  /** What its binary is called where there is no more than that. */
  readonly binary: string;
}

interface Stack {
  /** ROOT FIRST, by place in the table of frames. */
  readonly frames: readonly number[];
  /** Place among the categories, or -1. */
  readonly category: number;
}

/** A function without symbols is called by its address. */
const ADDRESS = /^0x[\da-f]{1,16}$/i;

/** `hg:host/repository:path:revision`, `s3:bucket:digest/path:`, `cargo:registry:crate-1.0.0:path` */
const FROM_ELSEWHERE = /^(?:hg|git|s3|cargo):[^:]*:([^:]+)(?::(.*))?$/;

/** A resource that is a binary. */
const LIBRARY = 1;

/** The stacks of a profile of Firefox, and the frames and functions that they are of. */
export class FirefoxTables {
  readonly #context: FirefoxContext;
  readonly #strings: readonly unknown[];
  readonly #libs: readonly unknown[];
  readonly #place: string;
  readonly #stacks: Columns;
  readonly #frames: Columns;
  readonly #sources: Columns;
  readonly #locations: Columns;
  readonly #funcs: readonly Func[];
  /** Since version 66, callers are so many stacks before. */
  readonly #haveOffsets: boolean;

  constructor({ tables, strings, shared, libs, place }: FirefoxParts, context: FirefoxContext) {
    this.#context = context;
    this.#place = place;
    this.#strings = asArray(strings, `${place}stringArray`);
    this.#libs = asArray(libs ?? [], 'libs');
    this.#stacks = new Columns(tables, 'stackTable', place);
    this.#frames = new Columns(tables, 'frameTable', place);
    this.#sources = new Columns(shared, 'sources', 'shared.');
    this.#locations = new Columns(shared, 'sourceLocationTable', 'shared.');
    this.#haveOffsets = this.#stacks.has('prefixOffset');
    this.#funcs = this.#readFuncs(new Columns(tables, 'funcTable', place), tables);
    for (const func of this.#funcs) context.places.add(func);
  }

  /** The frames of a stack. Throws `invalid-format` for one whose callers go in a circle. */
  stack(index: unknown, place: string): Stack {
    const { length } = this.#stacks.list('frame');
    const frames: number[] = [];
    let category = -1;
    for (let at = asIndex(index, length, place); at !== -1; at = this.#callerOf(at, length)) {
      if (frames.length >= length) throw malformed(place, 'its callers go in a circle');
      checkDepth(frames.length, place);
      const frame = this.#stacks.index('frame', at, this.#frames.list('func').length);
      frames.push(frame);
      if (category === -1) category = this.#categoryOf(frame);
    }
    if (category === -1) category = this.#context.defaultCategory;
    return { frames: frames.reverse(), category };
  }

  frame(index: number): FrameInput {
    const func = this.#funcs[this.#frames.index('func', index, this.#funcs.length)];
    const own = this.#frames.has('lib')
      ? this.#frames.indexOrNone('lib', index, this.#libs.length)
      : func.lib;
    const mapping = own === -1 ? func.binary : this.#nameOfLib(own);
    const address = this.#frames.number('address', index, -1);
    const kind = this.#kindOf(index, func, mapping, address);
    if (ADDRESS.test(func.name)) {
      // In its binary, or where that is not known, in the process.
      const isKnown = Number.isSafeInteger(address) && address >= 0;
      return { mapping, kind, address: BigInt(isKnown ? address : func.name) };
    }
    const { file, line } = this.#originOf(this.#frames, index) ?? {
      file: func.file,
      line: this.#frames.number('line', index) || func.line,
    };
    return { name: this.#context.places.nameOf(func), file, mapping, line, kind };
  }

  #callerOf(stack: number, length: number): number {
    if (!this.#haveOffsets) return this.#stacks.indexOrNone('prefix', stack, length);
    const offset = this.#stacks.index('prefixOffset', stack, stack + 1);
    return offset === 0 ? -1 : stack - offset;
  }

  #categoryOf(frame: number): number {
    const { categories } = this.#context;
    // Where categories have no names, they are flags of old versions.
    if (categories.length === 0) return -1;
    return this.#frames.indexOrNone('category', frame, categories.length);
  }

  #kindOf(frame: number, { isJs }: Func, mapping: string, address: number): FrameKind {
    if (isJs) return 'unknown';
    if (this.#context.categories[this.#categoryOf(frame)] === 'Kernel') return 'kernel';
    return mapping === '' && address === -1 ? 'unknown' : kindOfBinary(mapping);
  }

  #nameOfLib(index: number): string {
    const lib = asObject(this.#libs[index], `libs[${index}]`);
    return asText(lib.path, `libs[${index}].path`) || asText(lib.name, `libs[${index}].name`);
  }

  #readFuncs(funcs: Columns, tables: JsonObject): Func[] {
    const resources = new Columns(tables, 'resourceTable', this.#place);
    const binaries = resources.list('name').length;
    return funcs.list('name').map((_, i) => {
      const resource = funcs.indexOrNone('resource', i, binaries);
      const isBinary = resource !== -1 && resources.number('type', resource) === LIBRARY;
      const origin = this.#originOf(funcs, i);
      return {
        name: this.#text(funcs, 'name', i),
        file: origin?.file ?? this.#fileOf(funcs, i),
        line: origin?.line ?? funcs.number('lineNumber', i),
        column: origin?.column ?? funcs.number('columnNumber', i),
        isJs: funcs.list('isJS')[i] === true,
        lib: isBinary ? resources.indexOrNone('lib', resource, this.#libs.length) : -1,
        binary: isBinary ? this.#text(resources, 'name', resource) : '',
      };
    });
  }

  #fileOf(funcs: Columns, func: number): string {
    if (!funcs.has('source')) return pathOf(this.#text(funcs, 'fileName', func));
    const source = funcs.indexOrNone('source', func, this.#sources.list('filename').length);
    return source === -1 ? '' : this.#sourceFile(source);
  }

  /** Where a frame or a function was before it was compiled to what ran, if a source map told. */
  #originOf(
    of: Columns,
    row: number,
  ): { readonly file: string; readonly line: number; readonly column: number } | undefined {
    const locations = this.#locations.list('source').length;
    const at = of.indexOrNone('originalLocation', row, locations);
    if (at === -1) return undefined;
    const sources = this.#sources.list('filename').length;
    return {
      file: this.#sourceFile(this.#locations.index('source', at, sources)),
      line: this.#locations.number('line', at),
      column: this.#locations.number('column', at),
    };
  }

  #sourceFile(source: number): string {
    return pathOf(this.#text(this.#sources, 'filename', source));
  }

  #text(of: Columns, column: string, row: number): string {
    const index = of.indexOrNone(column, row, this.#strings.length);
    if (index === -1) return '';
    const text = this.#strings[index];
    return typeof text === 'string' ? text : asText(text, `${this.#place}stringArray[${index}]`);
  }
}

/** Of a file in a repository or an archive, where in it it is. */
function pathOf(file: string): string {
  const [, first, second] = FROM_ELSEWHERE.exec(file) ?? [];
  if (first === undefined) return file;
  if (file.startsWith('cargo:')) return `${first}/${second ?? ''}`;
  return file.startsWith('s3:') ? first.slice(first.indexOf('/') + 1) : first;
}

/** A table whose columns are lists. Those that its version does not have are empty. */
class Columns {
  readonly #table: JsonObject;
  readonly #place: string;
  readonly #lists = new Map<string, readonly unknown[]>();

  constructor(tables: JsonObject, name: string, place: string) {
    this.#place = place + name;
    this.#table = asObject(tables[name] ?? {}, this.#place);
  }

  has(column: string): boolean {
    return column in this.#table;
  }

  list(column: string): readonly unknown[] {
    let list = this.#lists.get(column);
    if (!list) {
      list = asArray(this.#table[column] ?? [], `${this.#place}.${column}`);
      this.#lists.set(column, list);
    }
    return list;
  }

  index(column: string, row: number, end: number): number {
    const value = this.list(column)[row];
    // Places are put into words only where they are needed: tables are long.
    if (typeof value === 'number' && value >= 0 && value < end && Number.isInteger(value)) {
      return value;
    }
    return asIndex(value, end, `${this.#place}.${column}[${row}]`);
  }

  indexOrNone(column: string, row: number, end: number): number {
    return isNone(this.list(column)[row]) ? -1 : this.index(column, row, end);
  }

  number(column: string, row: number, none = 0): number {
    const value = this.list(column)[row];
    return typeof value === 'number' ? value : none;
  }
}

function isNone(index: unknown): boolean {
  return index === undefined || index === null || index === -1;
}
