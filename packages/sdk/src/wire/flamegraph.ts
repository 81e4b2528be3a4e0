import { StackTableBuilder, type FrameIndex } from '@hyperflame/calltree';
import type { FlamegraphAnswer } from '../answers.ts';
import { frameKind } from './frame-kind.ts';
import { readHead } from './head.ts';
import { parseRows, unreadable, type WireNumber } from './rows.ts';

/** Which kind of row it is: the first column. */
const HEAD = 0;
const FRAME = 1;
const STACK = 2;
const UNKNOWN_STACK = 3;

/** `[part, numbers, weight, samples, texts]`; see {@link parseFlamegraph}. */
type WireRow = readonly [number, readonly number[], WireNumber, number, readonly string[]];

/** `expired` and `stats` are known to the one who asked. */
export type ParsedFlamegraph = Omit<FlamegraphAnswer, 'stats' | 'expired'>;

/**
 * Reads the answer to `flamegraphQuery`. A pure function of the text, so that it can run anywhere.
 *
 * Rows are `[part, numbers, weight, samples, texts]`. First the head with the totals, then each
 * frame once, then the stacks. A stack names its frames root first, by their position (from 1), and
 * only those in which it differs from the stack before: `numbers` begins with how many it shares.
 *
 *     [0, [],      "40000000", 4, ["linked", "samples:count:cpu:nanoseconds", …]]
 *     [1, [],      "0",        0, ["main", "shop.ts", "", "v8js", ""]]           frame 1
 *     [1, [],      "0",        0, ["hashPassword", "auth.ts", "", "v8js", ""]]   frame 2
 *     [2, [0,1],   "10000000", 1, []]                                            main
 *     [2, [1,2],   "30000000", 3, []]                                            main → hashPassword
 *
 * A frame's texts are name, file, mapping, kind and address; its number is the line, where lines
 * were asked for. Part 3 is a stack whose frames are not stored: it counts as left out.
 */
export function parseFlamegraph(text: string): ParsedFlamegraph {
  const rows = parseRows(text) as WireRow[];
  if (rows.length === 0 || rows[0][0] !== HEAD) throw unreadable('its head is missing');
  const head = readHead(rows[0][2], rows[0][3], rows[0][4]);
  const builder = new StackTableBuilder({ unit: head.unit });
  const frames: FrameIndex[] = [];
  const path: FrameIndex[] = [];
  let depth = 0;
  let stacks = 0;
  let unknownStacks = 0;
  let keptWeight = 0;
  let keptSamples = 0;
  let exact = Number.isSafeInteger(head.total);

  for (let i = 1; i < rows.length; i++) {
    const [part, numbers, weightText, samples, texts] = rows[i];
    if (part === FRAME) {
      frames.push(builder.addFrame(readFrame(texts, numbers[0])));
    } else if (part === UNKNOWN_STACK) {
      depth = 0;
      unknownStacks++;
    } else if (part === STACK) {
      const shared = numbers[0];
      if (!(shared <= depth)) throw unreadable(`row ${i} shares more frames than there are`);
      depth = shared;
      for (let n = 1; n < numbers.length; n++) {
        const frame = frames[numbers[n] - 1];
        if (frame === undefined) throw unreadable(`row ${i} has a frame that was not sent`);
        path[depth++] = frame;
      }
      path.length = depth;
      const weight = Number(weightText);
      if (!Number.isSafeInteger(weight)) exact = false;
      builder.addStack(path, weight, samples);
      stacks++;
      keptWeight += weight;
      keptSamples += samples;
    } else {
      throw unreadable(`row ${i} is of an unknown kind`);
    }
  }

  const { skipped } = head;
  const leftOut = {
    stacks: head.stacks - skipped.stacks - stacks,
    weight: head.total - skipped.weight - keptWeight,
    samples: head.samples - skipped.samples - keptSamples,
  };
  builder.addOther(leftOut.weight, leftOut.samples);
  return {
    stacks: builder.build(),
    profileType: head.profileType,
    unit: head.unit,
    total: head.total,
    samples: head.samples,
    linkage: head.linkage,
    estimate: head.estimate,
    exact,
    complete: leftOut.stacks === 0 && head.unplacedSpans === 0 && head.otherUnits.length === 0,
    unplacedSpans: head.unplacedSpans,
    otherUnits: head.otherUnits,
    unknownStacks,
    sampling: head.sampling,
    skipped,
    leftOut,
  };
}

function readFrame([name, file, mapping, kind, address]: readonly string[], line?: number) {
  return {
    name,
    file,
    mapping,
    line,
    kind: frameKind(kind),
    address: address === '' ? 0n : BigInt(address),
  };
}
