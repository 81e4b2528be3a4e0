import { CallTreeError } from '../model/errors.ts';
import type { StackTable } from '../model/stacks.ts';

/** Tables that have been looked through already; they are read-only, so once is enough. */
const known = new WeakSet<StackTable>();

/** Throws `invalid-stacks`, naming the field, unless the columns agree and all weights are finite. */
export function validateStacks(stacks: StackTable): void {
  if (known.has(stacks)) return;
  const { frames, stackOffset, frameIndex, weight, count } = stacks;
  const length = weight.length;
  // A table without stacks may leave the closing offset out.
  if (stackOffset.length !== length + 1 && !(length === 0 && stackOffset.length === 0)) {
    fail('stackOffset', `${length} stacks need ${length + 1} offsets, not ${stackOffset.length}`);
  }
  if (count.length !== length) fail('count', `${length} stacks have ${count.length} counts`);
  for (let stack = 0; stack < length; stack++) {
    if (stackOffset[stack] > stackOffset[stack + 1]) {
      fail(`stackOffset[${stack + 1}]`, 'offsets must not fall');
    }
    if (!Number.isFinite(weight[stack])) fail(`weight[${stack}]`, `${weight[stack]} is not finite`);
    if (!Number.isFinite(count[stack])) fail(`count[${stack}]`, `${count[stack]} is not finite`);
  }
  if (stackOffset[0] > 0) fail('stackOffset[0]', 'the first stack begins at 0');
  if ((stackOffset[length] ?? 0) !== frameIndex.length) {
    fail(`stackOffset[${length}]`, `there are ${frameIndex.length} frame indices`);
  }
  // Millions of numbers: the largest is found first, and only a wrong one is looked up.
  let largest = 0;
  for (let i = 0; i < frameIndex.length; i++) {
    if (frameIndex[i] > largest) largest = frameIndex[i];
  }
  if (frameIndex.length > 0 && largest >= frames.length) {
    const at = frameIndex.findIndex((frame) => frame >= frames.length);
    fail(`frameIndex[${at}]`, `there is no frame ${frameIndex[at]}`);
  }
  for (const column of ['name', 'file', 'mapping', 'line', 'kind', 'address'] as const) {
    if (frames[column].length !== frames.length) {
      fail(`frames.${column}`, `${frames.length} frames have ${frames[column].length} entries`);
    }
  }
  const texts = frames.strings.length;
  if (frames.length > 0 && frames.strings[0] !== '') {
    fail('frames.strings[0]', 'the first text must be the empty one');
  }
  for (const column of ['name', 'file', 'mapping'] as const) {
    for (let frame = 0; frame < frames.length; frame++) {
      if (frames[column][frame] >= texts) {
        fail(`frames.${column}[${frame}]`, `there is no text ${frames[column][frame]}`);
      }
    }
  }
  for (const { key, values, value } of stacks.labels ?? []) {
    const field = `labels[${JSON.stringify(key)}]`;
    if (values[0] !== '') fail(`${field}.values[0]`, 'the first text must be the empty one');
    if (value.length !== length) fail(field, `${length} stacks have ${value.length} labels`);
    for (let stack = 0; stack < length; stack++) {
      if (value[stack] >= values.length) {
        fail(`${field}.value[${stack}]`, `there is no text ${value[stack]}`);
      }
    }
  }
  if (!Number.isFinite(stacks.otherWeight)) fail('otherWeight', 'not finite');
  if (!Number.isFinite(stacks.otherCount)) fail('otherCount', 'not finite');
  const { samplingRate = 1 } = stacks;
  if (!(samplingRate > 0 && samplingRate <= 1)) {
    fail('samplingRate', `${samplingRate} is no part of all samples`);
  }
  stacks.otherByLabels?.forEach(({ weight, count }, i) => {
    if (!Number.isFinite(weight)) fail(`otherByLabels[${i}].weight`, 'not finite');
    if (!Number.isFinite(count)) fail(`otherByLabels[${i}].count`, 'not finite');
  });
  known.add(stacks);
}

function fail(field: string, reason: string): never {
  throw new CallTreeError('invalid-stacks', `${field}: ${reason}`, { field });
}
