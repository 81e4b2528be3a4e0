import type { FirefoxParts } from './firefox-tables.ts';
import {
  asArray,
  asIndex,
  asNumber,
  asObject,
  asText,
  toNumber,
  type JsonObject,
} from './guards.ts';

/** A thread of a profile of Firefox, with its samples in columns. */
export interface FirefoxThread {
  readonly thread: JsonObject;
  /** What names of its columns are put behind. */
  readonly place: string;
}

interface GeckoThread extends FirefoxThread {
  readonly parts: FirefoxParts;
}

/**
 * The threads of a profile as it comes out of Firefox, or undefined for one that a profiler has processed.
 * Tables are rows under a schema, each process has its own list of libraries and its children in it, and
 * places are one text: an address, `name (in library)` or `name (file:line:column)`. They become what they
 * are in a processed profile.
 * Source: https://github.com/firefox-devtools/profiler/blob/main/src/types/gecko-profile.ts
 */
export function threadsOfGecko(root: JsonObject): GeckoThread[] | undefined {
  const processes = [{ process: root, place: '' }];
  const threads: GeckoThread[] = [];
  for (let at = 0; at < processes.length; at++) {
    const { process, place } = processes[at];
    const libs = asArray(process.libs ?? [], `${place}libs`);
    for (const [i, value] of asArray(process.threads, `${place}threads`).entries()) {
      const inThread = `${place}threads[${i}].`;
      const thread = asObject(value, `${place}threads[${i}]`);
      const samples = asObject(thread.samples ?? {}, `${inThread}samples`);
      if (!('schema' in samples)) return undefined;
      threads.push(processed(thread, libs, inThread));
    }
    asArray(process.processes ?? [], `${place}processes`).forEach((child, i) => {
      const inChild = `${place}processes[${i}].`;
      processes.push({ process: asObject(child, `${place}processes[${i}]`), place: inChild });
    });
  }
  return threads.length === 0 ? undefined : threads;
}

function processed(thread: JsonObject, libs: readonly unknown[], place: string): GeckoThread {
  const table = (name: string) => new Rows(thread[name], place + name);
  const samples = table('samples');
  const stacks = table('stackTable');
  const frames = table('frameTable');
  const texts = asArray(thread.stringTable, `${place}stringTable`);
  const ranges = libs
    .map((lib, i) => rangeOf(lib, i, `libs[${i}]`))
    .sort((a, b) => a.start - b.start);
  const functions = frames.column('location').map((index, i) => {
    const at = `${place}frameTable.data[${i}]`;
    return functionOf(asText(texts[asIndex(index, texts.length, at)], at), ranges);
  });
  // Each frame has a function of its own: those that are the same become one frame in the end.
  const strings = [''];
  const addText = (text: string) => (text === '' ? null : strings.push(text) - 1);
  const lines = frames.column('line');
  const parts: FirefoxParts = {
    ...{ strings, libs, place, shared: {} },
    tables: {
      stackTable: { frame: stacks.column('frame'), prefix: stacks.column('prefix') },
      frameTable: {
        func: functions.map((_, i) => i),
        line: functions.map(({ line }, i) => lines[i] ?? line),
        category: frames.column('category'),
        address: functions.map(({ address }) => address),
        lib: functions.map(({ lib }) => lib),
      },
      funcTable: {
        name: functions.map(({ name }) => addText(name)),
        fileName: functions.map(({ file }) => addText(file)),
        lineNumber: functions.map(({ line }) => line),
        columnNumber: functions.map(({ column }) => column),
        isJS: functions.map(({ line }) => line > 0),
        resource: functions.map(({ binary }, i) => (binary === '' ? -1 : i)),
      },
      resourceTable: {
        name: functions.map(({ binary }) => addText(binary)),
        type: functions.map(() => 1),
      },
    },
  };
  const columns = {
    stack: samples.column('stack'),
    threadCPUDelta: samples.has('threadCPUDelta') ? samples.column('threadCPUDelta') : undefined,
  };
  return { place, parts, thread: { ...thread, samples: columns } };
}

/** A table as rows, and which place of a row is what. */
class Rows {
  readonly #schema: JsonObject;
  readonly #data: readonly unknown[];
  readonly #place: string;

  constructor(table: unknown, place: string) {
    const { schema, data } = asObject(table, place);
    this.#schema = asObject(schema, `${place}.schema`);
    this.#data = asArray(data, `${place}.data`);
    this.#place = place;
  }

  has(column: string): boolean {
    return column in this.#schema;
  }

  /** Rows end where they have nothing any more. */
  column(name: string): unknown[] {
    const at = toNumber(this.#schema[name]);
    return this.#data.map((row, i) => asArray(row, `${this.#place}.data[${i}]`)[at] ?? null);
  }
}

/** A library in memory. */
interface Range {
  readonly lib: number;
  readonly start: number;
  readonly end: number;
  /** Where the file would begin if all of it were there. */
  readonly base: number;
}

function rangeOf(value: unknown, lib: number, place: string): Range {
  const given = asObject(value, place);
  const start = asNumber(given.start ?? 0, `${place}.start`);
  return {
    ...{ lib, start },
    end: asNumber(given.end ?? 0, `${place}.end`),
    base: start - asNumber(given.offset ?? 0, `${place}.offset`),
  };
}

/** The library that an address is in, among those sorted by where they begin. */
function rangeAt(ranges: readonly Range[], address: number): Range | undefined {
  let from = 0;
  let to = ranges.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ranges[middle].start <= address) from = middle + 1;
    else to = middle;
  }
  const last = ranges[from - 1] as Range | undefined;
  return last && address < last.end ? last : undefined;
}

/** What a place says: the function, and where it is. */
interface Location {
  readonly name: string;
  readonly file: string;
  readonly binary: string;
  /** 0 where there is none, as in all but scripts. */
  readonly line: number;
  readonly column: number;
  /** Place of the library, and where in it; -1 where it is not known. */
  readonly lib: number;
  readonly address: number;
}

const ADDRESS = /^0x[\da-f]{1,16}$/i;
const IN_LIBRARY = ' (in ';
/** What may stand behind the library: how far in, or where in a source. */
const IN_FUNCTION = /^ \+ \d+$|^ \([^:]*:.*\)$/;
/** Where a script's line begins. None of these goes through a text more than once, whatever is in it. */
const LINE = /:(\d+)(?::(\d+))?\)?(?:\[\d+\])?$/;

function functionOf(location: string, libs: readonly Range[]): Location {
  const plain = { file: '', binary: '', line: 0, column: 0, lib: -1, address: -1 };
  if (ADDRESS.test(location)) {
    const address = Number(location);
    const range = rangeAt(libs, address);
    if (!range) return { ...plain, name: location };
    return { ...plain, name: location, lib: range.lib, address: address - range.base };
  }
  const inLibrary = location.lastIndexOf(IN_LIBRARY);
  const end = location.indexOf(')', inLibrary);
  if (inLibrary !== -1 && end !== -1) {
    const rest = location.slice(end + 1);
    if (rest === '' || IN_FUNCTION.test(rest)) {
      const binary = location.slice(inLibrary + IN_LIBRARY.length, end);
      return { ...plain, name: location.slice(0, inLibrary), binary };
    }
  }
  const script = LINE.exec(location);
  if (!script || script.index === 0) return { ...plain, name: location };
  const [, line, column] = script;
  const where = location.slice(0, script.index);
  const bracket = where.lastIndexOf(' (', where.length - 3);
  const name = where.slice(0, Math.max(bracket, 0));
  const url = bracket === -1 ? where : where.slice(bracket + 2);
  // What a script was loaded by stands before it.
  const file = url.replace(/^.* -> /, '');
  return {
    ...plain,
    name: name || `(root scope) ${file}`,
    ...{ file, line: Number(line), column: Number(column ?? 0) },
  };
}
