import type { FunctionKey, ProfileScope } from '../questions/scope.ts';
import type { Parameters, ParameterType } from './parameters.ts';
import type { QuotedTables } from './tables.ts';

/**
 * What must hold for the stacks in scope, as a condition on `StackId`; none when any stack will do.
 *
 * A function has many frames, one for each line. So the frames of all functions asked for are found
 * at once, and a stack is looked at from its end: frames are stored leaf first.
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
  if (under.length > 0) {
    const { functions, path } = numbered(under);
    const listOf = (part: keyof FunctionTexts) =>
      parameters.bind(
        `under_${part}`,
        'Array(String)',
        functions.map((key) => key[part]),
        'under',
      );
    const names = listOf('name');
    withs.push(`(
  SELECT (groupArray(FrameId), groupArray(function))
  FROM (
    SELECT FrameId, transform(
      cityHash64(FunctionName, toString(MappingName), if(FunctionName = '', toString(Address), toString(FileName))),
      arrayMap((name, mapping, place) -> cityHash64(name, mapping, place), ${names}, ${listOf('mapping')}, ${listOf('place')}) AS ids,
      arrayEnumerate(ids), 0
    ) AS function
    FROM ${frames} WHERE FunctionName IN ${names} AND function > 0
  )
) AS under`);
    ofStack.push(
      `length(FrameIds) >= ${under.length}`,
      `arrayMap(frame -> transform(frame, under.1, under.2, 0), arraySlice(FrameIds, -${under.length})) = CAST(${parameters.bind('under_path', 'Array(String)', path, 'under')}, 'Array(UInt32)')`,
    );
  }
  if (containing !== undefined) {
    withs.push(
      `(SELECT groupUniqArray(FrameId) FROM ${frames} WHERE ${isFunction(containing, parameters)}) AS contained`,
    );
    ofStack.push('hasAny(FrameIds, contained)');
  }
  if (ofStack.length === 0) return { withs, conditions: [] };
  return {
    withs,
    conditions: [`StackId IN (SELECT StackId FROM ${stacks} WHERE ${ofStack.join(' AND ')})`],
  };
}

function isFunction(key: FunctionKey, parameters: Parameters): string {
  const { name, mapping, place } = textsOf(key);
  const equals = (column: string, value: string, type: ParameterType = 'String') =>
    `${column} = ${parameters.bind(`containing${column}`, type, value, 'containing')}`;
  return [
    equals('FunctionName', name),
    equals('MappingName', mapping),
    name === '' ? equals('Address', place, 'UInt64') : equals('FileName', place),
  ].join(' AND ');
}

/** What a function is told from others by: `place` is its file, or its address if it has no name. */
interface FunctionTexts {
  readonly name: string;
  readonly mapping: string;
  readonly place: string;
}

function textsOf({ name, file = '', mapping = '', address = 0n }: FunctionKey): FunctionTexts {
  return { name, mapping, place: name === '' ? String(address) : file };
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
  const path = under.map((key) => {
    const texts = textsOf(key);
    const id = JSON.stringify(texts);
    const number = numbers.get(id) ?? functions.push(texts);
    numbers.set(id, number);
    return number;
  });
  return { functions, path: path.reverse().map(String) };
}
