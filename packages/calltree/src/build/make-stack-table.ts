import type { Labels, StackTable, Unit } from '../model/stacks.ts';
import type { FrameInput } from './frame-table-builder.ts';
import { StackTableBuilder } from './stack-table-builder.ts';

/** One stack written by hand: its frames ROOT FIRST, its weight and its samples (1 if not said). */
export interface StackInput {
  readonly frames: readonly (FrameInput | string)[];
  readonly weight: number;
  readonly count?: number;
  readonly labels?: Labels;
}

/**
 * A stack table from values written by hand.
 *
 *     makeStackTable([{ frames: ['main', 'handle', 'hash'], weight: 30e6, count: 3 }],
 *                    { unit: 'nanoseconds' })
 */
export function makeStackTable(
  stacks: Iterable<StackInput>,
  options: { unit?: Unit; otherWeight?: number; otherCount?: number } = {},
): StackTable {
  const builder = new StackTableBuilder({ unit: options.unit });
  for (const { frames, weight, count, labels } of stacks) {
    builder.add(frames, weight, count, labels);
  }
  builder.addOther(options.otherWeight ?? 0, options.otherCount ?? 0);
  return builder.build();
}
