import { CallTreeError } from '../model/errors.ts';
import type { FrameTable } from '../model/frames.ts';
import type { LabelColumn, StackTable } from '../model/stacks.ts';

/**
 * Several tables as one: first all stacks of the first, then all of the second … Equal texts become
 * one text; stacks and frames are not merged. Where the tables are estimates, so is their sum: its
 * sampling rate is the lowest of theirs, which makes no figure surer than it is. A table without
 * samples has no unit of its own to differ by. Throws `invalid-stacks` when the others' units differ.
 */
export function concatStackTables(tables: readonly [StackTable, ...StackTable[]]): StackTable {
  const [first] = tables;
  if (tables.length === 1) return first;
  const ofSamples = tables.filter(hasSamples);
  const { unit } = ofSamples[0] ?? first;
  for (const other of ofSamples) {
    if (other.unit !== unit) {
      throw new CallTreeError(
        'invalid-stacks',
        `Weights in ${unit} and ${other.unit} do not add up`,
        { field: 'unit' },
      );
    }
  }
  const { frames, offset: frameOffset } = concatFrames(tables.map((table) => table.frames));

  const sum = (part: (table: StackTable) => number) =>
    tables.reduce((so, table) => so + part(table), 0);
  const stackCount = sum((table) => table.weight.length);
  const frameCount = sum((table) => table.frameIndex.length);
  const stackOffset = new Uint32Array(stackCount + 1);
  const frameIndex = new Uint32Array(frameCount);
  const weight = new Float64Array(stackCount);
  const count = new Float64Array(stackCount);
  let stacks = 0;
  let indices = 0;
  tables.forEach((table, number) => {
    const ownStacks = table.weight.length;
    for (let stack = 0; stack <= ownStacks; stack++) {
      stackOffset[stacks + stack] = indices + (table.stackOffset[stack] ?? 0);
    }
    for (let i = 0; i < table.frameIndex.length; i++) {
      frameIndex[indices + i] = table.frameIndex[i] + frameOffset[number];
    }
    weight.set(table.weight, stacks);
    count.set(table.count, stacks);
    stacks += ownStacks;
    indices += table.frameIndex.length;
  });
  const otherByLabels = tables.flatMap((table) => table.otherByLabels ?? []);
  const samplingRate = tables.reduce((low, table) => Math.min(low, table.samplingRate ?? 1), 1);
  return {
    frames,
    stackOffset,
    frameIndex,
    weight,
    count,
    unit,
    otherWeight: sum((table) => table.otherWeight),
    otherCount: sum((table) => table.otherCount),
    ...concatLabels(tables, stackCount),
    ...(otherByLabels.length > 0 && { otherByLabels }),
    ...(samplingRate < 1 && { samplingRate }),
  };
}

function hasSamples({ weight, otherWeight, otherCount }: StackTable): boolean {
  return weight.length > 0 || otherWeight !== 0 || otherCount !== 0;
}

/** Columns of every label that any of the tables has. */
function concatLabels(
  tables: readonly StackTable[],
  stackCount: number,
): { labels?: readonly LabelColumn[] } {
  const keys = new Set(tables.flatMap(({ labels = [] }) => labels.map(({ key }) => key)));
  if (keys.size === 0) return {};
  const labels = Array.from(keys, (key): LabelColumn => {
    const values = [''];
    const known = new Map([['', 0]]);
    const value = new Uint32Array(stackCount);
    let from = 0;
    for (const table of tables) {
      const column = table.labels?.find((one) => one.key === key);
      const moved = column?.values.map((text) => {
        const at = known.get(text) ?? values.push(text) - 1;
        known.set(text, at);
        return at;
      });
      if (moved) column?.value.forEach((old, stack) => (value[from + stack] = moved[old]));
      from += table.weight.length;
    }
    return { key, values, value };
  });
  return { labels };
}

/** One frame table for several; `offset[t]` is where the frames of table `t` begin in it. */
function concatFrames(tables: readonly FrameTable[]): { frames: FrameTable; offset: number[] } {
  if (tables.every((table) => table === tables[0])) {
    return { frames: tables[0], offset: tables.map(() => 0) };
  }
  const length = tables.reduce((sum, table) => sum + table.length, 0);
  const strings = [''];
  const stringIndex = new Map([['', 0]]);
  const name = new Uint32Array(length);
  const file = new Uint32Array(length);
  const mapping = new Uint32Array(length);
  const line = new Uint32Array(length);
  const kind = new Uint8Array(length);
  const address = new BigUint64Array(length);
  const offset: number[] = [];
  let from = 0;
  for (const table of tables) {
    const moved = Uint32Array.from(table.strings, (text) => {
      let index = stringIndex.get(text);
      if (index === undefined) {
        index = strings.push(text) - 1;
        stringIndex.set(text, index);
      }
      return index;
    });
    for (let frame = 0; frame < table.length; frame++) {
      name[from + frame] = moved[table.name[frame]];
      file[from + frame] = moved[table.file[frame]];
      mapping[from + frame] = moved[table.mapping[frame]];
    }
    line.set(table.line, from);
    kind.set(table.kind, from);
    address.set(table.address, from);
    offset.push(from);
    from += table.length;
  }
  return { frames: { length, strings, name, file, mapping, line, kind, address }, offset };
}
