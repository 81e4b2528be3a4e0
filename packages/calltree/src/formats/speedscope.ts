import { groupFrames } from '../frames/groups.ts';
import { frameLabel, OTHER_LABEL } from '../frames/label.ts';
import { CallTreeError } from '../model/errors.ts';
import type { FrameInput } from '../build/frame-table-builder.ts';
import type { FrameIndex, FrameTable } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import { BoundedStacks, Budget } from './budget.ts';
import {
  asArray,
  asIndex,
  asNumber,
  asObject,
  asText,
  malformed,
  type JsonObject,
} from './guards.ts';
import type { NamedStacks } from './named-stacks.ts';
import { parseJson } from './parse-json.ts';
import { Places } from './places.ts';
import { baseUnit } from '../model/base-unit.ts';

const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';

/** Units that speedscope knows; it shows anything else as plain numbers. */
const SPEEDSCOPE_UNITS: readonly string[] = ['nanoseconds', 'bytes'];

/**
 * Writes a profile as speedscope reads it: one sample for each stack, heaviest left in its
 * "left heavy" view. What the table leaves out becomes a frame `(other)`, which is read as such again.
 * Binaries, addresses, frame kinds, the lines of functions that have several, sample counts, labels, the
 * sampling rate and units that speedscope does not know are lost. Throws `invalid-stacks` for weights below zero: speedscope opens no
 * file that has one.
 * Source: https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources
 */
export function speedscopeFromStackTable(stacks: StackTable, name = 'profile'): string {
  const { frames, stackOffset, frameIndex, weight, unit } = stacks;
  const { written, position } = functionsOf(frames);
  const samples: number[][] = [];
  const weights: number[] = [];
  for (let stack = 0; stack < weight.length; stack++) {
    const stackFrames = frameIndex.subarray(stackOffset[stack], stackOffset[stack + 1]);
    samples.push(Array.from(stackFrames, (frame) => position[frame]));
    weights.push(weight[stack]);
  }
  if (stacks.otherWeight !== 0) {
    samples.push([written.push({ name: OTHER_LABEL }) - 1]);
    weights.push(stacks.otherWeight);
  }
  if (weights.some((one) => one < 0)) {
    throw new CallTreeError(
      'invalid-stacks',
      'speedscope opens no profile with weights below zero; pprof and JSON keep them',
    );
  }
  return JSON.stringify({
    $schema: SCHEMA,
    exporter: 'hyperflame',
    name,
    activeProfileIndex: 0,
    shared: { frames: written },
    profiles: [
      {
        type: 'sampled',
        name,
        unit: SPEEDSCOPE_UNITS.includes(unit) ? unit : 'none',
        startValue: 0,
        endValue: weights.reduce((sum, one) => sum + one, 0),
        samples,
        weights,
      },
    ],
  });
}

interface WrittenFrame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

/**
 * The functions as speedscope has them, and the position of each frame among them. To speedscope every entry is
 * a function of its own, so the lines of one function are one entry, which has a line if all of them are the same.
 */
function functionsOf(frames: FrameTable): { written: WrittenFrame[]; position: Uint32Array } {
  const written: WrittenFrame[] = [];
  const position = new Uint32Array(frames.length);
  const group = groupFrames(frames, 'function');
  const lines = frames.line.slice();
  group.forEach((first, frame) => {
    if (lines[first] !== frames.line[frame]) lines[first] = 0;
  });
  group.forEach((first, frame) => {
    // What is left out is the same as no other frame.
    if (first < frame) {
      position[frame] = position[first];
      return;
    }
    const file = frames.strings[frames.file[frame]];
    position[frame] = written.length;
    written.push({
      name: frameLabel(frames, frame),
      ...(file ? { file } : undefined),
      ...(lines[frame] ? { line: lines[frame] } : undefined),
    });
  });
  return { written, position };
}

/** Whether a value out of JSON is speedscope's. */
export function isSpeedscope(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'shared' in value && 'profiles' in value;
}

/**
 * Reads every profile of a speedscope file, sampled or evented. Times become nanoseconds. Throws
 * `invalid-format`, naming the place, for indices out of range and events that do not pair up.
 */
export function stackTablesFromSpeedscope(file: string | object): NamedStacks[] {
  const root = asObject(typeof file === 'string' ? parseJson(file) : file, 'file');
  const shared = framesOf(asArray(asObject(root.shared, 'shared').frames, 'shared.frames'));
  const budget = new Budget();
  return asArray(root.profiles, 'profiles').map((value, number) => {
    const place = `profiles[${number}]`;
    const profile = asObject(value, place);
    const { unit, factor } = baseUnit(asText(profile.unit, `${place}.unit`));
    const stacks = new Stacks(shared, new BoundedStacks(unit, budget, place), factor);
    if (profile.type === 'sampled') readSamples(stacks, profile, place);
    else if (profile.type === 'evented') readEvents(stacks, profile, place);
    else throw malformed(`${place}.type`, 'neither sampled nor evented');
    return { name: asText(profile.name, `${place}.name`), stacks: stacks.build() };
  });
}

/**
 * The file's frames. Those with a column are at the places where functions begin, which tells functions of
 * one name apart; a line alone may as well be one of several in a function.
 */
function framesOf(shared: readonly unknown[]): FrameInput[] {
  const places = new Places();
  const frames = shared.map((value, index) => {
    const place = `shared.frames[${index}]`;
    const given = asObject(value, place);
    const frame = {
      name: asText(given.name, `${place}.name`),
      file: asText(given.file, `${place}.file`),
      line: typeof given.line === 'number' ? given.line : 0,
    };
    if (typeof given.col !== 'number') return { frame };
    const at = { ...frame, column: given.col };
    places.add(at);
    return { frame, at };
  });
  return frames.map(({ frame, at }) => (at ? { ...frame, name: places.nameOf(at) } : frame));
}

/** The stacks of one profile, with those of the file's frames that it has. */
class Stacks {
  readonly #shared: readonly FrameInput[];
  readonly #stacks: BoundedStacks;
  readonly #factor: number;
  /** By place among the file's frames: a file may have many of them, and many profiles of few. */
  readonly #frames = new Map<number, FrameIndex>();
  /** The frame that stands for what was left out. */
  #other: FrameIndex | undefined;

  constructor(shared: readonly FrameInput[], stacks: BoundedStacks, factor: number) {
    this.#shared = shared;
    this.#stacks = stacks;
    this.#factor = factor;
  }

  frame(given: unknown, place: string): FrameIndex {
    const index = asIndex(given, this.#shared.length, place);
    let known = this.#frames.get(index);
    if (known === undefined) this.#frames.set(index, (known = this.#addFrame(index)));
    return known;
  }

  #addFrame(index: number): FrameIndex {
    const given = this.#shared[index];
    const frame = this.#stacks.addFrame(given, `shared.frames[${index}]`);
    if (given.name === OTHER_LABEL && !given.file) this.#other = frame;
    return frame;
  }

  add(stack: readonly FrameIndex[], place: string, figure: number): void {
    // Seconds are written as fractions, which only whole nanoseconds add up to again.
    const weight = this.#factor === 1 ? figure : Math.round(figure * this.#factor);
    if (stack.length === 1 && stack[0] === this.#other) this.#stacks.addOther(weight, 1, place);
    else this.#stacks.addStack(stack, place, weight);
  }

  build(): StackTable {
    return this.#stacks.build();
  }
}

function readSamples(stacks: Stacks, profile: JsonObject, place: string): void {
  const weights = asArray(profile.weights, `${place}.weights`);
  const samples = asArray(profile.samples, `${place}.samples`);
  if (weights.length > samples.length) {
    throw malformed(
      `${place}.weights`,
      `${weights.length} weights for ${samples.length} samples; each sample has one`,
    );
  }
  samples.forEach((value, number) => {
    const at = `${place}.samples[${number}]`;
    const stack = asArray(value, at).map((frame, i) => stacks.frame(frame, `${at}[${i}]`));
    stacks.add(stack, at, asNumber(weights[number], `${place}.weights[${number}]`));
  });
}

/** Frames open and close, all of them; the time between two events belongs to whatever is open then. */
function readEvents(stacks: Stacks, profile: JsonObject, place: string): void {
  const open: FrameIndex[] = [];
  let since = asNumber(profile.startValue ?? 0, `${place}.startValue`);
  asArray(profile.events, `${place}.events`).forEach((value, number) => {
    const at = `${place}.events[${number}]`;
    const event = asObject(value, at);
    const time = asNumber(event.at, `${at}.at`);
    if (time < since) throw malformed(`${at}.at`, 'earlier than the event before it');
    if (time > since && open.length > 0) stacks.add(open, at, time - since);
    since = time;
    const frame = stacks.frame(event.frame, `${at}.frame`);
    if (event.type === 'O') {
      open.push(frame);
    } else if (event.type === 'C') {
      if (open.pop() !== frame)
        throw malformed(at, 'closes a frame that is not the last one opened');
    } else {
      throw malformed(`${at}.type`, 'neither O nor C');
    }
  });
  if (open.length > 0) {
    throw malformed(`${place}.events`, `${open.length} frames are opened and never closed`);
  }
}
