import { FRAME_KINDS } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import type { RowsHead, RowsTotal } from '../rows/stack-rows.ts';

/** A table as rows of frames and stacks: the text that `StackRowsReader` reads. */
export function rowsText(stacks: StackTable): string {
  const { frames, stackOffset, frameIndex, weight, count } = stacks;
  const rows: unknown[] = [
    [
      0,
      [],
      String(sum(weight) + stacks.otherWeight),
      sum(count) + stacks.otherCount,
      [stacks.unit],
    ],
  ];
  for (let frame = 0; frame < frames.length; frame++) {
    const text = (column: Uint32Array) => frames.strings[column[frame]];
    const texts = [text(frames.name), text(frames.file), text(frames.mapping)];
    const kind = FRAME_KINDS[frames.kind[frame]];
    const address = frames.address[frame] === 0n ? '' : String(frames.address[frame]);
    rows.push([1, [frames.line[frame]], '0', 0, [...texts, kind, address]]);
  }
  let before: number[] = [];
  for (let stack = 0; stack < weight.length; stack++) {
    const path = [...frameIndex.subarray(stackOffset[stack], stackOffset[stack + 1])];
    let shared = 0;
    while (shared < path.length && path[shared] === before[shared]) shared++;
    const own = path.slice(shared).map((frame) => frame + 1);
    rows.push([2, [shared, ...own], String(weight[stack]), count[stack], []]);
    before = path;
  }
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** What the head of {@link rowsText} means, for a table of so many stacks. */
export const totalOf =
  (stacks: number) =>
  ({ weight, samples, texts: [unit] }: RowsHead): RowsTotal => ({
    unit,
    weight: Number(weight),
    samples,
    stacks,
  });

/** Text in pieces, each of which takes a moment to come. */
export async function* inParts(
  parts: readonly string[],
  pauseMs = 0,
): AsyncGenerator<string, void, undefined> {
  for (const part of parts) {
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    yield part;
  }
}

function sum(column: Float64Array): number {
  return column.reduce((all, value) => all + value, 0);
}
