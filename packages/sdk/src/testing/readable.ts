import type { StackTable } from '@hyperflame/calltree';
import type { TopFunction } from '../answers.ts';
import type { Weighed } from './truth.ts';

/** An answer's stacks in the words of the truth. */
export function readableStacks(table: StackTable): Map<string, Weighed> {
  const { frames, stackOffset, frameIndex, weight, count } = table;
  const stacks = new Map<string, Weighed>();
  for (let stack = 0; stack < weight.length; stack++) {
    const texts: string[] = [];
    for (let i = stackOffset[stack]; i < stackOffset[stack + 1]; i++) {
      const frame = frameIndex[i];
      const name = frames.strings[frames.name[frame]];
      const mapping = frames.strings[frames.mapping[frame]];
      const line = frames.line[frame] > 0 ? `:${frames.line[frame]}` : '';
      texts.push(
        name === ''
          ? `@${mapping}+${frames.address[frame]}`
          : `${name}|${frames.strings[frames.file[frame]]}|${mapping}${line}`,
      );
    }
    stacks.set(texts.join(' > '), { weight: weight[stack], samples: count[stack] });
  }
  return stacks;
}

export function readableFunction({ name, file, mapping, address }: TopFunction): string {
  return name === '' ? `@${mapping}+${address}` : `${name}|${file}|${mapping}`;
}
