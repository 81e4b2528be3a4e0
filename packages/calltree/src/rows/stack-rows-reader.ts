import { CallTreeError } from '../model/errors.ts';
import type { StackTable } from '../model/stacks.ts';
import { invalidRow, StackRows, type RowsRead, type RowsTotal } from './stack-rows.ts';

/** How much of a text that is no row is kept, for whoever can tell what it says. */
const MOST_OF_REST = 1 << 14;

/**
 * Reads rows of frames and stacks from text that comes in pieces, cut anywhere: on each line a row as
 * a JSON array, or one with a list of rows in it.
 *
 * They are the form in which a server that knows only JSON sends a profile. A row is
 * `[part, numbers, weight, samples, texts]`. First the head with the totals, then each frame once, then
 * the stacks. A stack names its frames root first, by their position (from 1), and only those in which
 * it differs from the stack before: `numbers` begins with how many it shares.
 *
 *     [0, [],      "40000000", 4, [texts of the sender's own …]]
 *     [1, [],      "0",        0, ["main", "shop.ts", "", "v8js", ""]]           frame 1
 *     [1, [],      "0",        0, ["hashPassword", "auth.ts", "", "v8js", ""]]   frame 2
 *     [2, [0,1],   "10000000", 1, []]                                            main
 *     [2, [1,2],   "30000000", 3, []]                                            main → hashPassword
 *
 * A frame's texts are name, file, mapping, kind and address; its number is the line, where lines
 * were asked for. Part 3 is a stack whose frames are not stored.
 *
 * Where stacks are told apart by labels, too, a group of stacks has a row as a frame has, and a
 * position among them, which is the first one of its stacks. Its weight is that of all its stacks,
 * also of those that are not sent; its texts are keys and values:
 *
 *     [4, [],      "25000000", 3, ["thread.name", "main"]]                       position 1
 *     [1, [],      "0",        0, ["main", "shop.ts", "", "v8js", ""]]           position 2
 *     [2, [0,1,2], "10000000", 1, []]                                            main, on thread main
 *
 * A server that fails after its first rows has only the text to say so: behind the rows stands the
 * reason. It is the message of the error of kind `invalid-rows` then, from where it stands on.
 */
export class StackRowsReader {
  readonly #rows = new StackRows();
  /** Pieces of the line whose end has not come yet: joined once, however long it is. */
  #line: string[] = [];
  #lines = 0;
  /** What stands where a row should; once there is any, all that follows belongs to it. */
  #rest: string | undefined;

  get read(): RowsRead {
    return this.#rows.read;
  }

  /** The texts of frames from a position on: what somebody lacks who has those before it. */
  stringsFrom(position: number): string[] {
    return this.#rows.stringsFrom(position);
  }

  push(text: string): void {
    const end = this.#rest === undefined ? text.lastIndexOf('\n') : -1;
    if (this.#rest !== undefined) this.#addRest(text);
    else if (end === -1) this.#line.push(text);
    else {
      const lines = this.#line.join('') + text.slice(0, end);
      this.#line = [text.slice(end + 1)];
      this.#addLines(lines);
    }
  }

  /** Reads what is left: the last line may have no end. Throws when there is no row, or more. */
  end(): void {
    const line = this.#line.join('');
    this.#line = [];
    if (line !== '') this.#addLines(line);
    if (this.#rest !== undefined) throw invalidRow(this.#lines + 1, this.#rest);
    if (this.read.head === undefined) throw new CallTreeError('invalid-rows', 'There are no rows');
  }

  /** The stacks so far, and all that is missing from the total as weight of "(other)". */
  table(total: Omit<RowsTotal, 'stacks'>): StackTable {
    return this.#rows.table(total);
  }

  #addLines(lines: string): void {
    const rows = parsed(`[${lines.replaceAll('\n', ',')}]`);
    if (Array.isArray(rows)) {
      // One parse is faster than one for each line. JSON escapes line breaks inside of texts.
      for (const row of rows) this.#addLine(row);
      this.#lines += rows.length;
      return;
    }
    let from = 0;
    for (let to = 0; to !== -1; from = to + 1) {
      to = lines.indexOf('\n', from);
      const line = lines.slice(from, to === -1 ? undefined : to).trim();
      if (line === '') continue;
      const row = parsed(line);
      if (row === undefined) {
        this.#addRest(`${lines.slice(from)}\n`);
        return;
      }
      this.#addLine(row);
      this.#lines++;
    }
  }

  #addLine(line: unknown): void {
    const isList = Array.isArray(line) && Array.isArray(line[0]);
    for (const row of isList ? (line[0] as unknown[]) : [line]) this.#rows.add(row);
  }

  #addRest(text: string): void {
    this.#rest = (this.#rest ?? '') + text + this.#line.join('');
    this.#line = [];
    if (this.#rest.length > MOST_OF_REST) {
      throw invalidRow(this.#lines + 1, this.#rest.slice(0, MOST_OF_REST));
    }
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
