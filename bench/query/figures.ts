import type { FrameTable, StackTable } from '@hyperflame/calltree';
import type { TopFunctionsAnswer } from '@hyperflame/sdk';

/**
 * What an answer says, as named numbers, so that answers of different form can be compared:
 *
 *     total                                  4.2e12
 *     self  net/http.(*conn).serve|server.go|     3.5e9
 *     total net/http.(*conn).serve|server.go|     9.1e9
 */
export type Figures = ReadonlyMap<string, number>;

/** A stack as names, leaf first, with its weight. */
export interface NamedStack {
  readonly functions: readonly string[];
  readonly weight: number;
  /** Value of the label that stacks are told apart by, where they are. */
  readonly group?: string;
}

export function functionName(name: string, file: string, mapping: string, address: string): string {
  return name === '' ? `@${address}||${mapping}` : `${name}|${file}|${mapping}`;
}

/**
 * Self and total of each function, in each group if there are any. A function counts once in a stack
 * that it is in twice.
 */
export function figuresOfStacks(stacks: Iterable<NamedStack>): Figures {
  const figures = new Map<string, number>();
  const add = (name: string, weight: number): void => {
    figures.set(name, (figures.get(name) ?? 0) + weight);
  };
  for (const { functions, weight, group } of stacks) {
    const of = group === undefined ? '' : `${group}: `;
    add(`${of}total`, weight);
    add(`${of}self ${functions[0]}`, weight);
    for (const name of new Set(functions)) add(`${of}total ${name}`, weight);
  }
  return figures;
}

/** The stacks of a table, which has them root first and has one label at most. */
export function* namedStacks(table: StackTable): Generator<NamedStack> {
  const names = frameNames(table.frames);
  const label = table.labels?.[0];
  for (let stack = 0; stack + 1 < table.stackOffset.length; stack++) {
    const frames = table.frameIndex.subarray(
      table.stackOffset[stack],
      table.stackOffset[stack + 1],
    );
    yield {
      functions: Array.from(frames, (frame) => names[frame] as string).reverse(),
      weight: table.weight[stack] as number,
      group: label?.values[label.value[stack] as number],
    };
  }
}

function frameNames({ length, strings, name, file, mapping, address }: FrameTable): string[] {
  const text = (column: Uint32Array, row: number): string => strings[column[row] as number] ?? '';
  return Array.from({ length }, (_, row) =>
    functionName(text(name, row), text(file, row), text(mapping, row), String(address[row])),
  );
}

export function figuresOfFunctions(answer: TopFunctionsAnswer): Figures {
  const figures = new Map([['total', answer.total]]);
  for (const { name, file, mapping, address, self, total } of answer.functions) {
    const key = functionName(name, file, mapping, String(address));
    figures.set(`self ${key}`, self);
    figures.set(`total ${key}`, total);
  }
  return figures;
}

/** Figures that differ, or are in one answer only, as lines for a person. */
export function differences(ours: Figures, wide: Figures): string[] {
  return [...new Set([...ours.keys(), ...wide.keys()])]
    .filter((name) => (ours.get(name) ?? 0) !== (wide.get(name) ?? 0))
    .map((name) => `${name}: ours ${ours.get(name) ?? 0}, wide ${wide.get(name) ?? 0}`);
}
