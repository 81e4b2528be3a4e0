import {
  baseName,
  buildCallTree,
  FRAME_KINDS,
  makeStackTable,
  type CallTree,
  type FrameInput,
  type FunctionTable,
  type StackInput,
} from '@hyperflame/calltree';
import { packageOf } from '../color/scales.ts';
import type { Messages } from '../messages/messages.ts';

/**
 * Where weight is spent, as a tree of modules, their packages, and the functions of those, with the
 * self weight of each function over all its places. What the profile leaves out stays "(other)".
 *
 *     All samples 100
 *       libc.so.6 30          a module that has no packages: functions stand in it directly
 *         memcpy 30
 *       Python 60             no binary is known: what it is written in stands for the module
 *         yaml 60
 *           scan 60
 *       (other) 10
 *
 * Where there is one module only, its packages stand at the top. Weights below zero, as in a heap
 * diff, have no area and are left out.
 */
export function moduleTree(table: FunctionTable, messages: Messages): CallTree {
  const { frames, granularity, unit } = table;
  const rows: { module: string; stack: FrameInput[]; weight: number; count: number }[] = [];
  const modules = new Set<string>();
  let weight = 0;
  let count = 0;
  for (let row = 0; row < table.length; row++) {
    const self = table.self[row];
    if (!(self > 0)) continue;
    const frame = table.frame[row];
    const text = (column: Uint32Array): string => frames.strings[column[frame]];
    const kind = FRAME_KINDS[frames.kind[frame]] ?? 'unknown';
    const mapping = text(frames.mapping);
    const module = mapping ? baseName(mapping) : messages.kinds[kind];
    const packageName = packageOf(frames, frame);
    // The kernel has no binary, and its package is the kernel again.
    const own: FrameInput = {
      name: text(frames.name),
      file: text(frames.file),
      mapping,
      line: frames.line[frame],
      kind,
      address: frames.address[frame],
    };
    const isOwnPackage = packageName !== '' && packageName !== module && kind !== 'kernel';
    rows.push({
      module,
      stack: isOwnPackage ? [{ name: packageName, kind }, own] : [own],
      weight: self,
      count: table.selfCount[row],
    });
    modules.add(module);
    weight += self;
    count += table.selfCount[row];
  }
  const stacks = rows.map((row): StackInput => ({
    frames: modules.size > 1 ? [row.module, ...row.stack] : row.stack,
    weight: row.weight,
    count: row.count,
  }));
  const rest = Math.max(0, table.wholeTotal - weight);
  return buildCallTree(
    makeStackTable(stacks, {
      unit,
      otherWeight: rest,
      otherCount: rest > 0 ? Math.max(0, table.wholeCount - count) : 0,
    }),
    { granularity },
  );
}
