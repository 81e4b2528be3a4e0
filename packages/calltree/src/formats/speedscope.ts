import { StackTableBuilder } from '../build/stack-table-builder.ts';
import { frameLabel, OTHER_LABEL } from '../frames/label.ts';
import { CallTreeError } from '../model/errors.ts';
import type { FrameIndex } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import {
  asArray,
  asIndex,
  asNumber,
  asObject,
  asText,
  malformed,
  parseJson,
  type JsonObject,
} from './guards.ts';
import type { NamedStacks } from './named-stacks.ts';
import { unitOfFile } from './units.ts';

const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';

/** Units that speedscope knows; it shows anything else as plain numbers. */
const SPEEDSCOPE_UNITS: readonly string[] = ['nanoseconds', 'bytes'];

/**
 * Writes a profile as speedscope reads it: one sample for each stack, heaviest left in its
 * "left heavy" view. What the table leaves out becomes a frame `(other)`. Binaries, addresses, frame
 * kinds and sample counts are lost. Throws `invalid-stacks` for weights below zero: speedscope opens no
 * file that has one.
 * Source: https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources
 */
export function speedscopeFromStackTable(stacks: StackTable, name = 'profile'): string {
  const { frames, stackOffset, frameIndex, weight, unit } = stacks;
  const written = Array.from({ length: frames.length }, (_, frame) => {
    const file = frames.strings[frames.file[frame]];
    const line = frames.line[frame];
    return {
      name: frameLabel(frames, frame),
      ...(file ? { file } : undefined),
      ...(line ? { line } : undefined),
    };
  });
  const samples: number[][] = [];
  const weights: number[] = [];
  for (let stack = 0; stack < weight.length; stack++) {
    samples.push([...frameIndex.subarray(stackOffset[stack], stackOffset[stack + 1])]);
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
  const shared = asArray(asObject(root.shared, 'shared').frames, 'shared.frames');
  return asArray(root.profiles, 'profiles').map((value, number) => {
    const place = `profiles[${number}]`;
    const profile = asObject(value, place);
    const { unit, factor } = unitOfFile(asText(profile.unit, `${place}.unit`));
    const builder = new StackTableBuilder({ unit });
    const frames = shared.map((frame, i) => addFrame(builder, frame, `shared.frames[${i}]`));
    if (profile.type === 'sampled') readSamples(builder, frames, profile, place, factor);
    else if (profile.type === 'evented') readEvents(builder, frames, profile, place, factor);
    else throw malformed(`${place}.type`, 'neither sampled nor evented');
    return { name: asText(profile.name, `${place}.name`), stacks: builder.build() };
  });
}

function addFrame(builder: StackTableBuilder, value: unknown, place: string): FrameIndex {
  const frame = asObject(value, place);
  return builder.addFrame({
    name: asText(frame.name, `${place}.name`),
    file: asText(frame.file, `${place}.file`),
    line: typeof frame.line === 'number' ? frame.line : 0,
  });
}

function readSamples(
  builder: StackTableBuilder,
  frames: readonly FrameIndex[],
  profile: JsonObject,
  place: string,
  factor: number,
): void {
  const weights = asArray(profile.weights, `${place}.weights`);
  asArray(profile.samples, `${place}.samples`).forEach((value, number) => {
    const at = `${place}.samples[${number}]`;
    const stack = asArray(value, at).map(
      (frame, i) => frames[asIndex(frame, frames.length, `${at}[${i}]`)],
    );
    builder.addStack(stack, asNumber(weights[number], `${place}.weights[${number}]`) * factor);
  });
}

/** Frames open and close; the time between two events belongs to whatever is open then. */
function readEvents(
  builder: StackTableBuilder,
  frames: readonly FrameIndex[],
  profile: JsonObject,
  place: string,
  factor: number,
): void {
  const open: FrameIndex[] = [];
  let since = asNumber(profile.startValue ?? 0, `${place}.startValue`);
  asArray(profile.events, `${place}.events`).forEach((value, number) => {
    const at = `${place}.events[${number}]`;
    const event = asObject(value, at);
    const time = asNumber(event.at, `${at}.at`);
    if (time < since) throw malformed(`${at}.at`, 'earlier than the event before it');
    if (time > since && open.length > 0) builder.addStack(open, (time - since) * factor);
    since = time;
    const frame = frames[asIndex(event.frame, frames.length, `${at}.frame`)];
    if (event.type === 'O') {
      open.push(frame);
    } else if (event.type === 'C') {
      if (open.pop() !== frame)
        throw malformed(at, 'closes a frame that is not the last one opened');
    } else {
      throw malformed(`${at}.type`, 'neither O nor C');
    }
  });
  const end = asNumber(profile.endValue ?? since, `${place}.endValue`);
  if (end > since && open.length > 0) builder.addStack(open, (end - since) * factor);
}
