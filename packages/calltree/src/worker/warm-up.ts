import type { StackTable } from '../model/stacks.ts';
import { StackTableBuilder } from '../build/stack-table-builder.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { nextTask } from '../rows/next-task.ts';

const FUNCTIONS = 300;
const STACKS = 1_500;
const DEPTH = 28;
/** After so many the compiler has seen enough: the next table takes a third of the time. */
const ROUNDS = 8;

/**
 * Merges a profile made up, so that the code is compiled when the first real one comes. A worker
 * starts while its page still asks for data: it has nothing else to do. Ends early once `isWanted`
 * says that there is.
 */
export async function warmUp(isWanted: () => boolean): Promise<void> {
  const stacks = madeUp();
  for (let round = 0; round < ROUNDS && !isWanted(); round++) {
    // A copy counts as a table that has not been looked through yet.
    buildCallTree({ ...stacks }, { invert: round % 4 === 3 });
    await nextTask();
  }
}

/** Stacks that share their beginnings, as those of a program do. */
function madeUp(): StackTable {
  const builder = new StackTableBuilder();
  const frames = Array.from({ length: FUNCTIONS }, (_, f) => builder.addFrame(`function ${f}`));
  for (let stack = 0; stack < STACKS; stack++) {
    builder.addStack(
      Array.from(
        { length: DEPTH - (stack % 9) },
        (_, depth) => frames[(depth * 7 + (stack >> Math.max(0, 11 - depth)) * depth) % FUNCTIONS],
      ),
      1 + (stack % 5),
    );
  }
  return builder.build();
}
