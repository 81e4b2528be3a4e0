import type { FrameInput } from '../build/frame-table-builder.ts';
import type { LabelSet } from '../build/label-sets.ts';
import type { FrameIndex } from '../model/frames.ts';
import { BoundedStacks, Budget, checkDepth } from './budget.ts';
import { malformed } from './guards.ts';
import { JIT, kindOfBinary } from './kind-of-binary.ts';
import type { NamedStacks } from './named-stacks.ts';
import { baseUnit } from '../model/base-unit.ts';

/**
 * `shop worker  912/930  [003] 7221.004100:  1010101 cycles:u: …`: the command, its process and thread
 * (or the thread alone), the core, flags, the time, the period and the event. Some may be left out.
 */
const HEADER =
  /^\s*(\S.*?)\s+(\d+)(?:\/(\d+))?\s+(?:\[\d+\]\s+)?(?:[\w.]{4,5}\s+)?(?:\d+\.\d+:\s+)?(?:(\d+)\s+)?(\S+?):(?:\s+|$)/;

/** Letters of a longer line are not looked at for its header: trying takes their square. */
const LONGEST_HEADER = 1024;

/** A file that is gone is `(/usr/bin/shop (deleted))`. */
const WITH_FILE = /^(.*) \(((?:[^()]|\(deleted\))*)\)$/;

/** What an event says of itself behind its name, such as `u` for user space. */
const MODIFIERS = /:[ukhpPGHSDWIeb]+$/;

/** Events whose periods are nanoseconds. */
const CLOCKS: ReadonlySet<string> = new Set(['cpu-clock', 'task-clock']);

/** Where in a source a frame is, which `perf script` prints below it on demand. */
const SOURCE_LINE = /^\S+(:\d+|\[[\da-f]+\])$/;

interface Header {
  readonly command: string;
  readonly process: string;
  readonly thread: string;
  readonly period: string | undefined;
  readonly event: string;
  /** What stands behind the event: the only frame, where none have been recorded but where it was. */
  readonly rest: string;
}

/** Whether a text is what `perf script` prints. */
export function isPerfScript(text: string): boolean {
  const lines = linesOf(text);
  for (const { line } of lines) {
    if (line === '') continue;
    const header = headerOf(line);
    const next = lines.next();
    const below = next.done ? '' : next.value.line;
    if (!header || isFrame(header.rest)) return header !== undefined;
    return (header.rest === '' && below === '') || /^\s+[\da-f]+\s/.test(below) || isFrame(below);
  }
  return false;
}

/**
 * Reads what `perf script` prints: a table for each event, whose samples weigh their period, or 1 where
 * that is not printed. Commands, processes and threads become labels.
 *
 *     shop 912/930 7221.004100: 1010101 cycles:u:
 *             7f3a10 hash+0x1c (/usr/bin/shop)
 *             7f2b00 main+0x80 (/usr/bin/shop)
 *
 * Throws `invalid-format`, naming the line.
 * Source: https://github.com/torvalds/linux/blob/master/tools/perf/builtin-script.c
 */
export function stackTablesFromPerfScript(text: string): NamedStacks[] {
  const budget = new Budget();
  const events = new Map<string, EventStacks>();
  let event: EventStacks | undefined;
  for (const { line, number } of linesOf(text)) {
    const place = `line ${number}`;
    if (line === '') {
      event?.end();
      event = undefined;
    } else if (event && (/^\s/.test(line) || isFrame(line))) {
      event.addFrame(line.trimStart(), place);
    } else {
      event?.end();
      const header = headerOf(line);
      if (!header) {
        throw malformed(place, 'a sample begins with its command, its thread and its event');
      }
      event = events.get(header.event);
      if (!event) events.set(header.event, (event = new EventStacks(header, budget, place)));
      event.begin(header, place);
      if (isFrame(header.rest)) {
        event.addFrame(header.rest, place);
        event.end();
        event = undefined;
      }
    }
  }
  event?.end();
  return Array.from(events.values(), (one) => one.build());
}

/** The stacks of one event. */
class EventStacks {
  readonly #name: string;
  readonly #stacks: BoundedStacks;
  /** By line: frames come again and again. */
  readonly #frames = new Map<string, readonly FrameIndex[]>();
  #stack: FrameIndex[] = [];
  #labels: LabelSet = 0;
  #weight = 0;
  #place = '';

  constructor({ event, period }: Header, budget: Budget, place: string) {
    this.#name = event;
    const counted = event.replace(MODIFIERS, '');
    const { unit } = baseUnit(period === undefined ? 'none' : CLOCKS.has(counted) ? 'ns' : counted);
    this.#stacks = new BoundedStacks(unit, budget, place);
  }

  begin({ command, process, thread, period }: Header, place: string): void {
    const labels = { 'thread.name': command, 'process.pid': process, 'thread.id': thread };
    this.#labels = this.#stacks.addLabels(labels, place);
    this.#weight = Number(period ?? 1);
    this.#place = place;
  }

  /** The next one from the leaf on. */
  addFrame(line: string, place: string): void {
    if (SOURCE_LINE.test(line)) return;
    let known = this.#frames.get(line);
    if (!known) {
      if (!/^[\da-f]+\s/.test(line)) throw malformed(place, 'neither a frame nor an empty line');
      known = framesOf(line).map((frame) => this.#stacks.addFrame(frame, place));
      this.#frames.set(line, known);
    }
    this.#stack.push(...known);
    checkDepth(this.#stack.length, place);
  }

  end(): void {
    this.#stacks.addStack(this.#stack.reverse(), this.#place, this.#weight, 1, this.#labels);
    this.#stack = [];
  }

  build(): NamedStacks {
    return { name: this.#name, stacks: this.#stacks.build() };
  }
}

function headerOf(line: string): Header | undefined {
  const match = HEADER.exec(line.slice(0, LONGEST_HEADER));
  if (!match) return undefined;
  const [header, command, first, , , event] = match;
  const second = match[3] as string | undefined;
  return {
    command,
    // One number alone is the thread's.
    process: second === undefined ? '' : first,
    thread: second ?? first,
    period: match[4] as string | undefined,
    event,
    rest: line.slice(header.length),
  };
}

/** Whether this is a frame, rather than a header, or what a tracepoint says. */
function isFrame(text: string): boolean {
  return /^[\da-f]{4,}\s/.test(text) && text.endsWith(')');
}

/** LEAF FIRST: a line may have functions that are inlined, such as `Shop::sell->Cart::add`. */
function framesOf(line: string): FrameInput[] {
  const [address] = line.split(/\s/, 1);
  const rest = line.slice(address.length);
  const [, symbols = rest, file = ''] = WITH_FILE.exec(rest) ?? [];
  const symbol = symbols.trim().replace(/\+0x[\da-f]+$/, '');
  const mapping = file === '[unknown]' || file === 'inlined' ? '' : file;
  const kind = kindOfBinary(mapping);
  if (symbol === '' || symbol === '[unknown]') {
    return [{ mapping, kind, address: BigInt(`0x${address}`) }];
  }
  const names = JIT.test(mapping) ? symbol.split('->').reverse() : [symbol];
  return names.map((name) => ({ name, mapping, kind }));
}

function* linesOf(text: string): Generator<{ readonly line: string; readonly number: number }> {
  let number = 0;
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline;
    const line = text.slice(from, to).trimEnd();
    from = to + 1;
    number++;
    if (!line.startsWith('#')) yield { line, number };
  }
}
