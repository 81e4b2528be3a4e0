import type { FrameInput } from '../build/frame-table-builder.ts';
import { StackTableBuilder } from '../build/stack-table-builder.ts';
import { baseName } from '../frames/label.ts';
import { packageName } from '../frames/package-name.ts';
import { FRAME_KINDS, type FrameKind } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import type { CallTree } from '../model/tree.ts';
import { buildCallTree } from './build-call-tree.ts';
import type { FunctionTable } from './function-table.ts';

export interface ModuleTreeOptions {
  /** What frames of a kind are written in: it stands for the module where no binary is known. */
  readonly kindNames?: Readonly<Partial<Record<FrameKind, string>>>;
}

/**
 * Where weight is spent, as a tree of modules, their packages, and the functions of those, with the
 * self weight of each function over all its places. What the profile leaves out stays "(other)".
 *
 *     All samples 100
 *       libc.so.6 30          a module that has no packages: functions stand in it directly
 *         memcpy 30
 *       cpython 60            no binary is known: what it is written in stands for the module
 *         yaml 60
 *           scan 60
 *       (other) 10
 *
 * Where there is one module only, its packages stand at the top. Weights below zero, as in a heap
 * diff, have no area and are left out.
 */
export function moduleTree(table: FunctionTable, options: ModuleTreeOptions = {}): CallTree {
  return buildCallTree(moduleStacks(table, options), { granularity: table.granularity });
}

/** What a {@link moduleTree} is merged from: a stack for each function, its module first. */
export function moduleStacks(
  table: FunctionTable,
  { kindNames = {} }: ModuleTreeOptions = {},
): StackTable {
  const { frames, self, selfCount } = table;
  const modules = new Set<string>();
  const modulesOfRows: string[] = [];
  const kindOf = (row: number): FrameKind =>
    FRAME_KINDS[frames.kind[table.frame[row]]] ?? 'unknown';
  for (let row = 0; row < table.length; row++) {
    if (!(self[row] > 0)) continue;
    const kind = kindOf(row);
    const mapping = frames.strings[frames.mapping[table.frame[row]]];
    modulesOfRows[row] = mapping ? baseName(mapping) : (kindNames[kind] ?? kind);
    modules.add(modulesOfRows[row]);
  }

  const builder = new StackTableBuilder({ unit: table.unit });
  let weight = 0;
  let count = 0;
  for (let row = 0; row < table.length; row++) {
    if (!(self[row] > 0)) continue;
    const frame = table.frame[row];
    const kind = kindOf(row);
    const stack: (FrameInput | string)[] = modules.size > 1 ? [modulesOfRows[row]] : [];
    const name = packageName(frames, frame);
    // The kernel has no binary, and its package is the kernel again.
    if (name !== '' && name !== modulesOfRows[row] && kind !== 'kernel') stack.push({ name, kind });
    stack.push({
      name: frames.strings[frames.name[frame]],
      file: frames.strings[frames.file[frame]],
      mapping: frames.strings[frames.mapping[frame]],
      line: frames.line[frame],
      kind,
      address: frames.address[frame],
    });
    builder.add(stack, self[row], selfCount[row]);
    weight += self[row];
    count += selfCount[row];
  }
  const rest = table.wholeTotal - weight;
  // Sums of fractions are rounded: what is that small is no rest.
  if (rest > table.wholeTotal * 1e-9) builder.addOther(rest, Math.max(0, table.wholeCount - count));
  return builder.build();
}
