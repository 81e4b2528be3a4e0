import type { FunctionKey, ProfileScope } from '../questions/scope.ts';
import type { Parameters } from './parameters.ts';
import type { QuotedTables } from './tables.ts';

/**
 * What must hold for the stacks in scope, as a condition on `StackId`; none when any stack will do.
 *
 * A function has many frames, one for each line. So the frames of all functions asked for are found
 * at once, with the number of the function of each. A stack is looked at from its end: frames are
 * stored leaf first.
 *
 *     under main → handle       the last two of FrameIds are one of handle's frames and one of main's
 *     containing handle         any of FrameIds is one of handle's
 */
export function stackConditions(
  { under = [], containing }: ProfileScope,
  parameters: Parameters,
  { stacks, frames }: QuotedTables,
): { withs: string[]; conditions: string[] } {
  const withs: string[] = [];
  const ofStack: string[] = [];
  const find = (name: 'under' | 'containing', functions: readonly FunctionTexts[]) => {
    const listOf = (part: keyof FunctionTexts) => {
      const list = functions.map((key) => key[part]);
      return parameters.bind(`${name}_${part}`, 'Array(String)', list, name);
    };
    withs.push(`(
  SELECT (groupArray(FrameId), groupArray(function))
  FROM (
    SELECT FrameId, transform(
      cityHash64(FunctionName, toString(MappingName), if(FunctionName = '', toString(Address), toString(FileName))),
      arrayMap((name, mapping, place) -> cityHash64(name, mapping, place), ${listOf('name')}, ${listOf('mapping')}, ${listOf('place')}) AS ids,
      arrayEnumerate(ids), 0
    ) AS function
    FROM ${frames} WHERE FunctionName IN ${listOf('name')} AND function > 0
  )
) AS ${name}`);
  };
  if (under.length > 0) {
    const { functions, path } = numbered(under);
    find('under', functions);
    ofStack.push(
      `length(FrameIds) >= ${path.length}`,
      `arrayMap(frame -> transform(frame, under.1, under.2, 0), arraySlice(FrameIds, -${path.length})) = CAST(${parameters.bind('under_path', 'Array(String)', path, 'under')}, 'Array(UInt32)')`,
    );
  }
  if (containing !== undefined) {
    find('containing', numbered([containing]).functions);
    ofStack.push('hasAny(FrameIds, containing.1)');
  }
  if (ofStack.length === 0) return { withs, conditions: [] };
  return {
    withs,
    conditions: [`StackId IN (SELECT StackId FROM ${stacks} WHERE ${ofStack.join(' AND ')})`],
  };
}

/** What a function is told from others by: `place` is its file, or its address if it has no name. */
interface FunctionTexts {
  readonly name: string;
  readonly mapping: string;
  readonly place: string;
}

/**
 * The different functions of a path, and their numbers from the leaf on: a path may be deep because
 * few functions call each other.
 *
 *     main → walk → walk     functions main, walk     path 2, 2, 1
 */
function numbered(under: readonly FunctionKey[]): {
  functions: readonly FunctionTexts[];
  path: readonly string[];
} {
  const functions: FunctionTexts[] = [];
  const numbers = new Map<string, number>();
  const path = under.map(({ name, file = '', mapping = '', address = 0n }) => {
    const texts = { name, mapping, place: name === '' ? String(address) : file };
    const id = JSON.stringify(texts);
    const number = numbers.get(id) ?? functions.push(texts);
    numbers.set(id, number);
    return number;
  });
  return { functions, path: path.reverse().map(String) };
}
